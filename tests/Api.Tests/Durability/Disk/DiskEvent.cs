namespace Galley.Tests.Durability.Disk;

/// <summary>One thing that the engine did to a file. <see cref="Life"/> tells apart the files that had the same name one after the other.</summary>
internal abstract record DiskEvent(string Name, int Life)
{
    public sealed record Created(string Name, int Life) : DiskEvent(Name, Life);

    public sealed record Deleted(string Name, int Life, bool IsSynced) : DiskEvent(Name, Life);

    public sealed record Written(string Name, int Life, long Offset, byte[] Bytes) : DiskEvent(Name, Life);

    public sealed record Truncated(string Name, int Life, long Size) : DiskEvent(Name, Life);

    /// <summary>All that was written to the file before is on the disk now; with the directory, also which files there are.</summary>
    public sealed record Synced(string Name, int Life, bool HasDirectory) : DiskEvent(Name, Life);

    /// <summary>Nobody knows what of the writes before is on the disk, and no later sync says: the system has forgotten that they were never written.</summary>
    public sealed record SyncFailed(string Name, int Life) : DiskEvent(Name, Life);
}
