using System.Diagnostics;
using Galley.Tests.Durability.Traffic;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>A server that is killed while newsrooms push, one by one and in bulk, and backups are made; started again on the same file, and killed again.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Pushers = 8;
    private const int BulkPushers = 2;

    // More than one unit of them.
    private const int MostLines = 90;

    private readonly Ledger _ledger = new();
    private readonly List<double> _starts = [];
    private Random _random = new();

    public static TheoryData<int> Files() => [.. Enumerable.Range(1, Duration.Of(inEveryRun: 1, whenLong: 10))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Keeps_every_acknowledged_write_and_nothing_half(int seed)
    {
        _random = new Random(seed);
        using var directory = new TemporaryDirectory();
        var (kills, backups) = (Duration.Of(inEveryRun: 12, whenLong: 50), 0);
        for (var life = 0; life < kills; life++)
            backups += await LiveAndDieAsync(directory.File("galley.db"), life);

        await CheckAsync(directory.File("galley.db"));
        output.WriteLine($"{kills} kills, {_ledger.Answers} answers, {backups} backups, start in {_starts.Order().ElementAt(_starts.Count / 2):0} ms (median), {_starts.Max():0} ms (longest)");
    }

    private async Task<int> LiveAndDieAsync(string path, int life)
    {
        using var server = await StartAsync(path);
        Check(path);
        await Task.WhenAll(_ledger.RetryAll(server.SendAsync));

        var (send, sendLines) = life % 2 == 0 ? (server.SendAsync, server.SendLinesAsync) : KillingAt(server, _random.Next(1, 400));
        var pushers = Enumerable.Range(0, Pushers).Select(i => new Pusher($"wire-{i}", (life * 100) + i, _ledger, send, () => DateTimeOffset.UtcNow)).ToList();
        var bulk = Enumerable.Range(0, BulkPushers).Select(i => new BulkPusher($"bulk-{i}", (life * 100) + Pushers + i, _ledger, sendLines, () => DateTimeOffset.UtcNow, MostLines)).ToList();
        var backups = new BackupTaker(_ledger, server.SendAsync, Path.Combine(Path.GetDirectoryName(path)!, "backups"));
        var taking = life % 3 == 0 ? backups.TakeAsync() : Task.CompletedTask;
        var pushing = Task.WhenAll([.. pushers.Select(pusher => pusher.PushAsync()), .. bulk.Select(pusher => pusher.PushAsync())]);
        if (life % 2 == 0)
        {
            // Any moment: while the first groups run, or when the pushers are at full speed.
            await _ledger.UntilAsync(_ledger.Answers + _random.Next(400));
            await Task.Delay(_random.Next(30));
            server.Kill();
        }

        await Task.WhenAll(pushing, taking);
        backups.Check();
        return backups.Made;
    }

    // The very moment of an answer: whatever it promises must be so by then.
    private static (Send Send, SendLines SendLines) KillingAt(ServerProcess server, int answer)
    {
        var answers = 0;
        return (SendAsync, (target, lines, told) => server.SendLinesAsync(target, lines, line =>
        {
            told(line);
            Count();
        }));

        async Task<Answer> SendAsync(HttpMethod method, string target, object? body)
        {
            var answered = await server.SendAsync(method, target, body);
            Count();
            return answered;
        }

        void Count()
        {
            if (Interlocked.Increment(ref answers) == answer)
                server.Kill();
        }
    }

    private async Task<ServerProcess> StartAsync(string path)
    {
        var watch = Stopwatch.StartNew();
        var server = await ServerProcess.StartAsync(path, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        var ready = await server.SendAsync(HttpMethod.Get, "/health/ready", null);
        _starts.Add(watch.Elapsed.TotalMilliseconds);
        Assert.Equal(200, ready.Status);
        return server;
    }

    // Beside the server, which has already brought the file in order but has not been asked for anything.
    private void Check(string path)
    {
        DatabaseInvariants.AssertHold(path);
        var stored = StoredTakes.Read(path);
        Assert.Empty(_ledger.Violations(stored));
        _ledger.Accept(stored);
    }

    private async Task CheckAsync(string path)
    {
        using var server = await StartAsync(path);
        Check(path);
    }
}
