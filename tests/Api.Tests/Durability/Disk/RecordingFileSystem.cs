using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Galley.Tests.Durability.Disk;

/// <summary>A file system for the engine that lies over its own: files of a watched directory tell their disk what is done to them, all else passes through untouched.</summary>
internal static unsafe class RecordingFileSystem
{
    public const string Name = "galley-recorded";

    private const int OpenCreate = 0x4;

    private static readonly ConcurrentDictionary<string, RecordedDisk> Watched = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<nint, nint> Tables = new();
    private static readonly Native.FileSystem* Below = Register();

    public static void Watch(RecordedDisk disk)
    {
        _ = Below is not null;
        Watched[disk.Directory] = disk;
    }

    public static void Forget(RecordedDisk disk) => Watched.TryRemove(new(disk.Directory, disk));

    private static Native.FileSystem* Register()
    {
        SQLitePCL.Batteries_V2.Init();
        var below = Native.sqlite3_vfs_find(null);
        var own = (Native.FileSystem*)NativeMemory.Alloc((nuint)sizeof(Native.FileSystem));
        *own = *below;
        own->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
        own->FileSize = TailAt(below) + sizeof(Tail);
        own->Open = &Open;
        own->Delete = &Delete;
        return Native.sqlite3_vfs_register(own, 0) == Native.Ok ? below : throw new InvalidOperationException("The engine does not take the file system.");
    }

    // The engine's own state of the file comes first, so that its functions work on it as ever; what is ours stands behind it.
    private static int TailAt(Native.FileSystem* below) => (below->FileSize + 7) & ~7;

    private static Tail* TailOf(Native.OpenFile* file) => (Tail*)((byte*)file + TailAt(Below));

    private static RecordedFile FileOf(Native.OpenFile* file) => (RecordedFile)GCHandle.FromIntPtr(TailOf(file)->File).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Native.FileSystem* own, byte* name, Native.OpenFile* file, int flags, int* outFlags)
    {
        var path = name is null ? string.Empty : Marshal.PtrToStringUTF8((nint)name)!;
        var exists = File.Exists(path);
        var isWatched = Watched.TryGetValue(Path.GetDirectoryName(path) ?? string.Empty, out var disk);
        if (isWatched && disk!.Strike(FaultAt.Open) is var failure and not Native.Ok)
        {
            file->Methods = null;
            return failure;
        }

        var code = Below->Open(Below, name, file, flags, outFlags);
        if (code != Native.Ok || !isWatched)
            return code;

        var isJournal = (flags & OpenCreate) != 0 && (flags & (Native.OpenMainJournal | Native.OpenWal)) != 0;
        var recorded = new RecordedFile(disk!, Path.GetFileName(path), disk!.Open(Path.GetFileName(path), exists), isJournal);
        TailOf(file)->Below = file->Methods;
        TailOf(file)->File = GCHandle.ToIntPtr(GCHandle.Alloc(recorded));
        file->Methods = (Native.Methods*)Tables.GetOrAdd((nint)file->Methods, TableOver);
        return code;
    }

    private static nint TableOver(nint below)
    {
        var table = (Native.Methods*)NativeMemory.Alloc((nuint)sizeof(Native.Methods));
        *table = *(Native.Methods*)below;
        table->Close = &Close;
        table->Read = &Read;
        table->Write = &Write;
        table->Truncate = &Truncate;
        table->Sync = &Sync;
        return (nint)table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(Native.FileSystem* own, byte* name, int isSynced)
    {
        var path = Marshal.PtrToStringUTF8((nint)name)!;
        var exists = File.Exists(path);
        // The real sync would only cost time.
        var code = Below->Delete(Below, name, 0);
        if (code == Native.Ok && exists && Watched.TryGetValue(Path.GetDirectoryName(path)!, out var disk))
            disk.Delete(Path.GetFileName(path), isSynced != 0);

        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(Native.OpenFile* file)
    {
        GCHandle.FromIntPtr(TailOf(file)->File).Free();
        return TailOf(file)->Below->Close(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(Native.OpenFile* file, byte* bytes, int count, long offset)
    {
        var failure = FileOf(file).Disk.Strike(FaultAt.Read);
        return failure == Native.Ok ? TailOf(file)->Below->Read(file, bytes, count, offset) : failure;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(Native.OpenFile* file, byte* bytes, int count, long offset)
    {
        var recorded = FileOf(file);
        var failure = recorded.Disk.Strike(FaultAt.Write);
        // A disk that fails has often taken a part.
        var taken = failure == Native.Ok ? count : count / 2;
        var code = taken == 0 ? Native.Ok : TailOf(file)->Below->Write(file, bytes, taken, offset);
        if (code != Native.Ok)
            return code;

        recorded.Disk.Add(new DiskEvent.Written(recorded.Name, recorded.Life, offset, new ReadOnlySpan<byte>(bytes, taken).ToArray()));
        return failure;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(Native.OpenFile* file, long size)
    {
        var recorded = FileOf(file);
        if (recorded.Disk.Strike(FaultAt.Truncate) is var failure and not Native.Ok)
            return failure;

        var code = TailOf(file)->Below->Truncate(file, size);
        if (code == Native.Ok)
            recorded.Disk.Add(new DiskEvent.Truncated(recorded.Name, recorded.Life, size));

        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(Native.OpenFile* file, int flags) => FileOf(file).Sync();

    /// <summary>What stands behind the engine's own state of an open file.</summary>
    private struct Tail
    {
        public Native.Methods* Below;
        public nint File;
    }
}
