using System.Xml.Linq;

namespace Galley.Tool.Import;

/// <summary>Reads the items of RSS 2.0 and the entries of Atom 1.0, with the modules that newsrooms use.</summary>
internal sealed class FeedItems(string? language)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Terms = "http://purl.org/dc/terms/";
    private static readonly XNamespace Encoded = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";

    public string? Language { get; private set; } = language;

    /// <summary>What stands before the items.</summary>
    public void TakeHead(XElement? element)
    {
        if (element?.Name.LocalName == "language")
            Language ??= element.Value.Trim();
    }

    public FileItem LineOf(XElement item)
    {
        var isAtom = item.Name.Namespace == Atom;
        var mending = isAtom ? OfAtom(item) : OfRss(item);
        var id = isAtom ? Text(item, Atom + "id") : Text(item, "guid") ?? Text(item, "link");
        return FileItem.Of(id, mending);
    }

    private Mending OfRss(XElement item)
    {
        var (whole, description) = (Text(item, Encoded + "encoded"), Text(item, "description"));
        var isPermalink = item.Element("guid")?.Attribute("isPermaLink")?.Value != "false";
        return new Mending().Language(Text(item, Dc + "language") ?? Language).Headline(Text(item, "title")).Standfirst(whole is null ? null : description).Body("html", whole ?? description)
            .Plain("byline", Names(item.Elements(Dc + "creator").Select(each => each.Value)))
            .Address("canonicalUrl", Text(item, "link") ?? (isPermalink ? Text(item, "guid") : null))
            .Status(isPublished: true, Text(item, Terms + "issued"), Text(item, "pubDate"), Text(item, Dc + "date"))
            .Categories(item.Elements("category").Select(each => (each.Attribute("domain")?.Value, each.Value, each.Value)))
            .Picture(PictureOf(item) ?? UrlOf(item.Elements("enclosure"), "url"), item);
    }

    private Mending OfAtom(XElement entry)
    {
        var content = entry.Element(Atom + "content");
        var (form, body) = content is null ? ("html", null) : (content.Attribute("type")?.Value is "html" or "xhtml" ? "html" : "text", Markup(content));
        var authors = entry.Elements(Atom + "author").Select(author => Text(author, Atom + "name")).OfType<string>();
        var link = entry.Elements(Atom + "link").FirstOrDefault(each => each.Attribute("rel")?.Value is null or "alternate" && each.Attribute("hreflang") is null);
        return new Mending().Language(entry.Attribute(XNamespace.Xml + "lang")?.Value ?? Language).Headline(Text(entry, Atom + "title")).Standfirst(Text(entry, Atom + "summary")).Body(form, body)
            .Plain("byline", Names(authors)).Address("canonicalUrl", link?.Attribute("href")?.Value)
            .Status(isPublished: true, Text(entry, Atom + "published"), Text(entry, Atom + "updated"))
            .Categories(entry.Elements(Atom + "category").Select(each => (each.Attribute("scheme")?.Value, each.Attribute("term")?.Value ?? string.Empty, each.Attribute("label")?.Value ?? each.Attribute("term")?.Value ?? string.Empty)))
            .Picture(PictureOf(entry) ?? UrlOf(entry.Elements(Atom + "link").Where(each => each.Attribute("rel")?.Value == "enclosure"), "href"), entry);
    }

    private static string? PictureOf(XElement item) => item.Descendants(Media + "content")
        .Where(each => each.Attribute("medium")?.Value is null or "image" && each.Attribute("type")?.Value.StartsWith("image/", StringComparison.Ordinal) != false)
        .Select(each => each.Attribute("url")?.Value).FirstOrDefault(url => url is not null);

    private static string? UrlOf(IEnumerable<XElement> files, string attribute) =>
        files.FirstOrDefault(each => each.Attribute("type")?.Value.StartsWith("image/", StringComparison.Ordinal) == true)?.Attribute(attribute)?.Value;

    // In XHTML its elements are the text.
    private static string Markup(XElement content)
    {
        if (content.Attribute("type")?.Value != "xhtml")
            return content.Value;

        foreach (var element in content.Descendants())
            element.Name = element.Name.LocalName;
        return string.Concat(content.Elements().Select(each => each.ToString(SaveOptions.DisableFormatting)));
    }

    private static string? Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => name.Trim()).Where(name => name.Length > 0)) is { Length: > 0 } all ? all : null;

    private static string? Text(XElement item, XName name) => item.Element(name)?.Value is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
