using System.Diagnostics;

namespace Galley.Tests.Durability.Disk;

/// <summary>Plays a recording again, and says at any place of it what a power loss may leave.</summary>
internal sealed class SimulatedDisk
{
    private readonly Dictionary<(string Name, int Life), SimulatedFile> _files = [];
    private readonly Dictionary<string, SimulatedFile?> _certainNames = new(StringComparer.Ordinal);
    private readonly List<(string Name, SimulatedFile? File)> _openNames = [];

    public static SimulatedDisk After(IEnumerable<DiskEvent> events)
    {
        var disk = new SimulatedDisk();
        foreach (var happened in events)
            disk.Apply(happened);

        return disk;
    }

    public void Apply(DiskEvent happened)
    {
        switch (happened)
        {
            case DiskEvent.Created:
                _openNames.Add((happened.Name, _files[(happened.Name, happened.Life)] = new SimulatedFile()));
                break;
            case DiskEvent.Deleted deleted:
                _openNames.Add((deleted.Name, null));
                if (deleted.IsSynced)
                    SyncNames();
                break;
            case DiskEvent.Written written:
                FileOf(happened).Write(written.Offset, written.Bytes);
                break;
            case DiskEvent.Truncated truncated:
                FileOf(happened).Truncate(truncated.Size);
                break;
            case DiskEvent.Synced synced:
                FileOf(happened).Sync();
                if (synced.HasDirectory)
                    SyncNames();
                break;
            case DiskEvent.SyncFailed:
                FileOf(happened).FailSync();
                break;
            default:
                throw new UnreachableException($"Unhandled event {happened}.");
        }
    }

    /// <summary>The files that are there after a power loss. Shared memory never is.</summary>
    public IReadOnlyDictionary<string, byte[]> AfterPowerLoss(Loss loss, Random random)
    {
        var names = new Dictionary<string, SimulatedFile?>(_certainNames, StringComparer.Ordinal);
        foreach (var changes in _openNames.GroupBy(change => change.Name))
        {
            var kept = loss == Loss.Everything ? 0 : loss == Loss.Nothing ? changes.Count() : random.Next(changes.Count() + 1);
            foreach (var (name, file) in changes.Take(kept))
                names[name] = file;
        }

        return names.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!.AfterPowerLoss(loss, random));
    }

    private SimulatedFile FileOf(DiskEvent happened) => _files[(happened.Name, happened.Life)];

    private void SyncNames()
    {
        foreach (var (name, file) in _openNames)
            _certainNames[name] = file;
        _openNames.Clear();
    }
}
