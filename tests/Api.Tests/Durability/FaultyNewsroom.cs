using Galley.Tests.Durability.Disk;
using Galley.Tests.Support;

namespace Galley.Tests.Durability;

/// <summary>A newsroom on a recorded disk of its own, which a test may let fail.</summary>
internal sealed class FaultyNewsroom : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private FaultyNewsroom(string? pragma, bool isAwake)
    {
        Disk = new RecordedDisk(_directory.Path);
        Newsroom = new RecordedNewsroom(Disk, Clock, pragma, isAwake: isAwake);
    }

    public TestClock Clock { get; } = new();

    public RecordedDisk Disk { get; }

    public RecordedNewsroom Newsroom { get; }

    public static async Task<FaultyNewsroom> StartAsync(string? pragma = null, bool isAwake = false)
    {
        var faulty = new FaultyNewsroom(pragma, isAwake);
        await faulty.Newsroom.StartAsync();
        return faulty;
    }

    public async ValueTask DisposeAsync()
    {
        await Newsroom.DisposeAsync();
        Disk.Dispose();
        _directory.Dispose();
    }
}
