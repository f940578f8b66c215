namespace Galley.Manage.Bulk;

/// <summary>How much of all bulk requests together may be under way, where results wait that nobody reads yet, and how long a client may be silent.</summary>
internal sealed record BulkOptions(string Directory)
{
    public int Streams { get; init; } = 16;

    /// <summary>How many of these may hold all their lines at once.</summary>
    public int Batches { get; init; } = 2;

    public int Units { get; init; } = 12;

    public long SpooledBytes { get; init; } = 1024L * 1024 * 1024;

    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>What the bulk requests of a server share: so that neither their number nor the size of their lines decides how much memory they take.</summary>
internal sealed class BulkTurns(BulkOptions options) : IDisposable
{
    private readonly SemaphoreSlim _streams = new(options.Streams);
    private readonly SemaphoreSlim _batches = new(options.Batches);
    private readonly SemaphoreSlim _units = new(options.Units);
    private long _spooled;

    public string Directory => options.Directory;

    public TimeSpan Patience => options.Patience;

    public bool TryEnter(bool isBatch) => Of(isBatch).Wait(0);

    public void Leave(bool isBatch) => Of(isBatch).Release();

    /// <summary>Waits until some lines may be read and held until they are told of.</summary>
    public Task BeginUnitAsync(CancellationToken cancel) => _units.WaitAsync(cancel);

    public void EndUnit() => _units.Release();

    public bool TryTakeSpace(long bytes)
    {
        if (Interlocked.Add(ref _spooled, bytes) <= options.SpooledBytes)
            return true;

        GiveBack(bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _spooled, -bytes);

    public void Dispose()
    {
        _streams.Dispose();
        _batches.Dispose();
        _units.Dispose();
    }

    private SemaphoreSlim Of(bool isBatch) => isBatch ? _batches : _streams;
}
