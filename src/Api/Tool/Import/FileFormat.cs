using System.Text;
using System.Text.Json;

namespace Galley.Tool.Import;

/// <summary>In what form a file holds its articles. It is seen from the beginning of the content, whatever the file is called.</summary>
internal static class FileFormat
{
    public const string Ndjson = "ndjson";
    public const string Xml = "xml";
    public const string JsonFeed = "json-feed";
    public const string Ninjs = "ninjs";

    /// <summary>All that may be named.</summary>
    public static readonly string[] All = [Ndjson, Xml, JsonFeed, Ninjs];

    private const int HeadSize = 64 * 1024;

    private static readonly string[] NinjsMembers = ["uri", "$standard", "standard"];

    /// <summary>Looks at the beginning, and goes back to it. What cannot go back is taken for lines.</summary>
    public static string Of(Stream file)
    {
        if (!file.CanSeek)
            return Ndjson;

        var head = HeadOf(file);
        if (head.StartsWith(Encoding.Unicode.Preamble) || head.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return Xml;

        var text = WithoutMark(head).TrimStart(" \t\r\n"u8);
        if (text.IsEmpty)
            return Ndjson;

        return text[0] switch
        {
            (byte)'<' => Xml,
            (byte)'[' when text[1..].TrimStart(" \t\r\n"u8) is [(byte)'{', ..] => Ninjs,
            (byte)'{' => OfObject(text),
            _ => Ndjson,
        };
    }

    // What cannot be read is told where it is read.
    private static ReadOnlySpan<byte> HeadOf(Stream file)
    {
        try
        {
            var buffer = new byte[HeadSize];
            var head = buffer.AsSpan(0, file.ReadAtLeast(buffer, HeadSize, throwOnEndOfStream: false));
            file.Position = 0;
            return head;
        }
        catch (IOException)
        {
            return [];
        }
    }

    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith(Encoding.UTF8.Preamble) ? text[3..] : text;

    private static string OfObject(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                    continue;

                var name = reader.GetString()!;
                if (name is "op" or "externalId" or "article" or "source" or "end")
                    return Ndjson;
                if (NinjsMembers.Contains(name))
                    return Ninjs;
                if (name == "version" && reader.Read() && reader.TokenType == JsonTokenType.String && reader.GetString()!.StartsWith("https://jsonfeed.org/version/", StringComparison.Ordinal))
                    return JsonFeed;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
        }

        return Ndjson;
    }
}
