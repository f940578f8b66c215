using System.Text.Json.Nodes;
using System.Xml.Linq;
using Galley.Content;

namespace Galley.Tool.Import;

/// <summary>What feeds say in ways of their own.</summary>
internal static class FeedMending
{
    private const string Schemes = "/v1/schemes/";

    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";

    /// <summary>A scheme of Galley's own says what a category is; any other is a keyword.</summary>
    public static Mending Categories(this Mending mending, IEnumerable<(string? Scheme, string Term, string Label)> categories)
    {
        var all = categories.Select(each => (Kind: KindOf(each.Scheme), each.Term, each.Label)).ToList();
        if (all.Where(each => each.Kind == "section").OrderByDescending(each => each.Term.Count(c => c == '/')).FirstOrDefault() is { Term: { Length: > 0 } path })
            mending.Section(path.Split('/'));
        mending.Plain("kicker", all.FirstOrDefault(each => each.Kind == "kicker").Label, 200);
        if (all.Where(each => each.Kind == "urgency").Select(each => int.TryParse(each.Term, out var level) ? level : 0).FirstOrDefault(level => level is >= 1 and <= 9) is var urgency and > 0)
            mending.Article["urgency"] = JsonValue.Create(urgency);
        return mending.Tags(all.Where(each => TagKey.Kinds.Contains(each.Kind)).Select(each => (each.Kind, each.Label)));
    }

    public static Mending Picture(this Mending mending, string? url, XElement item) =>
        mending.Image(url, caption: item.Descendants(Media + "description").FirstOrDefault()?.Value);

    private static string KindOf(string? scheme) => scheme?.LastIndexOf(Schemes, StringComparison.Ordinal) is { } at and >= 0 ? scheme[(at + Schemes.Length)..] : "keyword";
}
