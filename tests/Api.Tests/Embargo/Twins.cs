using System.Globalization;
using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Embargo;

/// <summary>Two real servers over two databases: both carry out the commands of the open world, one of them those of the hidden articles too.</summary>
internal sealed class Twins(TwinServer without, TwinServer with) : IAsyncDisposable
{
    private const string Key = $"Authorization: Bearer {Newsroom.AdminKey}";

    private readonly List<string> _log = [];

    public TwinServer Without => without;

    public TwinServer With => with;

    public DateTimeOffset Now => without.Clock.Now;

    /// <summary>What was done so far, line by line, for whoever has to find out why two answers differ.</summary>
    public IReadOnlyList<string> Log => _log;

    /// <summary>Starts both for one world. Some read so little at a time that pages are short where a filter is rare, and some know of a website. They keep answers, unless each is to be read.</summary>
    public static async Task<Twins> StartAsync(int seed, bool isKeeping = true)
    {
        var budget = seed % 2 == 0 ? 20_000 : 12;
        var servers = await Task.WhenAll(TwinServer.StartAsync(budget, seed % 3 != 0, isKeeping), TwinServer.StartAsync(budget, seed % 3 != 0, isKeeping));
        return new Twins(servers[0], servers[1]);
    }

    public void TurnTo(DateTimeOffset instant)
    {
        _log.Add($"the clock turns to {Written(instant)}");
        without.Clock.TurnTo(instant);
        with.Clock.TurnTo(instant);
    }

    public Task SettleAsync()
    {
        _log.Add("both settle");
        return Task.WhenAll(without.SettleAsync(), with.SettleAsync());
    }

    /// <summary>A command of the open world, on both. The answer is that of the server without hidden articles.</summary>
    public async Task<Answer> DoAsync(string method, string target, object? body, int dice, Guid? model = null)
    {
        var command = Command(method, target, body);
        without.Dice.Load(dice, model);
        with.Dice.Load(dice, model);
        var answers = await Task.WhenAll(without.SendAsync(command), with.SendAsync(command));
        _log.Add($"both: {method} {target} {command.Body} -> {answers[0].Status}");
        if (answers[0].Status != answers[1].Status)
            throw new InvalidOperationException($"A command of the open world was {answers[0].Status} without and {answers[1].Status} with hidden articles: the two are not comparable any more.\n{string.Join('\n', _log.TakeLast(12))}");

        return answers[0];
    }

    /// <summary>A command for a hidden article, on one only.</summary>
    public async Task<Answer> HideAsync(string method, string target, object? body, int dice, Guid? model = null)
    {
        var command = Command(method, target, body);
        // Every write settles what is due, the hidden one too: what the clock did is public, when it was written down is not compared.
        with.Dice.Load(dice, model);
        var answer = await with.SendAsync(command);
        _log.Add($"hidden: {method} {target} {command.Body} -> {answer.Status}");
        return answer;
    }

    /// <summary>What the newsroom of one of the servers sees; null where it has no such article.</summary>
    public static async Task<JsonElement?> LookAsync(TwinServer server, Story story)
    {
        var answer = await server.SendAsync(Command("GET", story.Target, null));
        return answer.HasContent ? Read(answer) : null;
    }

    /// <summary>A list of the newsroom of one of the servers.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ListAsync(TwinServer server, string target) => Read(await server.SendAsync(Command("GET", target, null))).Data();

    /// <summary>One reader's request to both: an answer, and how the other one differs.</summary>
    public async Task<(Answer Answer, Difference? Difference)> AskAsync(Ask ask)
    {
        var answers = await Task.WhenAll(without.SendAsync(ask), with.SendAsync(ask));
        return (answers[0], Difference.Between(ask, answers[0], answers[1]));
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(without.StopAsync(), with.StopAsync());

    public static string Written(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static JsonElement Read(Answer answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.Clone();
    }

    private static Ask Command(string method, string target, object? body) => new("management", target, false)
    {
        Method = method,
        Headers = [Key],
        Body = body is null ? null : JsonSerializer.Serialize(body, Json.Options),
    };
}
