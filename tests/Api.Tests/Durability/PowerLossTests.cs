using Galley.Tests.Durability.Disk;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Support;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>What is left when the power goes: whatever was acknowledged, and nothing half.</summary>
public sealed class PowerLossTests(ITestOutputHelper output)
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, Duration.Of(inEveryRun: 1, whenLong: 10))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Loses_nothing_that_was_acknowledged(int seed)
    {
        var recording = await Recording.MakeAsync(seed);
        using var states = new CrashStates(recording.Events, recording.Ledger, seed);

        var violations = states.Violations(places: Duration.Of(inEveryRun: 50, whenLong: 250));

        output.WriteLine($"{recording.Events.Count} events, {recording.Ledger.Answers} answers, {states.Count} states");
        Assert.Empty(violations);
    }

    [Theory]
    [InlineData("pragma synchronous = normal")]
    [InlineData("pragma synchronous = off")]
    public async Task Would_be_seen_to_lose_writes_with_a_weaker_setting(string pragma)
    {
        var recording = await Recording.MakeAsync(seed: 1, lives: 1, pragma);
        using var states = new CrashStates(recording.Events, recording.Ledger, seed: 1);

        var violations = states.Violations(places: 40);

        output.WriteLine($"{violations.Count} violations in {states.Count} states, such as: {violations[0]}");
        Assert.Contains(violations, violation => violation.Contains("acknowledged was [revision", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Loses_no_write_that_is_called_unchanged_because_a_killed_server_had_made_it()
    {
        using var directory = new TemporaryDirectory();
        using var disk = new RecordedDisk(directory.Path);
        await using (var newsroom = new RecordedNewsroom(disk, new TestClock(), tidyAbove: long.MaxValue))
        {
            await newsroom.StartAsync();
            Assert.Equal(201, (await PushAsync(newsroom)).Status);
        }

        // Killed between the write and the sync of the commit: the system has all of it, the disk nothing.
        var written = disk.Events.Take(LastCommitOf(disk.Events)).ToList();
        directory.Fill(SimulatedDisk.After(written).AfterPowerLoss(Loss.Nothing, new Random(1)));
        using var again = new RecordedDisk(directory.Path, written);
        await using var restarted = new RecordedNewsroom(again, new TestClock(), tidyAbove: long.MaxValue);
        await restarted.StartAsync();

        var answer = await PushAsync(restarted);

        var left = SimulatedDisk.After(again.Events).AfterPowerLoss(Loss.Everything, new Random(1));
        Assert.Equal("unchanged", answer.Text("outcome"));
        using var found = new TemporaryDirectory();
        found.Fill(left);
        Assert.Contains("wire/story", StoredTakes.Read(found.File("galley.db")).Keys);
    }

    private static Task<Answer> PushAsync(RecordedNewsroom newsroom) => newsroom.SendAsync(
        HttpMethod.Put, "/v1/manage/sources/wire/articles/story", new { language = "en", status = "published", headline = "Acknowledged", body = new { text = "It happened." } });

    // The sync of the last commit: after it the log is only copied and emptied.
    private static int LastCommitOf(IReadOnlyList<DiskEvent> events) =>
        events.Index().Last(happened => happened.Item is DiskEvent.Synced { Name: "galley.db-wal" } && events[happened.Index - 1] is DiskEvent.Written { Name: "galley.db-wal" }).Index;
}
