using Galley.Content;
using Galley.Content.Body;

namespace Galley.Delivery.Feeds;

/// <summary>JSON Feed 1.1.</summary>
internal sealed class JsonFeed : IFeedFormat
{
    // How a page without items ends: they are its last member, and are written one by one.
    private static readonly byte[] End = "]}"u8.ToArray();

    private static readonly byte[] Comma = ","u8.ToArray();

    public static string Name => "json";

    public static string MediaType => "application/feed+json";

    public static bool TellsDepartures => false;

    public static Type Contract => typeof(JsonFeedPage);

    public static IReadOnlyList<ReadOnlyMemory<byte>> Write(Feed feed)
    {
        var html = new HtmlBuilder();
        var parts = new List<ReadOnlyMemory<byte>>((2 * feed.Items.Count) + 2) { HeadOf(feed).AsMemory()[..^End.Length] };
        foreach (var item in feed.Items)
        {
            if (parts.Count > 1)
                parts.Add(Comma);
            parts.Add(ContentJson.Write(Of(item, html)));
        }

        parts.Add(End);
        return parts;
    }

    private static byte[] HeadOf(Feed feed) => ContentJson.Write(new JsonFeedPage
    {
        Version = JsonFeedPage.Version11,
        Title = feed.Head.Title,
        HomePageUrl = feed.Head.HomeUrl,
        FeedUrl = feed.Head.Urls.Json,
        NextUrl = feed.Head.NextUrl,
        Language = feed.Language,
        Authors = [new JsonFeedAuthor { Name = feed.Head.Publisher }],
        Galley = new JsonFeedAbout { About = $"{feed.Head.BaseUrl}/openapi/v1.json" },
        Items = [],
    });

    private static JsonFeedItem Of(FeedItem item, HtmlBuilder html)
    {
        var article = item.Article;
        return new JsonFeedItem
        {
            Id = item.Urn,
            Url = item.Url,
            Title = article.Headline,
            Summary = article.Standfirst,
            ContentHtml = item.BuildHtml(html).ToString(),
            ContentText = item.Text,
            Image = article.LeadImage?.Url,
            DatePublished = article.FirstPublishedAt!.Value,
            DateModified = article.UpdatedAt!.Value,
            Authors = item.Authors.Count == 0 ? null : [.. item.Authors.Select(name => new JsonFeedAuthor { Name = name })],
            Tags = [.. item.Categories().Where(category => category.Kind is not ("kicker" or "urgency")).Select(category => category.Label).Distinct()],
            Language = article.Language!,
            Attachments = article.LeadImage is { ContentType: { } type } image ? [new JsonFeedAttachment { Url = image.Url, MimeType = type, Title = image.Caption, SizeInBytes = image.Bytes }] : null,
            // What stands beside it already is not said twice.
            Galley = article with { Body = null, Headline = null, Standfirst = null, CanonicalUrl = null },
        };
    }
}
