using System.Collections.Concurrent;
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

    private readonly ConcurrentDictionary<string, bool> _acknowledged = new(StringComparer.Ordinal);
    private volatile bool _isOver;

    [Fact]
    public async Task Are_whole_restore_and_hold_every_story_acknowledged_before()
    {
        using var directory = new TemporaryDirectory();
        var backups = Duration.Of(inEveryRun: 6, whenLong: 100);
        using var server = await ServerProcess.StartAsync(directory.File("galley.db"), "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        var pushing = Task.WhenAll(Enumerable.Range(0, Pushers).Select(pusher => PushAsync(server, pusher)));
        while (_acknowledged.Count < Pushers)
            await Task.Delay(5);

        var counts = new List<int>();
        for (var i = 0; i < backups; i++)
        {
            var before = _acknowledged.Keys.ToList();
            var copy = i % 2 == 0 ? await ByCommandAsync(directory, i) : await ByServerAsync(server, directory);
            counts.Add(await CheckAsync(directory, copy, before));
        }

        _isOver = true;
        await pushing;
        DatabaseInvariants.AssertHold(directory.File("galley.db"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{backups} backups of {counts[0]} to {counts[^1]} articles, {_acknowledged.Count} pushed"));
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

    // What each pusher sent it sent one after the other: a copy that lacks one of them has none behind it.
    private static async Task<int> CheckAsync(TemporaryDirectory directory, string copy, IReadOnlyList<string> before)
    {
        var restored = directory.File("restored.db");
        var tool = await Executable.RunAsync("restore", copy, "--overwrite", $"--Galley:Database={restored}");
        Assert.True(tool.ExitCode == 0, tool.Error);
        DatabaseInvariants.AssertHold(restored);
        var stored = StoredTakes.Read(restored);
        Assert.Empty(before.Where(story => !stored.ContainsKey(story)));
        foreach (var pusher in stored.Keys.GroupBy(story => story.Split('/')[0]))
            Assert.Equal(pusher.Count() - 1, pusher.Max(story => int.Parse(story.Split('-')[^1], CultureInfo.InvariantCulture)));

        File.Delete(copy);
        foreach (var aside in Directory.EnumerateFiles(directory.Path, "restored.db.before-*"))
            File.Delete(aside);
        return stored.Count;
    }

    private async Task PushAsync(ServerProcess server, int pusher)
    {
        for (var i = 0; !_isOver; i++)
        {
            var story = string.Create(CultureInfo.InvariantCulture, $"wire-{pusher}/story-{i}");
            var answer = await server.SendAsync(HttpMethod.Put, $"/v1/manage/sources/{story.Replace("/", "/articles/", StringComparison.Ordinal)}", Given.Article().Build());
            Assert.Equal(201, answer.Status);
            _acknowledged[story] = true;
        }
    }
}
