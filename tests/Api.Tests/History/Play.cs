using Galley.Tests.Support;

namespace Galley.Tests.History;

/// <summary>One history on a server and in the model, step by step.</summary>
internal sealed partial class Play
{
    private readonly Bench _bench;
    private readonly Wire _wire;
    private readonly Model _model = new();
    private readonly DateTimeOffset _origin;
    private readonly List<Follower> _followers = [];
    private readonly List<Follower> _kept = [];
    private long _seq;
    private readonly bool _readsTree;
    private bool _isUnderWay;

    private Play(Bench bench, int number, int seed)
    {
        (_bench, _origin, _readsTree) = (bench, bench.Clock.Now, seed % 10 == 0);
        _wire = new Wire(number, _origin);
    }

    /// <summary>Plays a history to its end, and leaves the server as if it had not been. Answers what was wrong, or null.</summary>
    public static async Task<string?> RunAsync(Bench bench, int number, RandomHistory history)
    {
        bench.Dice.Load(history.Seed);
        var play = new Play(bench, number, history.Seed);
        Command? last = null;
        try
        {
            await play.BeginAsync(history);
            foreach (var command in history.Commands)
            {
                last = command;
                await play.DoAsync(command);
                play.NoteUnderWay(command);
            }

            last = null;
            await play.EndAsync();
            return null;
        }
        catch (BrokenHistoryException broken)
        {
            return $"{(last is null ? "At the end" : last)}: {broken.Message}";
        }
        finally
        {
            await play.ClearAsync();
        }
    }

    private async Task BeginAsync(RandomHistory history)
    {
        _seq = await _bench.LastSeqAsync();
        foreach (var (number, limit) in history.Followers)
        {
            var following = Following.All[number];
            _followers.Add(new Follower(_bench, following, _wire.Filter(following.Filter), following.Limits is null ? null : await MakeKeyAsync(following), limit));
        }
    }

    private async Task<string> MakeKeyAsync(Following following)
    {
        if (following.Limits!.ToString()!.Contains("sections", StringComparison.Ordinal))
        {
            await DoAsync(new Command.PutSection("k", 0));
            _model.Taxonomy.PresentSection("k")!.IsKept = true;
        }

        var limits = System.Text.Json.JsonElement.Parse(_wire.Filter(System.Text.Json.JsonSerializer.Serialize(following.Limits, Support.Json.Options)));
        var made = await _bench.SendAsync(HttpMethod.Post, "/v1/manage/keys", new { scopes = new[] { "content:read" }, limits });
        return made.Status == 201 ? made.Json.Text("key") : throw new BrokenHistoryException($"The key was answered by {made}");
    }

    private async Task DoAsync(Command command)
    {
        switch (command)
        {
            case Command.Turn(var by):
                Turn(_model.Now + by);
                break;
            case Command.TurnToDue(var beside):
                if (_model.NextDue < long.MaxValue)
                    Turn(Math.Max(_model.Now, _model.NextDue + beside));
                break;
            case Command.Settle:
                await _bench.SettleAsync();
                break;
            case Command.Rerender:
                _isUnderWay = await _bench.RerenderAsync();
                break;
            case Command.Cut:
                await CutAsync();
                break;
            case Command.Page(var follower):
                await _followers[follower % _followers.Count].ReadPageAsync();
                break;
            case Command.Sync(var follower):
                await SyncAsync(_followers[follower % _followers.Count]);
                break;
            case Command.KeepAside(var follower):
                _kept.Add(_followers[follower % _followers.Count].Fork());
                break;
            case Command.Look(var isWhole):
                await (isWhole ? LookAsync() : GlanceAsync());
                break;
            case Command.Watched(var watched):
                await UnnoticedAsync(watched);
                break;
            default:
                await WriteAsync(command);
                break;
        }
    }

    private void Turn(long to)
    {
        _model.TurnTo(to);
        _bench.Clock.TurnTo(_origin + TimeSpan.FromMilliseconds(to));
    }

    // What is cut was compared before.
    private async Task CutAsync()
    {
        await _bench.SettleAsync();
        await CompareLogAsync();
        while (await _bench.CutAsync())
        {
        }
    }

    private async Task SyncAsync(Follower follower)
    {
        await FinishRerenderingAsync();
        await follower.SyncAsync();
        await CompareAsync(follower);
    }

    // What appears while a section or tag is being carried into its articles may be told once more.
    private void NoteUnderWay(Command command)
    {
        _isUnderWay |= command is Command.PutSection or Command.MoveSection or Command.PutTag or Command.MergeTags;
        if (_isUnderWay)
            _model.Touched.UnionWith(_model.Visible);
    }

    private async Task FinishRerenderingAsync()
    {
        // Where nothing is under way the writer is left asleep: readers must be right without it.
        while (_isUnderWay)
            _isUnderWay = await _bench.RerenderAsync();
    }

    private async Task EndAsync()
    {
        await LookAsync();
        foreach (var follower in _followers.Concat(_kept))
            await SyncAsync(follower);
    }

    private async Task ClearAsync()
    {
        await FinishRerenderingAsync();
        foreach (var story in _model.Stories.Where(story => !story.IsDeleted && !story.IsTakenDown && story.Id.Length > 0))
            await _bench.SendAsync(HttpMethod.Delete, $"/v1/manage/articles/{story.Id}", null, ("If-Match", "*"));
    }
}
