using Galley.Storage;
using Microsoft.Win32.SafeHandles;

namespace Galley.Tool;

/// <summary>Where an export is written: a file, or standard output. A file has another name until it is whole, for half an export must not be taken for one; where it never is, that much is left as can be gone on from.</summary>
internal sealed class ExportFile : IAsyncDisposable
{
    public const string StandardOutput = "-";

    private readonly string _path;
    private readonly Stream _output;
    private bool _isWhole;

    /// <summary>Keeps what is there of it up to <paramref name="kept"/>.</summary>
    public ExportFile(string path, long kept = 0)
    {
        _path = path;
        try
        {
            // Nothing waits in a buffer: what cannot be written is known at once, and not where the file is closed.
            _output = IsFile ? OpenPart(kept) : OpenStandardOutput();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    private bool IsFile => _path != StandardOutput;

    private string Part => PartOf(_path);

    /// <summary>The last place in what an earlier run left from where an export goes on, and where its line ends; null where there is none.</summary>
    public static (string Text, long End)? FindCursor(string path)
    {
        try
        {
            return File.Exists(PartOf(path)) ? ExportCursor.FindLast(PartOf(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusal(StartupRefusal.CannotOpen, $"{PartOf(path)} cannot be read: {exception.Message}");
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await _output.WriteAsync(bytes, cancel);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    /// <summary>Gives a file its name.</summary>
    public async Task CompleteAsync()
    {
        try
        {
            await _output.DisposeAsync();
            if (IsFile)
                File.Move(Part, _path, overwrite: true);
            _isWhole = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _output.DisposeAsync();
        if (!IsFile || _isWhole)
            return;

        if (ExportCursor.FindLast(Part) is null)
            File.Delete(Part);
        else
            await Console.Error.WriteLineAsync($"{Part} keeps what has come. The same command with --resume goes on.");
    }

    private static string PartOf(string path) => path + ".part";

    private FileStream OpenPart(long kept)
    {
        var stream = new FileStream(Part, kept > 0 ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.SetLength(kept);
        stream.Position = kept;
        return stream;
    }

    // The console's own stream says nothing where whoever reads from a pipe has gone.
    private static Stream OpenStandardOutput()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();

        var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // It would write into a file beside what others write there.
        return output.CanSeek ? Console.OpenStandardOutput() : output;
    }

    private StartupRefusal Unwritable(Exception exception) =>
        new(ExitCodes.CannotWrite, $"{(IsFile ? _path : "Standard output")} cannot be written: {exception.Message}");
}
