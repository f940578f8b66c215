using System.Data.Common;
using Galley.Storage;
using Galley.Tests.Durability.Disk;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>A disk that takes what is written and does not keep it: the server ends, and the next one on what the system shows, which the disk may not have, loses nothing.</summary>
public sealed class FailedSyncTests(ITestOutputHelper output)
{
    private const int Pushers = 8;
    private const int Rounds = 5;

    private readonly TestClock _clock = new();
    private IReadOnlyList<DiskEvent> _events = [];
    private Ledger _ledger = new();
    private int _states;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Ends_the_server_and_costs_nothing_that_was_acknowledged(bool isLasting, bool isKilled)
    {
        var number = 1;
        while (number <= Duration.Of(inEveryRun: 3, whenLong: 1_000) && await FailAsync(new Fault(FaultAt.Sync, number, Native.IoErrorSync, isLasting), isKilled, number))
            number++;

        output.WriteLine($"{number - 1} syncs failed, {_states} crash states");
        Assert.True(number > 3, $"The disk was synced {number - 1} times.");
    }

    private async Task<bool> FailAsync(Fault fault, bool isKilled, int seed)
    {
        (_events, _ledger) = ([], new Ledger());
        await LiveAsync(seed, newsroom => FailAsync(newsroom, fault, seed), isKilled);
        if (fault.Strikes == 0)
            return false;

        var failed = _events.Count;
        await LiveAsync(seed, newsroom => GoOnAsync(newsroom, seed), isKilled: false);

        var random = new Random(seed);
        using var states = new CrashStates(_events, _ledger, seed);
        var places = Enumerable.Range(0, Duration.Of(inEveryRun: 8, whenLong: 30)).Select(_ => random.Next(failed, _events.Count + 1)).Append(_events.Count);
        var violations = states.Violations(places, Enum.GetValues<Loss>());
        Assert.True(violations.Count == 0, $"After sync {seed} had failed, of {states.Count} states {violations.Count} were wrong, such as: {string.Join('\n', violations.Take(3))}");
        _states += states.Count;
        return true;
    }

    // What the system shows after the life before, on a disk that remembers what it has.
    private async Task LiveAsync(int seed, Func<RecordedNewsroom, Task> live, bool isKilled)
    {
        using var directory = new TemporaryDirectory();
        directory.Fill(SimulatedDisk.After(_events).AfterPowerLoss(Loss.Nothing, new Random(seed)));
        using var disk = new RecordedDisk(directory.Path, _events);
        _ledger.Place = () => disk.Place;
        await using (var newsroom = new RecordedNewsroom(disk, _clock, tidyAbove: seed % 3 == 0 ? 100_000 : long.MaxValue))
        {
            await newsroom.StartAsync();
            await live(newsroom);
            _events = disk.Events;
        }

        if (!isKilled)
            _events = disk.Events;
    }

    private async Task FailAsync(RecordedNewsroom newsroom, Fault fault, int seed)
    {
        var writer = newsroom.Services.GetRequiredService<Writer>();
        var pushers = PushersOf(newsroom, seed);
        newsroom.Disk.Fault = fault;
        for (var round = 0; round < Rounds && writer.Lost is null; round++)
            await AtOnce.RunAsync(() => [.. pushers.Select(pusher => pusher.PushAsync(3))]);
        if (fault.Strikes == 0)
            return;

        await Task.Delay(Timeout.Infinite, newsroom.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping).WaitAsync(TimeSpan.FromSeconds(10)).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.IsAssignableFrom<DbException>(writer.Lost);
        Assert.Empty(pushers.SelectMany(pusher => pusher.Outages.Keys).Except(["storage-unavailable", "shutting-down"]));
        Assert.Equal(200, (await newsroom.SendAsync(HttpMethod.Get, "/v1/articles", null)).Status);
        Assert.Equal("shutting-down", (await newsroom.SendAsync(HttpMethod.Get, "/health/ready", null)).Text("code"));
        Assert.Equal("shutting-down", (await newsroom.SendAsync(HttpMethod.Put, "/v1/manage/sources/late/articles/late", Given.Article().Build())).Text("code"));
    }

    private async Task GoOnAsync(RecordedNewsroom newsroom, int seed)
    {
        DatabaseInvariants.AssertHold(newsroom.Path);
        var stored = StoredTakes.Read(newsroom.Path);
        Assert.Empty(_ledger.Violations(stored));
        _ledger.Accept(stored);
        await AtOnce.RunAsync(() => _ledger.RetryAll(newsroom.SendAsync));
        var pushers = PushersOf(newsroom, seed + 500_000);
        for (var round = 0; round < 2; round++)
            await AtOnce.RunAsync(() => [.. pushers.Select(pusher => pusher.PushAsync(2))]);
        Assert.Empty(pushers.SelectMany(pusher => pusher.Outages));
    }

    private List<Pusher> PushersOf(RecordedNewsroom newsroom, int seed) =>
        [.. Enumerable.Range(0, Pushers).Select(i => new Pusher($"wire-{i}", (seed * 100) + i, _ledger, newsroom.SendAsync, _clock.GetUtcNow))];
}
