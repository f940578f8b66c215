using System.Globalization;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Operation;
using Galley.Tests.Support;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>Backups of a server that is written to all the time, by the command and by the server itself: each holds what was acknowledged before it was begun, and nothing half.</summary>
public sealed class BackupsUnderWritesTests(ITestOutputHelper output)
{
    private const int Pushers = 4;

    // Few, pushed again and again: looking through the hundredth copy takes as long as looking through the first.
    private const int Stories = 25;

    private readonly int[] _acknowledged = new int[Pushers];
    private volatile bool _isOver;

    [Fact]
    public async Task Are_whole_restore_and_hold_every_story_acknowledged_before()
    {
        using var directory = new TemporaryDirectory();
        var backups = Duration.Of(inEveryRun: 6, whenLong: 100);
        using var server = await ServerProcess.StartAsync(directory.File("galley.db"), "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        var pushing = Task.WhenAll(Enumerable.Range(0, Pushers).Select(pusher => PushAsync(server, pusher)));
        while (_acknowledged.Contains(0))
            await Task.Delay(5);

        var counts = new List<long>();
        for (var i = 0; i < backups; i++)
        {
            var before = _acknowledged.ToArray();
            var copy = i % 2 == 0 ? await ByCommandAsync(directory, i) : await ByServerAsync(server, directory);
            counts.Add(await CheckAsync(directory, copy, before));
        }

        _isOver = true;
        await pushing;
        DatabaseInvariants.AssertHold(directory.File("galley.db"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{backups} backups of {counts[0]} to {counts[^1]} revisions, {_acknowledged.Sum()} acknowledged"));
        Assert.True(counts[^1] > counts[0], "Nothing was written meanwhile.");
    }

    private static async Task<string> ByCommandAsync(TemporaryDirectory directory, int number)
    {
        var copy = directory.File(string.Create(CultureInfo.InvariantCulture, $"copy-{number}.db"));
        var tool = await Executable.RunAsync("backup", copy, $"--Galley:Database={directory.File("galley.db")}");
        Assert.True(tool.ExitCode == 0, tool.Error);
        return copy;
    }

    private static async Task<string> ByServerAsync(ServerProcess server, TemporaryDirectory directory)
    {
        var answer = await server.SendAsync(HttpMethod.Post, "/v1/manage/ops/backup", null);
        Assert.True(answer.IsSuccess, answer.Body.ToString());
        return directory.File($"backups/{answer.Text("file")}");
    }

    // What each pusher sent it sent one after the other: a copy holds all of it up to some place, and nothing behind.
    private static async Task<long> CheckAsync(TemporaryDirectory directory, string copy, IReadOnlyList<int> before)
    {
        var restored = directory.File("restored.db");
        var tool = await Executable.RunAsync("restore", copy, "--overwrite", $"--Galley:Database={restored}");
        Assert.True(tool.ExitCode == 0, tool.Error);
        DatabaseInvariants.AssertHold(restored);
        var stored = StoredTakes.Read(restored);
        for (var pusher = 0; pusher < Pushers; pusher++)
        {
            var revisions = Enumerable.Range(0, Stories).Select(story => stored.GetValueOrDefault(NameOf(pusher, story), Take.Absent).Revision).ToList();
            Assert.InRange(revisions.Sum(), before[pusher], long.MaxValue);
            Assert.Equal(Enumerable.Range(0, Stories).Select(story => (revisions.Sum() - story + Stories - 1) / Stories), revisions);
        }

        File.Delete(copy);
        foreach (var aside in Directory.EnumerateFiles(directory.Path, "restored.db.before-*"))
            File.Delete(aside);
        return stored.Values.Sum(take => take.Revision);
    }

    private static string NameOf(int pusher, int number) => string.Create(CultureInfo.InvariantCulture, $"wire-{pusher}/story-{number % Stories}");

    private async Task PushAsync(ServerProcess server, int pusher)
    {
        for (var i = 0; !_isOver; i++)
        {
            var address = $"/v1/manage/sources/{NameOf(pusher, i).Replace("/", "/articles/", StringComparison.Ordinal)}";
            var answer = await server.SendAsync(HttpMethod.Put, address, Given.Article().Build());
            Assert.Equal(i < Stories ? 201 : 200, answer.Status);
            Volatile.Write(ref _acknowledged[pusher], i + 1);
        }
    }
}
