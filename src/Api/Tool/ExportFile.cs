using Galley.Storage;

namespace Galley.Tool;

/// <summary>Where an export is written: a file, or standard output. A file has another name until it is whole: half an export must not be taken for one.</summary>
internal sealed class ExportFile : IAsyncDisposable
{
    public const string StandardOutput = "-";

    private readonly string _path;
    private readonly Stream _output;

    public ExportFile(string path)
    {
        _path = path;
        try
        {
            // Nothing waits in a buffer: what cannot be written is known at once, and not where the file is closed.
            _output = IsFile ? new FileStream(Part, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0) : Console.OpenStandardOutput();
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
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    public ValueTask DisposeAsync() => _output.DisposeAsync();

    private StartupRefusal Unwritable(Exception exception) =>
        new(ExitCodes.CannotWrite, $"{(IsFile ? _path : "Standard output")} cannot be written: {exception.Message}");
}
