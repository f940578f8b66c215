using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Galley.Content;

/// <summary>
/// Writes texts with every letter as itself, no-break spaces and pictographs among them. The framework escapes those, and looks at each letter singly from the
/// first one on that it escapes: a line end is enough for a whole article.
/// </summary>
internal sealed class TextConverter : JsonConverter<string>
{
    private const int LongestEscape = 6;

    // Beyond it the room a text needs is counted: six times a long one would be most of what a process holds.
    private const int Short = 4_096;

    // All that has to be (RFC 8259 §7).
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\']);

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(RoomFor(value) + 2);
        writer.WriteRawValue(bytes.AsSpan(0, Quote(value, bytes)), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private static int RoomFor(string text)
    {
        if (text.Length <= Short)
            return LongestEscape * text.Length;

        var escapes = 0;
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAny(Escaped); at >= 0; at = rest.IndexOfAny(Escaped))
        {
            escapes++;
            rest = rest[(at + 1)..];
        }

        return Encoding.UTF8.GetByteCount(text) + ((LongestEscape - 1) * escapes);
    }

    private static int Quote(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var length = 0;
        bytes[length++] = (byte)'"';
        for (var at = text.IndexOfAny(Escaped); at >= 0; at = text.IndexOfAny(Escaped))
        {
            length += Encoding.UTF8.GetBytes(text[..at], bytes[length..]);
            length += Escape(text[at], bytes[length..]);
            text = text[(at + 1)..];
        }

        length += Encoding.UTF8.GetBytes(text, bytes[length..]);
        bytes[length++] = (byte)'"';
        return length;
    }

    private static int Escape(char c, Span<byte> bytes)
    {
        var escape = c switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            '\b' => "\\b"u8,
            '\f' => "\\f"u8,
            _ => [],
        };
        if (escape.Length > 0)
        {
            escape.CopyTo(bytes);
            return escape.Length;
        }

        "\\u00"u8.CopyTo(bytes);
        bytes[4] = (byte)"0123456789ABCDEF"[c >> 4];
        bytes[5] = (byte)"0123456789ABCDEF"[c & 0xF];
        return LongestEscape;
    }
}
