namespace Galley.Storage.Sqlite;

/// <summary>Keeps a second process away from the database file; the kernel lets go of it when the process ends, however it ends. A file beside it says where its holder listens: what is locked nobody else can read.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _stream;
    private readonly string _addressFile;

    private FileLock(FileStream stream, string addressFile)
    {
        (_stream, _addressFile) = (stream, addressFile);
        // That of a holder that was killed.
        File.Delete(_addressFile);
    }

    public static FileLock Take(string path)
    {
        try
        {
            var real = RealPathOf(path);
            return new FileLock(new FileStream(real + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), real + ".url");
        }
        catch (DirectoryNotFoundException)
        {
            throw new StartupRefusal(StartupRefusal.CannotOpen, $"The directory of {path} does not exist. Make it, or set Galley:Database to another path.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartupRefusal(StartupRefusal.CannotOpen, $"{path} may not be written. Set Galley:Database to another path, or give this user the right.");
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            throw new StartupRefusal(StartupRefusal.InUse, $"Another process uses {path}. Stop it first: one process serves one file.");
        }
        catch (IOException exception)
        {
            throw new StartupRefusal(StartupRefusal.CannotOpen, $"{path} cannot be opened: {exception.Message}");
        }
    }

    /// <summary>Where the process that holds the lock listens; null where it has not said so.</summary>
    public static string? ReadAddress(string path)
    {
        var file = RealPathOf(path) + ".url";
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    public void WriteAddress(string address)
    {
        try
        {
            File.WriteAllText(_addressFile, address);
        }
        catch (IOException)
        {
            // The disk is full: readers are served all the same, and commands ask for the address.
        }
    }

    public void Dispose()
    {
        File.Delete(_addressFile);
        _stream.Dispose();
    }

    /// <summary>The same file under another name is the same file.</summary>
    public static string RealPathOf(string path)
    {
        var link = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
        return link?.FullName ?? path;
    }

    // ERROR_SHARING_VIOLATION, or EWOULDBLOCK of Linux and of macOS: the framework has no exception of its own for it.
    private static bool IsLocked(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;
}
