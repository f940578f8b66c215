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
                AddSection(ref json, named);
            else if (json.ValueTextEquals("tags"u8))
                AddTags(ref json, named);
            else
                json.Skip();
        }

        return new SurrogateKeys([SurrogateKeys.OfArticle(article.Id)], named);
    }

    private static void AddSection(ref Utf8JsonReader json, List<string> named)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("path"u8))
                named.Add(SurrogateKeys.OfSection(TextOf(ref json)));
            else
                json.Skip();
        }
    }

    private static void AddTags(ref Utf8JsonReader json, List<string> named)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
            named.Add(TagOf(ref json));
    }

    private static string TagOf(ref Utf8JsonReader json)
    {
        var (kind, slug) = (string.Empty, string.Empty);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("kind"u8))
                kind = TextOf(ref json);
            else if (json.ValueTextEquals("slug"u8))
                slug = TextOf(ref json);
            else
                json.Skip();
        }

        return SurrogateKeys.OfTag(kind, slug);
    }

    private static string TextOf(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString()!;
    }
}
