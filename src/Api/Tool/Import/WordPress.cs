using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Galley.Tool.Import;

/// <summary>The posts of a WordPress archive (WXR). Categories, authors and pictures are gathered first: a picture may stand behind the posts that show it.</summary>
internal sealed class WordPress
{
    // Written with http and with https.
    private const string Export = "://wordpress.org/export/";

    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Encoded = "http://purl.org/rss/1.0/modules/content/";

    private readonly Dictionary<string, (string Name, string Parent)> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _authors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _pictures = new(StringComparer.Ordinal);

    /// <summary>Null where the file is no such archive.</summary>
    public static WordPress? LookThrough(Stream file, CancellationToken cancel)
    {
        var (archive, isArchive) = (new WordPress(), false);
        foreach (var (element, name) in XmlItems.Read(file))
        {
            cancel.ThrowIfCancellationRequested();
            isArchive |= name == "wxr_version";
            if (!isArchive && name is "item" or "entry")
                return null;
            if (element is not null)
                archive.Gather(element, name);
        }

        return isArchive ? archive : null;
    }

    public FileItem LineOf(XElement item, string? language)
    {
        var (id, type, status) = (Text(item, "post_id"), Text(item, "post_type") ?? "post", Text(item, "status") ?? "publish");
        if (type != "post")
            return FileItem.Left(id, $"{type} is no article");
        if (status is "trash" or "auto-draft" or "inherit")
            return FileItem.Left(id, $"its status is {status}");

        var isLocked = Text(item, "post_password") is not null;
        var (section, others) = PlaceOf(item);
        var mending = new Mending().Language(language).Headline(item.Element("title")?.Value).Standfirst(Raw(item, "excerpt", "encoded")).Body("html", WordPressText.ToHtml(item.Element(Encoded + "encoded")?.Value ?? string.Empty))
            .Plain("byline", item.Element(Dc + "creator")?.Value is { } login ? _authors.GetValueOrDefault(login, login) : null)
            .Status(status is "publish" or "future" && !isLocked, Text(item, "post_date_gmt"), status is "publish" or "future" ? item.Element("pubDate")?.Value : null, Text(item, "post_date"))
            .Section(section)
            .Tags([.. others, .. item.Elements("category").Where(each => each.Attribute("domain")?.Value is "post_tag" or "tag").Select(each => ("keyword", each.Value))])
            .Address("aliases", item.Element("link")?.Value)
            .Image(ThumbnailOf(item) is { } picture ? _pictures.GetValueOrDefault(picture) : null)
            .Note(isLocked ? "it has a password, so it is a draft" : null);
        return FileItem.Of(id, mending);
    }

    private void Gather(XElement element, string name)
    {
        if (name == "category" && Text(element, "category_nicename") is { } slug)
            _categories[slug] = (Text(element, "cat_name") ?? slug, Text(element, "category_parent") ?? string.Empty);
        else if (name == "author" && Text(element, "author_login") is { } login)
            _authors[login] = Text(element, "author_display_name") ?? login;
        else if (name == "item" && Text(element, "post_type") == "attachment" && Text(element, "post_id") is { } id && Text(element, "attachment_url") is { } url)
            _pictures[id] = url;
    }

    // The deepest of its categories is the section; the others are keywords.
    private (IReadOnlyList<string>? Section, IReadOnlyList<(string, string)> Others) PlaceOf(XElement item)
    {
        var categories = item.Elements("category").Where(each => each.Attribute("domain")?.Value == "category" && each.Attribute("nicename")?.Value != "uncategorized")
            .Select(each => (each.Value, Path: PathOf(each.Attribute("nicename")?.Value ?? string.Empty, each.Value))).ToList();
        var section = categories.OrderByDescending(each => each.Path.Count).FirstOrDefault();
        return (section.Path, [.. categories.Where(each => each.Path != section.Path).Select(each => ("keyword", each.Value))]);
    }

    private List<string> PathOf(string slug, string name)
    {
        const int deepest = 8;
        var path = new List<string> { name.Trim() };
        for (var parent = _categories.GetValueOrDefault(slug).Parent; !string.IsNullOrEmpty(parent) && path.Count < deepest && _categories.TryGetValue(parent, out var above); parent = above.Parent)
            path.Insert(0, above.Name);
        return path;
    }

    private static string? ThumbnailOf(XElement item) =>
        item.Elements().Where(each => Is(each, "postmeta") && Text(each, "meta_key") == "_thumbnail_id").Select(each => Text(each, "meta_value")).FirstOrDefault();

    private static bool Is(XElement element, string name) => element.Name.LocalName == name && element.Name.NamespaceName.Contains(Export, StringComparison.Ordinal) && !element.Name.NamespaceName.EndsWith("/excerpt/", StringComparison.Ordinal);

    private static string? Text(XElement item, string name) => item.Elements().FirstOrDefault(each => Is(each, name))?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static string? Raw(XElement item, string kind, string name) =>
        item.Elements().FirstOrDefault(each => each.Name.LocalName == name && each.Name.NamespaceName.EndsWith($"/{kind}/", StringComparison.Ordinal))?.Value;
}

/// <summary>Makes HTML of what WordPress keeps: paragraphs by empty lines, and shortcodes of its own.</summary>
internal static partial class WordPressText
{
    public static string ToHtml(string text)
    {
        var html = Caption().Replace(text, "<figure>$1<figcaption>$2</figcaption></figure>");
        html = Embed().Replace(html, "\n\n$1\n\n");
        html = OwnShortcode().Replace(html, string.Empty);
        if (html.Contains("<!-- wp:", StringComparison.Ordinal) || Paragraph().IsMatch(html))
            return html;

        return string.Concat(Preserved().Split(html.ReplaceLineEndings("\n")).Select((part, i) => i % 2 == 1 ? part : string.Concat(EmptyLines().Split(part).Select(Wrapped))));
    }

    private static string Wrapped(string chunk) => chunk.Trim() switch
    {
        "" => string.Empty,
        var text when Block().IsMatch(text) => text,
        var text => $"<p>{text.Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>\n",
    };

    [GeneratedRegex(@"\[caption[^\]]*\]\s*((?:<a [^>]*>\s*)?<img [^>]*>(?:\s*</a>)?)(.*?)\[/caption\]", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Caption();

    [GeneratedRegex(@"\[embed[^\]]*\](.*?)\[/embed\]", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Embed();

    [GeneratedRegex(@"\[/?(?:gallery|playlist|audio|video|caption)(?: [^\]]*)?\]", RegexOptions.NonBacktracking)]
    private static partial Regex OwnShortcode();

    [GeneratedRegex(@"<p[ >]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"(<pre[ >].*?</pre>)", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Preserved();

    [GeneratedRegex(@"\n[ \t]*\n", RegexOptions.NonBacktracking)]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"^</?(?:h[1-6]|ul|ol|li|table|thead|tbody|tr|td|blockquote|figure|div|hr|dl|section|form|iframe)[ />]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Block();
}
