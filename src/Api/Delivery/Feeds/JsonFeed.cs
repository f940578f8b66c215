using Galley.Content;

namespace Galley.Delivery.Feeds;

/// <summary>JSON Feed 1.1.</summary>
internal sealed class JsonFeed : IFeedFormat
{
    public static string Name => "json";

    public static string MediaType => "application/feed+json";

    public static bool TellsDepartures => false;

    public static Type Contract => typeof(JsonFeedPage);

    public static byte[] Write(Feed feed) => ContentJson.Write(new JsonFeedPage
    {
        Version = JsonFeedPage.Version11,
        Title = feed.Head.Title,
        HomePageUrl = feed.Head.HomeUrl,
        FeedUrl = feed.Head.Urls.Json,
        NextUrl = feed.Head.NextUrl,
        Language = feed.Language,
        Authors = [new JsonFeedAuthor { Name = feed.Head.Publisher }],
        Galley = new JsonFeedAbout { About = $"{feed.Head.BaseUrl}/openapi/v1.json" },
        Items = [.. feed.Items.Select(Of)],
    });

    private static JsonFeedItem Of(FeedItem item)
    {
        var article = item.Article;
        return new JsonFeedItem
        {
            Id = item.Urn,
            Url = item.Url,
            Title = article.Headline,
            Summary = article.Standfirst,
            ContentHtml = item.Html,
            ContentText = item.Text,
            Image = article.LeadImage?.Url,
            DatePublished = article.FirstPublishedAt!.Value,
            DateModified = article.UpdatedAt!.Value,
            Authors = item.Authors.Count == 0 ? null : [.. item.Authors.Select(name => new JsonFeedAuthor { Name = name })],
            Tags = [.. item.Categories.Where(category => category.Kind is not ("kicker" or "urgency")).Select(category => category.Label).Distinct()],
            Language = article.Language!,
            Attachments = article.LeadImage is { ContentType: { } type } image ? [new JsonFeedAttachment { Url = image.Url, MimeType = type, Title = image.Caption, SizeInBytes = image.Bytes }] : null,
            // What stands beside it already is not said twice.
            Galley = article with { Body = null, Headline = null, Standfirst = null, CanonicalUrl = null },
        };
    }
}
