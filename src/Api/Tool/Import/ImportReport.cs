using Galley.Content;
using Galley.Http;
using Galley.Storage;

namespace Galley.Tool.Import;

/// <summary>Tells of the lines that were refused: all of them in a file where one is named, the first few on standard error.</summary>
internal sealed class ImportReport : IAsyncDisposable
{
    private const int MostShown = 20;

    private readonly string? _path;
    private readonly Lock _lock = new();
    private readonly Stream? _file;
    private int _refused;

    public ImportReport(string? path, bool isContinued)
    {
        _path = path;
        try
        {
            // An import that goes on adds to what its beginning found. Nothing waits in a buffer: what cannot be written is known at its line.
            _file = path is null ? null : new FileStream(path, isContinued ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusal(ExitCodes.CannotWrite, $"{path} cannot be written: {exception.Message}");
        }
    }

    public long Skipped { get; private set; }

    public long Mended { get; private set; }

    public void Add(long line, string? externalId, Problem problem)
    {
        lock (_lock)
        {
            Write(new { line, externalId, problem.Status, problem });
            _refused++;
            if (_refused <= MostShown)
                Console.Error.WriteLine($"line {line}{(externalId is null ? string.Empty : $", {externalId}")}: {Refusal.InWords(problem)}");
            if (_refused == MostShown)
                Console.Error.WriteLine(_file is null ? "More are refused without being shown; --report=<file> keeps them all." : "More are refused without being shown; the report has them all.");
        }
    }

    /// <summary>Tells of an item that is no article.</summary>
    public void Skip(long line, string? externalId, string why)
    {
        lock (_lock)
        {
            Skipped++;
            Write(new { line, externalId, skipped = why });
        }
    }

    /// <summary>Tells what of an item is not as it stands in the file.</summary>
    public void Mend(long line, string? externalId, IReadOnlyList<string> mended)
    {
        lock (_lock)
        {
            Mended++;
            Write(new { line, externalId, mended });
        }
    }

    private void Write<T>(T line)
    {
        try
        {
            _file?.Write([.. ContentJson.Write(line), (byte)'\n']);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImportStopException(ExitCodes.CannotWrite, $"{_path} cannot be written: {exception.Message}");
        }
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
