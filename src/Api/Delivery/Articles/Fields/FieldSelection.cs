using System.Text;
using System.Text.Json;

namespace Galley.Delivery.Articles.Fields;

/// <summary>Chosen fields, each whole or cut again. Two that come to the same are written the same.</summary>
internal sealed class FieldSelection
{
    private static readonly string[] Always = ["id", "type", "version"];

    private static readonly HashSet<string> OfCards = new(
    [
        .. Always, "language", "direction", "slug", "path", "canonicalUrl", "kicker", "headline", "standfirst", "byline", "section", "tags", "leadImage", "urgency", "breaking",
        "publishedAt", "updatedAt",
    ],
    StringComparer.Ordinal);

    private readonly IReadOnlyList<Chosen> _chosen;
    private readonly string _text;

    private FieldSelection(FieldShape shape, IReadOnlyDictionary<string, FieldSelection?> named)
    {
        _chosen =
        [
            .. shape.Inner.Where(field => named.ContainsKey(field.Name))
                .Select(field => new Chosen(field.Name, Encoding.UTF8.GetBytes(field.Name), named[field.Name] is { IsWhole: false } inner ? inner : null)),
        ];
        _text = string.Join(',', _chosen.Select(field => field.Inner is null ? field.Name : $"{field.Name}({field.Inner})"));
        IsWithinSummary = _chosen.All(field => OfCards.Contains(field.Name));
        IsWhole = _chosen.Count == shape.Inner.Count && _chosen.All(field => field.Inner is null);
    }

    /// <summary>What stands in lists where nothing else is asked for.</summary>
    public static FieldSelection Summary { get; } = OfArticle(OfCards);

    public static FieldSelection Whole { get; } = OfArticle(FieldShape.Article.Inner.Select(field => field.Name));

    /// <summary>Whether nothing is left out.</summary>
    public bool IsWhole { get; }

    public bool IsSummary => _text == Summary._text;

    /// <summary>Whether a card holds all of it.</summary>
    public bool IsWithinSummary { get; }

    /// <summary>What is named, with what always comes.</summary>
    public static FieldSelection Of(FieldShape shape, IReadOnlyDictionary<string, FieldSelection?> named)
    {
        if (shape != FieldShape.Article)
            return new FieldSelection(shape, named);

        var all = new Dictionary<string, FieldSelection?>(named, StringComparer.Ordinal);
        foreach (var name in Always)
            all[name] = null;

        return new FieldSelection(shape, all);
    }

    public IEnumerable<string> Names => _chosen.Select(chosen => chosen.Name);

    public bool Has(string name) => _chosen.Any(field => field.Name == name);

    /// <summary>Whether the member that a reader stands on is chosen, and what of it; null for all.</summary>
    public bool Holds(ref Utf8JsonReader reader, out FieldSelection? inner)
    {
        foreach (var field in _chosen)
        {
            if (reader.ValueTextEquals(field.Utf8Name))
            {
                inner = field.Inner;
                return true;
            }
        }

        inner = null;
        return false;
    }

    /// <summary>The same for all ways to ask for it, as it could be asked for.</summary>
    public override string ToString() => _text;

    private static FieldSelection OfArticle(IEnumerable<string> names) => Of(FieldShape.Article, names.ToDictionary(name => name, _ => null as FieldSelection, StringComparer.Ordinal));

    private sealed record Chosen(string Name, byte[] Utf8Name, FieldSelection? Inner);
}
