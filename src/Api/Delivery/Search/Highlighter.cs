using System.Text;
using System.Text.Json;
using Galley.Content;
using Galley.Content.Search;
using Galley.Publishing.Rendering;

namespace Galley.Delivery.Search;

/// <summary>Adds to an article as it is about to be answered where in it the words stand that were looked for.</summary>
internal sealed class Highlighter(SearchQuestion question, string text)
{
    private static readonly string[] Fields = ["headline", "standfirst"];

    /// <summary>What tells its bytes from those without, or for another question.</summary>
    public string Identity => $"\nhighlight {text}";

    /// <summary>The parts of an article with its highlights at the end.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Add(IReadOnlyList<ReadOnlyMemory<byte>> article)
    {
        var highlights = new List<SearchHighlight>();
        // What may be filled in stands at the end, in parts of its own.
        var reader = new Utf8JsonReader(article[0].Span, isFinalBlock: false, default);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            if (field is not null && reader.Read())
                highlights.AddRange(SearchHighlights.Find(reader.GetString()!, question).Select(place => new SearchHighlight { Field = field, Start = place.Start, End = place.End }));
            else if (field is null && !reader.TrySkip())
                break;
        }

        return [.. article.Take(article.Count - 1), article[^1][..^1], Encoding.UTF8.GetBytes($",\"highlights\":{ContentJson.WriteText(highlights)}}}")];
    }

    private static string? FieldOf(ref Utf8JsonReader reader)
    {
        foreach (var field in Fields)
        {
            if (reader.ValueTextEquals(field))
                return field;
        }

        return null;
    }
}
