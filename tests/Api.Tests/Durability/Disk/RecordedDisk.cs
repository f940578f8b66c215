namespace Galley.Tests.Durability.Disk;

/// <summary>A directory in which everything that the engine does to files is written down in one order. Nothing waits for the real disk: the order is what counts.</summary>
internal sealed class RecordedDisk : IDisposable
{
    private readonly List<DiskEvent> _events = [];
    private readonly Dictionary<string, int> _lives = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Records in <paramref name="directory"/>; <paramref name="before"/> is what happened to the files that are there already.</summary>
    public RecordedDisk(string directory, IEnumerable<DiskEvent>? before = null)
    {
        Directory = directory;
        _events.AddRange(before ?? []);
        foreach (var created in _events.OfType<DiskEvent.Created>())
            _lives[created.Name] = created.Life;

        RecordingFileSystem.Watch(this);
    }

    public string Directory { get; }

    public Fault? Fault { get; set; }

    /// <summary>How many things have happened.</summary>
    public long Place
    {
        get
        {
            lock (_lock)
                return _events.Count;
        }
    }

    public IReadOnlyList<DiskEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    public void Dispose() => RecordingFileSystem.Forget(this);

    /// <summary>Which file of this name is opened: a new one where there is none.</summary>
    public int Open(string name, bool exists)
    {
        lock (_lock)
        {
            if (exists && _lives.TryGetValue(name, out var life))
                return life;

            life = _lives[name] = _lives.GetValueOrDefault(name) + 1;
            _events.Add(new DiskEvent.Created(name, life));
            return life;
        }
    }

    /// <summary>Opens a file for somebody other than the engine.</summary>
    public FileStream OpenLog(string path) => new RecordedStream(this, path);

    public void Delete(string name, bool isSynced)
    {
        lock (_lock)
            // The engine deletes a journal that it finds beside an empty file without opening it.
            _events.Add(new DiskEvent.Deleted(name, _lives.GetValueOrDefault(name), isSynced));
    }

    /// <summary>The code of a failure that is due now, or 0.</summary>
    public int Strike(FaultAt operation)
    {
        lock (_lock)
            return Fault?.Hits(operation) == true ? Fault.Code : Native.Ok;
    }

    public void Add(DiskEvent happened)
    {
        lock (_lock)
            _events.Add(happened);
    }
}
