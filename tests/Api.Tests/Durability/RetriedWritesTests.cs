using System.Collections.Concurrent;
using Dapper;
using Galley.Tests.Durability.Traffic;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>Scripts whose connections are cut at any byte, on a server that is killed, send each request again until it is answered: each counts once, and every answer is the same.</summary>
public sealed class RetriedWritesTests(ITestOutputHelper output)
{
    private const int Scripts = 6;

    private readonly ConcurrentDictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _tried = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _wrong = new();
    private int _attempts;
    private int _replays;

    [Fact]
    public async Task Count_once_whatever_is_cut_or_killed()
    {
        using var directory = new TemporaryDirectory();
        var (attempts, lives) = (Duration.Of(inEveryRun: 1_200, whenLong: 100_000), Duration.Of(inEveryRun: 3, whenLong: 25));
        for (var life = 1; life <= lives; life++)
            await LiveAndDieAsync(directory.File("galley.db"), life, attempts * life / lives);

        using (var last = await StartAsync(directory.File("galley.db")))
        {
            var script = new CutScript(last.Address, new Random(0));
            foreach (var (key, answer) in _answers)
                Compare(key, answer, await script.WholeAsync(key));
            foreach (var key in _tried.Keys.Except(_answers.Keys))
                _answers[key] = (await script.WholeAsync(key)).Body;
        }

        DatabaseInvariants.AssertHold(directory.File("galley.db"));
        Assert.Empty(_wrong);
        Assert.Equal(_answers.Count, Count(directory.File("galley.db")));
        output.WriteLine($"{_attempts} attempts at {_answers.Count} articles, {_replays} of them answered again, {lives} kills");
    }

    private async Task LiveAndDieAsync(string path, int life, int until)
    {
        using var server = await StartAsync(path);
        var scripts = Enumerable.Range(0, Scripts).Select(i => Task.Run(() => RunAsync(new CutScript(server.Address, new Random((life * 100) + i)), $"{i}", until))).ToList();
        while (Volatile.Read(ref _attempts) < until)
            await Task.Delay(1);

        server.Kill();
        await Task.WhenAll(scripts);
    }

    // One request after the other. What was not answered when the server died is the first thing in its next life, and what was is asked for again now and then.
    private async Task RunAsync(CutScript script, string name, int until)
    {
        for (var number = _answers.Keys.Count(key => key.StartsWith($"{name}-", StringComparison.Ordinal)); Volatile.Read(ref _attempts) < until;)
        {
            var key = $"{name}-{(number > 0 && script.Chance(4) ? script.Below(number) : number)}";
            _tried[key] = true;
            Interlocked.Increment(ref _attempts);
            if (await script.MaybeAsync(key) is not { } answer)
                continue;

            if (_answers.TryGetValue(key, out var before))
                Compare(key, before, answer);
            else if (_answers.TryAdd(key, answer.Body))
                number++;

            if (answer.IsReplayed)
                Interlocked.Increment(ref _replays);
        }
    }

    private void Compare(string key, string before, CutScript.Whole answer)
    {
        if (answer.Body != before || !answer.IsReplayed)
            _wrong.Enqueue($"{key}: {before}\nwas answered again with {answer}");
    }

    private static Task<ServerProcess> StartAsync(string path) =>
        ServerProcess.StartAsync(path, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");

    private static long Count(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection.ExecuteScalar<long>("select count(*) from article");
    }
}
