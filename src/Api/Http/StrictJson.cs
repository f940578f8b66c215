using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Galley.Content;

namespace Galley.Http;

/// <summary>Reads one JSON text as RFC 8259 has it, and as nobody can misread it: valid UTF-8, no member twice, at most 32 levels.</summary>
internal static class StrictJson
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = ContentJson.MaxDepth, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>The parsed text, or null with an <c>invalid-json</c> problem that says where reading stopped.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body, out Problem? problem)
    {
        var json = body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
        problem = FindFault(json.Span);
        return problem is null ? JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ContentJson.MaxDepth }) : null;
    }

    private static Problem? FindFault(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return Invalid(json, FirstInvalidByte(json), "The body is not UTF-8.");

        var reader = new Utf8JsonReader(json, ReaderOptions);
        var members = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        members.Push(new HashSet<string>(StringComparer.Ordinal));
                        break;
                    case JsonTokenType.EndObject:
                        members.Pop();
                        break;
                    case JsonTokenType.PropertyName when !members.Peek().Add(NameOf(ref reader)):
                        return Invalid(json, (int)reader.TokenStartIndex, $"The member \"{NameOf(ref reader)}\" stands twice in one object.");
                    default:
                        break;
                }
            }
        }
        catch (JsonException exception)
        {
            return Invalid(json, OffsetOf(json, exception), Reason(exception));
        }

        return null;
    }

    // A name with half a surrogate pair cannot be read as text; its escaped form still tells two members apart.
    private static string NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private static int OffsetOf(ReadOnlySpan<byte> json, JsonException exception)
    {
        var lineStart = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
            lineStart += json[lineStart..].IndexOf((byte)'\n') + 1;

        return Math.Min(json.Length, lineStart + (int)(exception.BytePositionInLine ?? 0));
    }

    // The framework's message ends in its own form of the position.
    private static string Reason(JsonException exception) =>
        exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is > 0 and var end ? exception.Message[..end] : "The body is not JSON.";

    private static int FirstInvalidByte(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(json[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;

        return at;
    }

    private static Problem Invalid(ReadOnlySpan<byte> json, int offset, string detail)
    {
        var before = json[..offset];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;

        return Problems.Of("invalid-json", detail) with
        {
            Line = before.Count((byte)'\n') + 1,
            Column = Encoding.UTF8.GetCharCount(before[lineStart..]) + 1,
        };
    }
}
