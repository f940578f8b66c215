using Galley.Content;
using Galley.Http;
using Galley.Storage;

namespace Galley.Tool.Import;

/// <summary>Tells of the lines that were refused: all of them in a file where one is named, the first few on standard error.</summary>
internal sealed class ImportReport : IAsyncDisposable
{
    private const int MostShown = 20;

    private readonly Lock _lock = new();
    private readonly Stream? _file;
    private int _refused;

    public ImportReport(string? path, bool isContinued)
    {
        try
        {
            // An import that goes on adds to what its beginning found.
            _file = path is null ? null : new FileStream(path, isContinued ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusal(ExitCodes.CannotWrite, $"{path} cannot be written: {exception.Message}");
        }
    }

    public void Add(long line, string? externalId, Problem problem)
    {
        lock (_lock)
        {
            _file?.Write([.. ContentJson.Write(new { line, externalId, problem.Status, problem }), (byte)'\n']);
            _refused++;
            if (_refused <= MostShown)
                Console.Error.WriteLine($"line {line}{(externalId is null ? string.Empty : $", {externalId}")}: {Refusal.InWords(problem)}");
            if (_refused == MostShown)
                Console.Error.WriteLine(_file is null ? "More are refused without being shown; --report=<file> keeps them all." : "More are refused without being shown; the report has them all.");
        }
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
