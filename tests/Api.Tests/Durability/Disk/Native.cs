using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Galley.Tests.Durability.Disk;

/// <summary>The engine's own view of files (sqlite3.h): a file system is a table of functions, an open file begins with a pointer to another.</summary>
internal static unsafe partial class Native
{
    public const int Ok = 0;
    public const int Full = 13;
    public const int IoErrorRead = 10 | (1 << 8);
    public const int IoErrorWrite = 10 | (3 << 8);
    public const int IoErrorSync = 10 | (4 << 8);
    public const int IoErrorTruncate = 10 | (6 << 8);
    public const int CannotOpen = 14;
    public const int ReadOnly = 8;

    public const int OpenMainJournal = 0x800;
    public const int OpenWal = 0x80000;

    [LibraryImport("e_sqlite3", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial FileSystem* sqlite3_vfs_find(string? name);

    [LibraryImport("e_sqlite3")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int sqlite3_vfs_register(FileSystem* fileSystem, int isDefault);

    [StructLayout(LayoutKind.Sequential)]
    public struct FileSystem
    {
        public int Version;
        public int FileSize;
        public int MaxPath;
        public FileSystem* Next;
        public byte* Name;
        public void* AppData;
        public delegate* unmanaged[Cdecl]<FileSystem*, byte*, OpenFile*, int, int*, int> Open;
        public delegate* unmanaged[Cdecl]<FileSystem*, byte*, int, int> Delete;

        // From xAccess to xNextSystemCall: passed on as they are.
        private Fourteen _rest;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct OpenFile
    {
        public Methods* Methods;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> Close;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<OpenFile*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Sync;

        // From xFileSize to xUnfetch, shared memory among them: passed on as they are.
        private Thirteen _rest;
    }

    [InlineArray(14)]
    private struct Fourteen
    {
        private nint _first;
    }

    [InlineArray(13)]
    private struct Thirteen
    {
        private nint _first;
    }
}
