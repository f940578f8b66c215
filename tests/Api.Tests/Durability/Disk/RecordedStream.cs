namespace Galley.Tests.Durability.Disk;

/// <summary>A file of a recorded disk that somebody other than the engine writes.</summary>
internal sealed class RecordedStream(RecordedDisk disk, string path) : FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0)
{
    private readonly RecordedFile _file = new(disk, System.IO.Path.GetFileName(path), disk.Open(System.IO.Path.GetFileName(path), exists: true), isJournal: false);

    public override void Write(byte[] buffer, int offset, int count)
    {
        var at = Position;
        base.Write(buffer, offset, count);
        disk.Add(new DiskEvent.Written(_file.Name, _file.Life, at, buffer.AsSpan(offset, count).ToArray()));
    }
}
