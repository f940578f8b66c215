using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Galley.Storage;

/// <summary>A file that is being written: it is given its name once it is whole and on the disk, and is gone where it never is.</summary>
internal sealed class PartFile : IDisposable
{
    // What an engine may leave beside a file that it was writing when it failed.
    private static readonly string[] Beside = ["", "-journal", "-wal", "-shm"];

    private bool _isKept;

    /// <summary>Begins one under this name: what is left of an earlier one is gone.</summary>
    public PartFile(string path)
    {
        Path = path;
        Delete();
    }

    public string Path { get; }

    /// <summary>Gives it its name, which nothing has; both are on the disk when this returns.</summary>
    public void Keep(string path)
    {
        using (var file = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite))
            Flush(file);

        File.Move(Path, path);
        try
        {
            FlushDirectory(path);
        }
        catch (IOException)
        {
            // Whoever is told that it failed finds nothing under its name.
            File.Move(path, Path);
            throw;
        }

        _isKept = true;
    }

    public void Dispose()
    {
        if (!_isKept)
            Delete();
    }

    /// <summary>Brings the names in the directory of <paramref name="path"/> to the disk. The framework opens no directories.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        using var directory = new SafeFileHandle(OpenFile(System.IO.Path.GetDirectoryName(path)!, 0), ownsHandle: true);
        if (directory.IsInvalid || Sync(directory) != 0)
            throw new IOException($"The directory of {path} cannot be brought to the disk.", new Win32Exception(Marshal.GetLastPInvokeError()));
    }

    // The framework does that too, and says nothing where the disk fails.
    private void Flush(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
            RandomAccess.FlushToDisk(file);
        else if (Sync(file) != 0)
            throw new IOException($"{Path} cannot be brought to the disk.", new Win32Exception(Marshal.GetLastPInvokeError()));
    }

    private void Delete()
    {
        foreach (var end in Beside)
            File.Delete(Path + end);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, BestFitMapping = false)]
    private static extern int OpenFile([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(SafeFileHandle file);
}
