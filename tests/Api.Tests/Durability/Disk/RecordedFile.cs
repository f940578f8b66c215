namespace Galley.Tests.Durability.Disk;

/// <summary>One open file of a recorded disk.</summary>
internal sealed class RecordedFile(RecordedDisk disk, string name, int life, bool isJournal)
{
    // The engine syncs the directory with the first sync of a journal that it may have made.
    private bool _owesDirectory = isJournal;

    public RecordedDisk Disk => disk;

    public string Name => name;

    public int Life => life;

    public int Sync()
    {
        if (disk.Strike(FaultAt.Sync) is var failure and not Native.Ok)
        {
            disk.Add(new DiskEvent.SyncFailed(name, life));
            return failure;
        }

        disk.Add(new DiskEvent.Synced(name, life, _owesDirectory));
        _owesDirectory = false;
        return Native.Ok;
    }
}
