using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Galley.Tool.Import;

/// <summary>The items of a JSON Feed, and stories in ninjs: one alone, an array of them, or one a line.</summary>
internal static class JsonFile
{
    // A feed and an array are read whole; archives come one a line.
    private const int MaxWhole = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    public static async IAsyncEnumerable<FileItem> ReadAsync(Stream file, string format, string? language, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (file.Length > MaxWhole)
            throw new InvalidDataException($"it has more than {MaxWhole} bytes; write such an archive one story a line, as NDJSON.");

        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancel);
        var number = 0L;
        foreach (var value in Values(bytes))
        {
            if (format == FileFormat.JsonFeed)
            {
                var own = language ?? Ninjs.Text(value, "language");
                foreach (var item in Ninjs.Array(value, "items"))
                    yield return JsonFeedItems.LineOf(item, own).At(++number);
                continue;
            }

            foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value])
                yield return Ninjs.LineOf(item, language).At(++number);
        }
    }

    private static List<JsonElement> Values(ReadOnlySpan<byte> bytes)
    {
        var values = new List<JsonElement>();
        var reader = new Utf8JsonReader(FileFormat.WithoutMark(bytes), new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = Options.MaxDepth });
        while (reader.Read())
            values.Add(JsonElement.ParseValue(ref reader));
        return values;
    }
}
