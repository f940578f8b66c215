using System.CommandLine;
using System.Text.Json;
using Galley.Http;

namespace Galley.Tool;

/// <summary>Writes every article as lines that import takes.</summary>
internal static class ExportCommand
{
    // More than its last line has.
    private const int LongestEnd = 500;

    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "where to write, once it is whole; - or nothing: standard output, which may end before its last line, and then the exit code is not 0", Arity = ArgumentArity.ZeroOrOne };
        var unpushedAs = new Option<string>("--unpushed-as") { Description = "the source under which articles come that no source pushes (newsroom)", HelpName = "source" };
        var resume = new Option<bool>("--resume") { Description = "go on where an export into this file was cut, from what it left in <file>.part" };
        var command = new Command("export", "Write every article as NDJSON that import takes, beside a running server too.") { file, unpushedAs, resume };
        var server = ServerOptions.AddTo(command);
        command.Runs((parsed, settings, _) => ServerCommand.RunAsync(settings, server.Read(parsed), (client, cancel) => RunAsync(client, parsed.GetValue(file) ?? ExportFile.StandardOutput, parsed.GetValue(unpushedAs), parsed.GetValue(resume), cancel)));
        command.Validators.Add(each =>
        {
            if (each.GetValue(resume) && (each.GetValue(file) ?? ExportFile.StandardOutput) == ExportFile.StandardOutput)
                each.AddError("--resume needs the name of the file.");
        });
        return command;
    }

    private static async Task<int> RunAsync(HttpClient client, string path, string? unpushedAs, bool isResumed, CancellationToken cancel)
    {
        var cursor = isResumed ? ExportFile.FindCursor(path) : null;
        string?[] query = [unpushedAs is null ? null : $"unpushedAs={Uri.EscapeDataString(unpushedAs)}", cursor is null ? null : $"cursor={cursor.Value.Text}"];
        using var response = await client.GetAsync($"v1/manage/export?{string.Join('&', query.Where(each => each is not null))}".TrimEnd('?'), HttpCompletionOption.ResponseHeadersRead, cancel);
        if (!response.IsSuccessStatusCode)
            return await Refusal.TellAsync(response, cancel);

        await using var lines = await response.Content.ReadAsStreamAsync(cancel);
        await using var file = new ExportFile(path, cursor?.End ?? 0);
        var articles = await CopyAsync(lines, file, cancel);
        await file.CompleteAsync();
        await Console.Error.WriteLineAsync($"{articles} articles.");
        return 0;
    }

    /// <summary>Copies everything, and reads from the last line how many articles there were.</summary>
    private static async Task<long> CopyAsync(Stream lines, ExportFile file, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        byte[] tail = [];
        int read;
        while ((read = await lines.ReadAsync(buffer, cancel)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            tail = LastOf([.. tail, .. LastOf(buffer.AsSpan(0, read))]).ToArray();
        }

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
