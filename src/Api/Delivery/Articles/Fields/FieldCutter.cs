using System.Buffers;
using System.Text.Json;

namespace Galley.Delivery.Articles.Fields;

/// <summary>Copies the chosen members of a finished article, in one pass and in their order. Nothing is read into objects, and what is copied stays byte for byte.</summary>
internal static class FieldCutter
{
    /// <summary>What is chosen of an article in parts, which part between two of its members.</summary>
    public static ReadOnlyMemory<byte> Cut(IReadOnlyList<ReadOnlyMemory<byte>> parts, FieldSelection fields)
    {
        var cut = new ArrayBufferWriter<byte>(256);
        cut.Write("{"u8);
        JsonReaderState state = default;
        for (var i = 0; i < parts.Count; i++)
        {
            var reader = new Utf8JsonReader(parts[i].Span, isFinalBlock: i == parts.Count - 1, state);
            if (i == 0)
                reader.Read();
            CopyMembers(ref reader, parts[i].Span, fields, cut);
            if (reader.BytesConsumed < parts[i].Length)
                throw new JsonException("The stored article parts inside a member.");

            state = reader.CurrentState;
        }

        cut.Write("}"u8);
        return cut.WrittenMemory;
    }

    private static void CopyMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, FieldSelection fields, ArrayBufferWriter<byte> cut)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isChosen = fields.Holds(ref reader, out var inner);
            var name = json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
            reader.Read();
            if (!isChosen)
            {
                Pass(ref reader);
                continue;
            }

            if (cut.WrittenSpan[^1] != '{')
                cut.Write(","u8);
            cut.Write(name);
            Copy(ref reader, json, inner, cut);
        }
    }

    private static void Copy(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, FieldSelection? fields, ArrayBufferWriter<byte> cut)
    {
        if (fields is not null && reader.TokenType == JsonTokenType.StartObject)
        {
            cut.Write("{"u8);
            CopyMembers(ref reader, json, fields, cut);
            cut.Write("}"u8);
        }
        else if (fields is not null && reader.TokenType == JsonTokenType.StartArray)
        {
            cut.Write("["u8);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (cut.WrittenSpan[^1] != '[')
                    cut.Write(","u8);
                Copy(ref reader, json, fields, cut);
            }

            cut.Write("]"u8);
        }
        else
        {
            var start = (int)reader.TokenStartIndex;
            Pass(ref reader);
            cut.Write(json[start..(int)reader.BytesConsumed]);
        }
    }

    private static void Pass(ref Utf8JsonReader reader)
    {
        if (!reader.TrySkip())
            throw new JsonException("The stored article ends inside a member.");
    }
}
