using System.CommandLine;
using System.Text.Json;
using System.Xml;
using Galley.Storage;

namespace Galley.Tool.Import;

/// <summary>Pushes a file of articles, line by line.</summary>
internal static class ImportCommand
{
    private const string StandardInput = "-";

    public static Command Make()
    {
        var command = new Command("import", "Push articles from NDJSON, WordPress, RSS, Atom, JSON Feed or ninjs. Safe to run twice: what is there already is unchanged.");
        var options = ImportOptions.Definition.AddTo(command);
        var server = ServerOptions.AddTo(command);
        command.Runs((parsed, settings, _) => RunAsync(options.Read(parsed), settings, server.Read(parsed)));
        return command;
    }

    private static async Task<int> RunAsync(ImportOptions options, IReadOnlyList<string> settings, ServerChoice choice)
    {
        using var interruption = new Interruption();
        await using var file = Open(options.File);
        options = options with { Format = FormatOf(file, options) };
        await using var report = new ImportReport(options.Report, isContinued: options.Skip > 0);
        await using var server = await ServerAccess.OpenAsync(settings, choice, interruption.Token);
        var tally = new ImportTally();
        var stopped = await RunAsync(server, file, options, tally, report, interruption.Token);

        await Console.Out.WriteLineAsync(tally.ToString());
        if (report.Skipped + report.Mended > 0)
            await Console.Error.WriteLineAsync($"{report.Skipped} items are no articles and were left out, {report.Mended} were mended{(options.Report is null ? "; --report=<file> names them" : string.Empty)}.");
        if (stopped is { } stop)
        {
            await Console.Error.WriteLineAsync($"{stop.Why} All lines up to {tally.DoneUpTo} are done. Go on with --skip={tally.DoneUpTo}, or run the whole again: what is done is unchanged.");
            return stop.ExitCode;
        }

        return tally[ImportResult.Failed] > 0 ? ExitCodes.Refused : 0;
    }

    // Why it did not come to the end, or null.
    private static async Task<(int ExitCode, string Why)?> RunAsync(ServerAccess server, Stream file, ImportOptions options, ImportTally tally, ImportReport report, CancellationToken cancel)
    {
        await using var progress = new ImportProgress(tally, file.CanSeek ? file.Length : null);
        progress.Begin();
        try
        {
            await new ImportRun(new LineSender(server.Client, options.CreateMissing), options, tally, report).RunAsync(file, cancel);
            return null;
        }
        catch (ImportStopException stop)
        {
            return (stop.ExitCode, stop.Message);
        }
        catch (OperationCanceledException)
        {
            return (ExitCodes.Interrupted, "Stopped.");
        }
        catch (Exception exception) when (exception is IOException or XmlException or JsonException or InvalidDataException)
        {
            return (StartupRefusal.CannotOpen, $"{options.File} cannot be read: {exception.Message}");
        }
    }

    private static string FormatOf(Stream file, ImportOptions options)
    {
        var format = options.Format ?? FileFormat.Of(file);
        if (format == FileFormat.Ndjson)
            return format;
        if (!file.CanSeek)
            throw new StartupRefusal(StartupRefusal.Usage, "From standard input only NDJSON is read: give the name of a file.");

        return options.Source is not null ? format : throw new StartupRefusal(StartupRefusal.Usage, "The items of such a file name no source. Give one for all of them with --source.");
    }

    private static Stream Open(string path)
    {
        try
        {
            return path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusal(StartupRefusal.CannotOpen, $"{path} cannot be read: {exception.Message}");
        }
    }
}
