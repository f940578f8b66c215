using System.Text.Json;

namespace Galley.Tests.Delivery.Articles.Fields;

/// <summary>Some fields of an article as a client might want them, and the same cut out of its JSON by hand.</summary>
internal sealed class WantedFields
{
    /// <summary>Every field of the contract that has fields of its own.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Inner = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [""] =
        [
            "id", "type", "version", "language", "direction", "slug", "path", "canonicalUrl", "kicker", "headline", "standfirst", "byline", "contributors", "dateline", "section", "tags",
            "leadImage", "body", "wordCount", "readingMinutes", "urgency", "source", "agency", "rights", "firstPublishedAt", "publishedAt", "updatedAt", "expiresAt", "corrections",
            "digitalSourceType", "breaking", "translations", "related",
        ],
        ["contributors"] = ["slug", "name"],
        ["section"] = ["path", "name", "nameLanguage", "ancestors"],
        ["ancestors"] = ["path", "name", "nameLanguage"],
        ["tags"] = ["kind", "slug", "name", "nameLanguage", "relation"],
        ["leadImage"] = ["url", "contentType", "width", "height", "bytes", "alt", "caption", "credit", "focalPoint", "renditions"],
        ["focalPoint"] = ["x", "y"],
        ["renditions"] = ["url", "contentType", "width", "height", "bytes"],
        ["source"] = ["slug"],
        ["agency"] = ["name", "category"],
        ["rights"] = ["copyrightNotice", "usageTerms", "license", "syndication"],
        ["corrections"] = ["at", "kind", "text"],
        ["translations"] = ["language", "id", "path", "headline"],
        ["related"] = ["id", "path", "headline"],
    };

    public static readonly string[] Summary =
    [
        "id", "type", "version", "language", "direction", "slug", "path", "canonicalUrl", "kicker", "headline", "standfirst", "byline", "section", "tags", "leadImage", "urgency", "breaking",
        "publishedAt", "updatedAt",
    ];

    private readonly Dictionary<string, WantedFields?> _fields;

    private WantedFields(Dictionary<string, WantedFields?> fields) => _fields = fields;

    public static WantedFields One(string name) => new(new Dictionary<string, WantedFields?>(StringComparer.Ordinal) { [name] = null });

    public static WantedFields Random(Random dice, string of = "")
    {
        var names = Inner[of].ToArray();
        dice.Shuffle(names);
        return new WantedFields(names.Take(1 + dice.Next(names.Length)).ToDictionary(name => name, name => Inner.ContainsKey(name) && dice.Next(2) == 0 ? Random(dice, name) : null, StringComparer.Ordinal));
    }

    /// <summary>As a client asks for them.</summary>
    public override string ToString() => string.Join(',', _fields.Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}({pair.Value})"));

    /// <summary>What of a whole article is to come.</summary>
    public string CutFrom(JsonElement article) => Cut(article, isArticle: true);

    private string Cut(JsonElement value, bool isArticle = false) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(each => Cut(each)))}]",
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Where(member => _fields.ContainsKey(member.Name) || (isArticle && member.Name is ("id" or "type" or "version"))).Select(CutMember))}}}",
        _ => value.GetRawText(),
    };

    private string CutMember(JsonProperty member) => $"\"{member.Name}\":{(_fields.GetValueOrDefault(member.Name) is { } inner ? inner.Cut(member.Value) : member.Value.GetRawText())}";
}
