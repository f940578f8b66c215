using System.Text;
using System.Text.Json;

namespace Galley.Content.Search;

/// <summary>What of a finished article is searched: its headline, its standfirst, and everything else that a reader reads, in one text.</summary>
internal sealed record SearchText(string Headline, string Standfirst, string Body)
{
    // Of the article itself, wherever they stand in its body, and in what was corrected.
    private static readonly byte[][] OfArticle = ["kicker"u8.ToArray(), "byline"u8.ToArray(), "dateline"u8.ToArray()];

    private static readonly byte[][] OfParts = ["text"u8.ToArray(), "caption"u8.ToArray(), "alt"u8.ToArray(), "attribution"u8.ToArray(), "title"u8.ToArray()];

    private static readonly byte[][] Parts = ["body"u8.ToArray(), "leadImage"u8.ToArray(), "corrections"u8.ToArray()];

    /// <summary>Reads a document or a card as it is stored.</summary>
    public static SearchText Of(ReadOnlySpan<byte> article)
    {
        var reader = new Utf8JsonReader(article);
        var (headline, standfirst, body) = (string.Empty, string.Empty, new StringBuilder());
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("headline"u8))
                headline = Value(ref reader);
            else if (reader.ValueTextEquals("standfirst"u8))
                standfirst = Value(ref reader);
            else if (IsOneOf(ref reader, OfArticle))
                body.Append(Value(ref reader)).Append('\n');
            else if (IsOneOf(ref reader, Parts))
                ReadPart(ref reader, body);
            else
                reader.Skip();
        }

        return new SearchText(headline, standfirst, body.ToString());
    }

    private static void ReadPart(ref Utf8JsonReader reader, StringBuilder body)
    {
        var depth = reader.CurrentDepth;
        while (reader.Read() && (reader.CurrentDepth > depth || reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray)))
        {
            if (reader.TokenType == JsonTokenType.PropertyName && IsOneOf(ref reader, OfParts) && Value(ref reader) is { Length: > 0 } text)
                body.Append(text).Append('\n');
        }
    }

    private static string Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString()! : string.Empty;
    }

    private static bool IsOneOf(ref Utf8JsonReader reader, byte[][] names)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name))
                return true;
        }

        return false;
    }
}
