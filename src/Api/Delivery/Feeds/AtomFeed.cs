using Galley.Content.Body;
using Galley.Delivery.Changes;

namespace Galley.Delivery.Feeds;

/// <summary>Atom (RFC 4287), in pages (RFC 5005), with what left the list lately (RFC 6721).</summary>
internal sealed class AtomFeed : IFeedFormat
{
    private const string Tombstones = "http://purl.org/atompub/tombstones/1.0";

    // Where there is nothing that could have changed.
    private const string Never = "1970-01-01T00:00:00Z";

    public static string Name => "atom";

    public static string MediaType => "application/atom+xml";

    public static bool TellsDepartures => true;

    public static Type Contract => typeof(string);

    public static IReadOnlyList<ReadOnlyMemory<byte>> Write(Feed feed)
    {
        var (xml, html) = (new FeedXml(), new HtmlBuilder());
        xml.Open("feed").In(feed.Language).Declare("at", Tombstones).Declare("dcterms", FeedXml.Terms).Declare("media", FeedXml.Media).Declare(null, FeedXml.Atom);
        WriteHead(xml, feed);
        foreach (var departure in feed.Departures)
            Write(xml, departure);
        foreach (var item in feed.Items)
            Write(xml, item, feed.Head, html);

        return xml.Close().Finish();
    }

    private static void WriteHead(FeedXml xml, Feed feed)
    {
        var head = feed.Head;
        xml.Element("id", $"urn:uuid:{head.Id}").Element("title", head.Title).Element("updated", feed.UpdatedAt?.ToString() ?? Never)
            .Open("author").Element("name", head.Publisher).Close().Element("generator", "Galley")
            .Link("self", head.Urls.Atom, MediaType).Link("alternate", head.HomeUrl)
            .Link("alternate", head.Urls.Rss, RssFeed.MediaType).Link("alternate", head.Urls.Json, JsonFeed.MediaType)
            .Link("first", head.FirstUrl, MediaType).Link("next", head.NextUrl, MediaType).Link("previous", head.PreviousUrl, MediaType);
    }

    // RFC 6721.
    private static void Write(FeedXml xml, Departure departure) => xml
        .Open("at:deleted-entry").With("ref", $"urn:uuid:{departure.Id}").With("when", departure.At.ToString())
        .Element("at:comment", departure.Reason).Close();

    private static void Write(FeedXml xml, FeedItem item, FeedHead head, HtmlBuilder html)
    {
        var article = item.Article;
        xml.Open("entry").In(article.Language).Element("id", item.Urn).Open("title").With("type", "text").Text(article.Headline!).Close()
            .Element("published", article.FirstPublishedAt.ToString()).Element("updated", article.UpdatedAt.ToString());
        WriteAlternates(xml, item);
        foreach (var (headline, url) in item.Related)
            xml.Link("related", url, "application/json", title: headline);
        if (article.LeadImage is { ContentType: { } contentType } image)
            xml.Link("enclosure", image.Url, contentType, length: FeedXml.Number(image.Bytes ?? 0));

        xml.Link("license", item.LicenseUrl);
        WritePeople(xml, item);
        foreach (var category in item.Categories())
            xml.Open("category").With("scheme", category.SchemeIn(head)).With("term", category.Term).With("label", category.Label).Close();
        if (article.Standfirst is { } standfirst)
            xml.Open("summary").With("type", "text").Text(standfirst).Close();

        xml.Open("content").With("type", "html").Text(item.BuildHtml(html)).Close().Picture(article.LeadImage);
        if (article.ExpiresAt is { } end)
            xml.Element("dcterms:valid", $"end={end}; scheme=W3C-DTF");
        xml.Close();
    }

    // Of several some readers take the first, and some the last: the article's own is both.
    private static void WriteAlternates(FeedXml xml, FeedItem item)
    {
        var mediaType = item.IsOnWebsite ? "text/html" : "application/json";
        var translations = item.Translations.ToList();
        if (translations.Count > 0)
            xml.Link("alternate", item.Url, mediaType, item.Article.Language);
        foreach (var (language, url) in translations)
            xml.Link("alternate", url, "application/json", language);
        xml.Link("alternate", item.Url, mediaType);
    }

    private static void WritePeople(FeedXml xml, FeedItem item)
    {
        foreach (var author in item.Authors)
            xml.Open("author").Element("name", author).Close();
        if (item.Article.Agency is { } agency)
            xml.Open("contributor").Element("name", agency.Name).Close();
        if (string.Join(' ', item.Rights) is { Length: > 0 } rights)
            xml.Element("rights", rights);
    }
}
