using Galley.Tests.Durability.Disk;
using Galley.Tests.Durability.Traffic;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>A disk that is full or broken for a while: nothing false is acknowledged, reading goes on, and writing does again when the disk does.</summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private const int Pushers = 8;

    // Pages of a group leave the cache while its operations still run, not only at the commit.
    private const string SmallCache = "pragma cache_size = 8";

    private readonly Ledger _ledger = new();

    [Theory]
    [InlineData("write", Native.Full, true, "storage-full")]
    [InlineData("write", Native.Full, false, "storage-full")]
    [InlineData("write", Native.IoErrorWrite, true, "storage-unavailable")]
    [InlineData("write", Native.IoErrorWrite, false, "storage-unavailable")]
    [InlineData("sync", Native.IoErrorSync, true, "storage-unavailable")]
    [InlineData("sync", Native.IoErrorSync, false, "storage-unavailable")]
    public async Task Acknowledges_nothing_false_and_recovers(string at, int code, bool isLasting, string problem)
    {
        await using var faulty = await FaultyNewsroom.StartAsync(SmallCache);
        _ledger.Place = () => faulty.Disk.Place;
        var (strikes, outages) = (0, 0);
        for (var point = 0; point < Duration.Of(inEveryRun: 10, whenLong: 200); point++)
        {
            var fault = faulty.Disk.Fault = new Fault(at == "sync" ? FaultAt.Sync : FaultAt.Write, NumberOf(at, point), code, isLasting);
            var met = await PushAsync(faulty, point);
            await AssertReadsAsync(faulty);
            faulty.Disk.Fault = null;

            Assert.All(met.Keys, outage => Assert.Equal(problem, outage));
            await AssertWritesAsync(faulty, point);
            AssertSound(faulty.Newsroom.Path);
            (strikes, outages) = (strikes + fault.Strikes, outages + met.Values.Sum());
        }

        using var states = new CrashStates(faulty.Disk.Events, _ledger, seed: 3);
        Assert.Empty(states.Violations(places: 25));
        output.WriteLine($"{strikes} strikes, {outages} writes refused, {_ledger.Answers} answered, {states.Count} crash states");
    }

    // Syncs are few in a round of pushes, and writes are many.
    private static int NumberOf(string at, int point) => 1 + (at == "sync" ? point % 5 : point * 7 % 150);

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
