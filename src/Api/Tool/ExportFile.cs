using Galley.Storage;
using Microsoft.Win32.SafeHandles;

namespace Galley.Tool;

/// <summary>Where an export is written: a file, or standard output. A file has another name until it is whole, and is gone where it never is: half an export must not be taken for one.</summary>
internal sealed class ExportFile : IAsyncDisposable
{
    public const string StandardOutput = "-";

    private readonly string _path;
    private readonly Stream _output;
    private bool _isWhole;

    public ExportFile(string path)
    {
        _path = path;
        try
        {
            // Nothing waits in a buffer: what cannot be written is known at once, and not where the file is closed.
            _output = IsFile ? new FileStream(Part, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0) : OpenStandardOutput();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    private bool IsFile => _path != StandardOutput;

    private string Part => _path + ".part";

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
        if (IsFile && !_isWhole)
            File.Delete(Part);
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
