using Galley.Tests.Durability.Disk;
using Galley.Tests.Durability.Traffic;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>A disk that is full or broken for a while: nothing false is acknowledged, reading goes on, and writing does again when the disk does.</summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private const int Pushers = 8;

    // What nobody can tell the outcome of is not written again: in one file it would heap up.
    private const int PointsOfANewsroom = 20;

    // Pages of a group leave the cache while its operations still run, not only at the commit.
    private const string SmallCache = "pragma cache_size = 8";

    private Ledger _ledger = new();
    private int _strikes;
    private int _outages;
    private int _answers;
    private int _states;

    // A system that may only read lets the engine's writes fail as a broken disk does.
    [Theory]
    [InlineData("write", Native.Full, true, "storage-full")]
    [InlineData("write", Native.Full, false, "storage-full")]
    [InlineData("write", Native.IoErrorWrite, true, "storage-unavailable")]
    [InlineData("write", Native.IoErrorWrite, false, "storage-unavailable")]
    [InlineData("write", Native.ReadOnly, true, "storage-unavailable")]
    [InlineData("truncate", Native.IoErrorTruncate, true, "none")]
    [InlineData("truncate", Native.IoErrorTruncate, false, "none")]
    public async Task Acknowledges_nothing_false_and_recovers(string at, int code, bool isLasting, string problem)
    {
        var points = Duration.Of(inEveryRun: at == "write" ? 10 : 2, whenLong: 5_000);
        var point = 0;
        while (point < points && await StrikeAsync(point, Math.Min(points, point + PointsOfANewsroom), number => new Fault(at == "write" ? FaultAt.Write : FaultAt.Truncate, number, code, isLasting), problem))
            point += PointsOfANewsroom;

        output.WriteLine($"{_strikes} strikes, {_outages} writes refused, {_answers} answered, {_states} crash states");
        Assert.True(_strikes > 0);
    }

    // In a long run each operation of a round fails once, until there are no more.
    private static int NumberOf(int point) => Duration.Of(inEveryRun: 1 + (point * 7 % 150), whenLong: point + 1);

    private async Task<bool> StrikeAsync(int first, int end, Func<int, Fault> make, string problem)
    {
        await using var faulty = await FaultyNewsroom.StartAsync(SmallCache);
        _ledger = new Ledger { Place = () => faulty.Disk.Place };
        var isStruck = true;
        for (var point = first; point < end && isStruck; point++)
        {
            var fault = faulty.Disk.Fault = make(NumberOf(point));
            var met = await PushAsync(faulty, point);
            await AssertReadsAsync(faulty);
            faulty.Disk.Fault = null;

            Assert.All(met.Keys, outage => Assert.Equal(problem, outage));
            await AssertWritesAsync(faulty, point);
            AssertSound(faulty.Newsroom.Path);
            (_strikes, _outages, isStruck) = (_strikes + fault.Strikes, _outages + met.Values.Sum(), fault.Strikes > 0);
        }

        using var states = new CrashStates(faulty.Disk.Events, _ledger, seed: 3);
        Assert.Empty(states.Violations(places: 25));
        (_answers, _states) = (_answers + _ledger.Answers, _states + states.Count);
        return isStruck;
    }

    private async Task<Dictionary<string, int>> PushAsync(FaultyNewsroom faulty, int point)
    {
        var pushers = Enumerable.Range(0, Pushers).Select(i => new Pusher($"wire-{i}", (point * 100) + i, _ledger, faulty.Newsroom.SendAsync, faulty.Clock.GetUtcNow)).ToList();
        await AtOnce.RunAsync(() => [.. pushers.Select(pusher => pusher.PushAsync(3))]);
        faulty.Clock.Advance(TimeSpan.FromMilliseconds(100));
        return pushers.SelectMany(pusher => pusher.Outages).GroupBy(outage => outage.Key).ToDictionary(group => group.Key, group => group.Sum(outage => outage.Value));
    }

    private static async Task AssertReadsAsync(FaultyNewsroom faulty)
    {
        foreach (var address in new[] { "/health/ready", "/v1/articles", "/v1/sections", "/v1/tags" })
            Assert.Equal(200, (await faulty.Newsroom.SendAsync(HttpMethod.Get, address, null)).Status);
    }

    private async Task AssertWritesAsync(FaultyNewsroom faulty, int point)
    {
        var pusher = new Pusher("afterwards", 1_000_000 + point, _ledger, faulty.Newsroom.SendAsync, faulty.Clock.GetUtcNow);
        await AtOnce.RunAsync(() => [pusher.PushAsync(1)]);
        Assert.Empty(pusher.Outages);
    }

    private void AssertSound(string path)
    {
        DatabaseInvariants.AssertHold(path);
        Assert.Empty(_ledger.Violations(StoredTakes.Read(path)));
    }
}
