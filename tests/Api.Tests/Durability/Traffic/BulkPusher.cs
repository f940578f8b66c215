using System.Globalization;
using System.Text.Json;
using Galley.Tests.Manage.Bulk;
using Galley.Tests.Support;

namespace Galley.Tests.Durability.Traffic;

/// <summary>Sends lines to <c>bulk</c> and hands over each line of the answer as it comes; throws where the answer was cut. The status, and the problem of one that is not 200.</summary>
internal delegate Task<Answer> SendLines(string target, string lines, Action<JsonElement> told);

/// <summary>A client that writes many of its articles with one request, in either mode, and enters in the ledger what each line asked for and what it was told of it.</summary>
internal sealed class BulkPusher
{
    private const int Stories = 100;


    private readonly Dictionary<string, (Take Stored, bool IsLive)> _known = new(StringComparer.Ordinal);
    private readonly Ledger _ledger;
    private readonly int _mostLines;
    private readonly Random _random;
    private readonly SendLines _send;
    private readonly string _source;
    private readonly WriteMaker _writes;
    private int _made;

    /// <summary>A client of a source; it goes on with the articles that the ledger knows of it, but for those in doubt.</summary>
    public BulkPusher(string source, int seed, Ledger ledger, SendLines send, Func<DateTimeOffset> now, int mostLines)
    {
        (_source, _ledger, _send, _mostLines) = (source, ledger, send, mostLines);
        (_random, _writes) = (new Random(seed), new WriteMaker(source, seed, now));
        foreach (var (story, expected) in ledger.Of(source))
        {
            _made = Math.Max(_made, 1 + int.Parse(story[(story.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture));
            if (expected.OnTheWay.Count == 0)
                _known.Add(story[(source.Length + 1)..], (expected.Acknowledged, IsLive: false));
        }
    }

    public async Task PushAsync(int requests)
    {
        for (var i = 0; i < requests; i++)
            await PushOneAsync();
    }

    /// <summary>Pushes until the server is gone.</summary>
    public async Task PushAsync()
    {
        try
        {
            while (true)
                await PushOneAsync();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // What no line has told of stays under way in the ledger.
        }
    }

    private async Task PushOneAsync()
    {
        while (_known.Count < Stories)
            _known.Add(string.Create(CultureInfo.InvariantCulture, $"story-{_made++}"), (Take.Absent, false));

        var isAtomic = _random.Next(2) == 0;
        var stories = _known.Keys.OrderBy(_ => _random.Next()).Take(_random.Next(1, _mostLines)).ToList();
        List<Line?> lines = [.. stories.Select(story => LineOf(story, isAtomic))];
        if (_random.Next(4) == 0)
            lines.Insert(_random.Next(lines.Count + 1), null);

        // Whatever interrupts the next lines leaves these articles in doubt: nothing more is written to them.
        var together = isAtomic ? stories.ConvertAll(NameOf) : null;
        foreach (var line in lines.OfType<Line>())
        {
            _known.Remove(line.ExternalId);
            _ledger.Begin(NameOf(line.ExternalId), line.Write with { Together = together });
        }

        var told = 0;
        var answer = await _send(
            $"{BulkRequests.Address}?createMissing=sections,tags&mode={(isAtomic ? "atomic" : "each")}",
            string.Concat(lines.Select(line => (line is null ? """{"source":"bad","externalId":"bad","article":{"nonsense":1}}""" : JsonSerializer.Serialize(line.Sent, Json.Options)) + "\n")),
            line => Hear(lines, line, told++, isAtomic));

        Assert.True(answer.IsOutage || told == lines.Count, $"{lines.Count} lines were answered with {told}, and {answer.Status}: {answer.Body}");
    }

    private void Hear(List<Line?> lines, JsonElement result, int number, bool isAtomic)
    {
        Assert.Equal(number + 1, result.GetProperty("line").GetInt32());
        var answer = new Answer(result.GetProperty("status").GetInt32(), result);
        if (answer.IsOutage)
            return;

        if (!isAtomic)
        {
            Settle(lines[number], answer);
            return;
        }

        Assert.True(answer.IsSuccess || answer.IsRefusal || answer.Status == 424 || lines[number] is null, $"A line was answered {answer.Body}");
        // The first line says what became of all.
        if (number == 0)
            lines.ForEach(line => Settle(line, answer.IsSuccess));
        else
            Assert.Equal(answer.IsSuccess, lines[0] is { } first && _known[first.ExternalId].Stored == first.Write.Wanted);
    }

    private void Settle(Line? line, Answer answer)
    {
        var isRefusal = answer.IsRefusal || (line is null && answer.Status == 422);
        Assert.True(answer.IsSuccess || isRefusal, $"A line was answered {answer.Body}");
        var isApplied = answer.IsSuccess && answer.Text("outcome") != "unchanged";
        if (isApplied && line!.Write.Wanted.Exists)
            Assert.Equal(line.Write.Wanted.Revision, answer.Body.GetProperty("revision").GetInt64());
        Settle(line, isApplied);
    }

    private void Settle(Line? line, bool isApplied)
    {
        if (line is null)
            return;

        var after = isApplied ? line.Write.Wanted : line.Stored;
        _ledger.Acknowledge(NameOf(line.ExternalId), after);
        _known[line.ExternalId] = (after, isApplied ? line.Write.IsLiveAfter : line.IsLive);
    }

    // Lines that stand or fall together are such as always count.
    private Line LineOf(string externalId, bool isAtomic)
    {
        var (stored, isLive) = _known[externalId];
        while (true)
        {
            var write = _writes.Next(externalId, stored, isLive);
            if (write.Method == HttpMethod.Put)
                return new Line(externalId, stored, isLive, write, new { source = _source, externalId, article = write.Body });
            if (write.Method == HttpMethod.Delete)
                return new Line(externalId, stored, isLive, write, new { op = "delete", source = _source, externalId });
            if (!isAtomic && write.Target.EndsWith("/unpublish", StringComparison.Ordinal))
                return new Line(externalId, stored, isLive, write, new { op = "unpublish", source = _source, externalId });
        }
    }

    private string NameOf(string externalId) => $"{_source}/{externalId}";

    private sealed record Line(string ExternalId, Take Stored, bool IsLive, Write Write, object Sent);
}
