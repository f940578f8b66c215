using System.Globalization;
using Galley.Content;
using Galley.Content.Body;

namespace Galley.Delivery.Feeds;

/// <summary>RSS 2.0 with the modules that carry what it has no place for itself: content, Dublin Core, Media RSS, Atom.</summary>
internal sealed class RssFeed : IFeedFormat
{
    public static string Name => "rss";

    public static string MediaType => "application/rss+xml";

    public static bool TellsDepartures => false;

    public static Type Contract => typeof(string);

    public static IReadOnlyList<ReadOnlyMemory<byte>> Write(Feed feed)
    {
        var (xml, html) = (new FeedXml(), new HtmlBuilder());
        xml.Open("rss").With("version", "2.0").Declare("atom", FeedXml.Atom).Declare("content", FeedXml.Content).Declare("dc", FeedXml.Dc).Declare("dcterms", FeedXml.Terms).Declare("media", FeedXml.Media).Open("channel");
        WriteHead(xml, feed);
        foreach (var item in feed.Items)
            Write(xml, item, feed.Head, html);

        return xml.Close().Close().Finish();
    }

    private static void WriteHead(FeedXml xml, Feed feed)
    {
        var head = feed.Head;
        xml.Element("title", head.Title).Element("link", head.HomeUrl).Element("description", head.Title).Element("language", feed.Language)
            .Element("lastBuildDate", feed.UpdatedAt is { } updatedAt ? DateOf(updatedAt) : null)
            .Element("generator", "Galley").Element("docs", "https://www.rssboard.org/rss-specification");
        Link(xml, "self", head.Urls.Rss, MediaType);
        Link(xml, "alternate", head.Urls.Atom, AtomFeed.MediaType);
        Link(xml, "alternate", head.Urls.Json, JsonFeed.MediaType);
        Link(xml, "first", head.FirstUrl, MediaType);
        Link(xml, "next", head.NextUrl, MediaType);
        Link(xml, "previous", head.PreviousUrl, MediaType);
    }

    private static void Write(FeedXml xml, FeedItem item, FeedHead head, HtmlBuilder html)
    {
        var article = item.Article;
        xml.Open("item").Element("title", article.Headline).Element("link", item.Url).Open("guid").With("isPermaLink", "false").Text(item.Urn).Close()
            .Element("pubDate", DateOf(article.FirstPublishedAt!.Value)).Element("description", article.Standfirst);
        foreach (var author in item.Authors)
            xml.Element("dc:creator", author);
        foreach (var category in item.Categories())
            xml.Open("category").With("domain", category.SchemeIn(head)).Text(category.Kind == "section" ? category.Term : category.Label).Close();
        if (article.LeadImage is { ContentType: { } contentType } image)
            xml.Open("enclosure").With("url", image.Url).With("length", FeedXml.Number(image.Bytes ?? 0)).With("type", contentType).Close();

        xml.Open("content:encoded").Markup(item.BuildHtml(html)).Close().Picture(article.LeadImage);
        WriteTerms(xml, item);
        foreach (var (language, url) in item.Translations)
            Link(xml, "alternate", url, "application/json", language);
        foreach (var (headline, url) in item.Related)
            Link(xml, "related", url, "application/json", title: headline);
        xml.Close();
    }

    private static void WriteTerms(FeedXml xml, FeedItem item)
    {
        var article = item.Article;
        xml.Element("dc:language", article.Language).Element("dc:source", article.Agency?.Name);
        foreach (var rights in item.Rights)
            xml.Element("dc:rights", rights);
        xml.Element("dcterms:license", article.Rights?.License);
        if (article.PublishedAt != article.FirstPublishedAt)
            xml.Element("dcterms:issued", article.PublishedAt.ToString());
        xml.Element("dcterms:modified", article.UpdatedAt.ToString()).Element("atom:updated", article.UpdatedAt.ToString());
        if (article.ExpiresAt is { } end)
            xml.Element("dcterms:valid", $"end={end}; scheme=W3C-DTF");
    }

    private static void Link(FeedXml xml, string relation, string? url, string mediaType, string? language = null, string? title = null) => xml.Link(relation, url, mediaType, language, title, name: "atom:link");

    // RFC 822 has English names whatever the machine speaks.
    private static string DateOf(Instant instant) => instant.ToDateTimeOffset().ToString("R", CultureInfo.InvariantCulture).Replace("GMT", "+0000", StringComparison.Ordinal);
}
