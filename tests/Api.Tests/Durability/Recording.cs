using Galley.Tests.Durability.Disk;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Support;

namespace Galley.Tests.Durability;

/// <summary>
/// Some lives of a server, written down: the first start with its migrations, pushes in groups and in bulk, checkpoints, a stop in good order; then lives that end by
/// a kill, after which the next one finds what the system had, on the disk or not.
/// </summary>
internal sealed class Recording
{
    private const int Pushers = 8;
    private const int Rounds = 5;
    private const int MostLines = 12;

    private readonly TestClock _clock = new();
    private readonly Random _random;
    private readonly int _seed;

    private Recording(int seed) => (_seed, _random) = (seed, new Random(seed));

    public IReadOnlyList<DiskEvent> Events { get; private set; } = [];

    public Ledger Ledger { get; } = new();

    /// <summary>Records; with a <paramref name="pragma"/> that weakens the writer, to show that a loss is seen.</summary>
    public static async Task<Recording> MakeAsync(int seed, int lives = 4, string? pragma = null)
    {
        var recording = new Recording(seed);
        for (var life = 0; life < lives; life++)
            await recording.LiveAsync(life, pragma, isKilled: life % 3 > 0);

        return recording;
    }

    private async Task LiveAsync(int life, string? pragma, bool isKilled)
    {
        using var directory = new TemporaryDirectory();
        directory.Fill(SimulatedDisk.After(Events).AfterPowerLoss(Loss.Nothing, _random));
        using var disk = new RecordedDisk(directory.Path, Events);
        Ledger.Place = () => disk.Place;
        var place = disk.Place;

        await using (var newsroom = new RecordedNewsroom(disk, _clock, pragma))
        {
            await newsroom.StartAsync();
            await AtOnce.RunAsync(() => Ledger.RetryAll(newsroom.SendAsync));
            var pushers = Enumerable.Range(0, Pushers).Select(i => PusherOf(newsroom, life, i)).ToList();
            var bulk = new BulkPusher("bulk", (_seed * 1_000) + (life * 10) + Pushers, Ledger, newsroom.SendLinesAsync, _clock.GetUtcNow, MostLines);
            for (var round = 0; round < Rounds; round++)
                await PushAsync(newsroom, pushers, bulk);

            // Anywhere after the start.
            place = _random.NextInt64(place + ((disk.Place - place) / 4), disk.Place);
        }

        Events = isKilled ? [.. disk.Events.Take((int)place)] : disk.Events;
        if (isKilled)
            Ledger.ForgetAfter(place);
    }

    private Pusher PusherOf(RecordedNewsroom newsroom, int life, int number) =>
        new($"wire-{number}", (_seed * 1_000) + (life * 10) + number, Ledger, newsroom.SendAsync, _clock.GetUtcNow);

    // Groups of one and of eight, and lines of a bulk request among them; now and then a reader stays in the log, so that it cannot be emptied.
    private async Task PushAsync(RecordedNewsroom newsroom, List<Pusher> pushers, BulkPusher bulk)
    {
        using var reader = _random.Next(3) == 0 ? await newsroom.Database.SnapshotAsync(CancellationToken.None) : null;
        if (reader is not null)
            await reader.FindAsync<long>("select count(*) from article");

        var together = _random.Next(3) == 0 ? 1 : Pushers;
        await AtOnce.RunAsync(() => [.. pushers.Take(together).Select(pusher => pusher.PushAsync(_random.Next(2, 8))), bulk.PushAsync(_random.Next(3))]);
        _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(20, 700)));
    }
}
