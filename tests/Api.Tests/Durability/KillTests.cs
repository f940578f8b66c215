using System.Diagnostics;
using Galley.Tests.Durability.Traffic;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>A server that is killed while newsrooms push, started again on the same file, and killed again.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Pushers = 8;

    private readonly Ledger _ledger = new();
    private readonly Random _random = new(1);
    private readonly List<double> _starts = [];

    [Fact]
    public async Task Keeps_every_acknowledged_write_and_nothing_half()
    {
        using var directory = new TemporaryDirectory();
        var kills = Duration.Of(inEveryRun: 50, whenLong: 300);
        for (var life = 0; life < kills; life++)
            await LiveAndDieAsync(directory.File("galley.db"), life);

        await CheckAsync(directory.File("galley.db"));
        output.WriteLine($"{kills} kills, {_ledger.Answers} answers, start in {_starts.Order().ElementAt(_starts.Count / 2):0} ms (median), {_starts.Max():0} ms (longest)");
    }

    private async Task LiveAndDieAsync(string path, int life)
    {
        using var server = await StartAsync(path);
        Check(path);
        await Task.WhenAll(_ledger.RetryAll(server.SendAsync));

        var send = life % 2 == 0 ? server.SendAsync : KillingAt(server, _random.Next(1, 200));
        var pushers = Enumerable.Range(0, Pushers).Select(i => new Pusher($"wire-{i}", (life * 100) + i, _ledger, send, () => DateTimeOffset.UtcNow)).ToList();
        var pushing = Task.WhenAll(pushers.Select(pusher => pusher.PushAsync()));
        if (life % 2 == 0)
        {
            // Any moment: while the first groups run, or when the pushers are at full speed.
            await _ledger.UntilAsync(_ledger.Answers + _random.Next(200));
            await Task.Delay(_random.Next(30));
            server.Kill();
        }

        await pushing;
    }

    // The very moment of an answer: whatever it promises must be so by then.
    private static Send KillingAt(ServerProcess server, int answer)
    {
        var answers = 0;
        return async (method, target, body) =>
        {
            var answered = await server.SendAsync(method, target, body);
            if (Interlocked.Increment(ref answers) == answer)
                server.Kill();

            return answered;
        };
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
