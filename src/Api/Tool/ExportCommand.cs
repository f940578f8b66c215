using System.CommandLine;
using System.Text.Json;
using Galley.Http;
using Galley.Storage;

namespace Galley.Tool;

/// <summary>Writes every article as lines that import takes.</summary>
internal static class ExportCommand
{
    private const string StandardOutput = "-";

    // More than its last line has.
    private const int LongestEnd = 500;

    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "where to write; - or nothing: standard output", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("export", "Write every article as NDJSON that import takes, beside a running server too.") { file };
        var server = ServerOptions.AddTo(command);
        command.Runs((parsed, settings, _) => RunAsync(parsed.GetValue(file) ?? StandardOutput, settings, server.Read(parsed)));
        return command;
    }

    private static async Task<int> RunAsync(string file, IReadOnlyList<string> settings, ServerChoice choice)
    {
        using var interruption = new Interruption();
        await using var server = await ServerAccess.OpenAsync(settings, choice, interruption.Token);
        try
        {
            using var response = await server.Client.GetAsync("v1/manage/export", HttpCompletionOption.ResponseHeadersRead, interruption.Token);
            if (!response.IsSuccessStatusCode)
                return await Refusal.TellAsync(response, interruption.Token);

            await using var lines = await response.Content.ReadAsStreamAsync(interruption.Token);
            var articles = file == StandardOutput ? await CopyAsync(lines, Console.OpenStandardOutput(), interruption.Token) : await WriteAsync(lines, file, interruption.Token);
            await Console.Error.WriteLineAsync($"{articles} articles.");
            return 0;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException)
        {
            throw Refusal.NoServer(server.Client, exception);
        }
    }

    // Under another name until it is whole: half an export must not be taken for one.
    private static async Task<long> WriteAsync(Stream lines, string file, CancellationToken cancel)
    {
        var part = file + ".part";
        try
        {
            long articles;
            await using (var output = File.Create(part))
                articles = await CopyAsync(lines, output, cancel);

            File.Move(part, file, overwrite: true);
            return articles;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException and not HttpIOException)
        {
            throw new StartupRefusal(ExitCodes.CannotWrite, $"{file} cannot be written: {exception.Message}");
        }
    }

    /// <summary>Copies everything, and reads from the last line how many articles there were.</summary>
    private static async Task<long> CopyAsync(Stream lines, Stream output, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        byte[] tail = [];
        int read;
        while ((read = await lines.ReadAsync(buffer, cancel)) > 0)
        {
            await output.WriteAsync(buffer.AsMemory(0, read), cancel);
            tail = LastOf([.. tail, .. LastOf(buffer.AsSpan(0, read))]).ToArray();
        }

        await output.FlushAsync(cancel);
        return ArticlesIn(tail) ?? throw new HttpIOException(HttpRequestError.ResponseEnded, "The export was cut before its last line.");
    }

    private static ReadOnlySpan<byte> LastOf(ReadOnlySpan<byte> bytes) => bytes[^Math.Min(LongestEnd, bytes.Length)..];

    private static long? ArticlesIn(ReadOnlySpan<byte> tail)
    {
        var text = tail.TrimEnd((byte)'\n');
        var line = StrictJson.Parse(text[(text.LastIndexOf((byte)'\n') + 1)..].ToArray(), out _);
        return line?.RootElement is { ValueKind: JsonValueKind.Object } end && end.TryGetProperty("end", out _) && end.TryGetProperty("articles", out var articles) ? articles.GetInt64() : null;
    }
}
