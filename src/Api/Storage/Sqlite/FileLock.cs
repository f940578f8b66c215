namespace Galley.Storage.Sqlite;

/// <summary>Keeps a second process away from the database file; the kernel lets go of it when the process ends, however it ends.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    public static FileLock Take(string path)
    {
        try
        {
            // The same file under another name is the same file.
            var link = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
            var real = link?.FullName ?? path;
            return new FileLock(new FileStream(real + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
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

    public void Dispose() => _stream.Dispose();

    // ERROR_SHARING_VIOLATION, or EWOULDBLOCK of Linux and of macOS: the framework has no exception of its own for it.
    private static bool IsLocked(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;
}
