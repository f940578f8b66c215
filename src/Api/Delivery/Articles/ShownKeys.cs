using System.Text;
using System.Text.Json;
using Galley.Http;

namespace Galley.Delivery.Articles;

/// <summary>Reads from a finished article what caches know it by.</summary>
internal static class ShownKeys
{
    private static readonly int IdStart = "{\"id\":\""u8.Length;
    private static readonly int IdLength = Guid.Empty.ToString().Length;

    /// <summary>What a list shows of an article, card or whole: each begins with its id.</summary>
    public static string OfEntry(ReadOnlyMemory<byte> article) => SurrogateKeys.OfArticle(Encoding.ASCII.GetString(article.Span.Slice(IdStart, IdLength)));

    /// <summary>What an article is and what it names: its section and its tags.</summary>
    public static SurrogateKeys Of(ArticleAtHand article)
    {
        var named = new List<string> { SurrogateKeys.OfLanguage(article.Language) };
        var json = new Utf8JsonReader(article.Document.Span);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName && !json.ValueTextEquals("body"u8))
        {
            if (json.ValueTextEquals("section"u8))
                named.AddRange(SectionOf(ref json));
            else if (json.ValueTextEquals("tags"u8))
                named.AddRange(TagsOf(ref json));
            else
                json.Skip();
        }

        return new SurrogateKeys([SurrogateKeys.OfArticle(article.Id)], named);
    }

    private static List<string> SectionOf(ref Utf8JsonReader json)
    {
        json.Read();
        using var section = JsonDocument.ParseValue(ref json);
        return [SurrogateKeys.OfSection(section.RootElement.GetProperty("path").GetString()!)];
    }

    private static List<string> TagsOf(ref Utf8JsonReader json)
    {
        json.Read();
        using var tags = JsonDocument.ParseValue(ref json);
        return [.. tags.RootElement.EnumerateArray().Select(tag => SurrogateKeys.OfTag(tag.GetProperty("kind").GetString()!, tag.GetProperty("slug").GetString()!))];
    }
}
