using System.Text.Json.Serialization;
using Galley.Content;
using Galley.Publishing.Rendering;

namespace Galley.Delivery.Feeds;

/// <summary>One page of a feed as JSON Feed 1.1 has it, with what that has no place for under `_galley`.</summary>
internal sealed record JsonFeedPage
{
    public const string Version11 = "https://jsonfeed.org/version/1.1";

    /// <summary>The address of the format's version: `https://jsonfeed.org/version/1.1`.</summary>
    public required string Version { get; init; }

    /// <summary>The name of the site, and what the feed is filtered by.</summary>
    public required string Title { get; init; }

    /// <summary>The website, where the server knows of one; else the server itself.</summary>
    [JsonPropertyName("home_page_url")]
    public required string HomePageUrl { get; init; }

    /// <summary>This page.</summary>
    [JsonPropertyName("feed_url")]
    public required string FeedUrl { get; init; }

    /// <summary>The next page; absent at the end, and only there.</summary>
    [JsonPropertyName("next_url")]
    public string? NextUrl { get; init; }

    /// <summary>The language of all items, where they have one (BCP 47).</summary>
    public string? Language { get; init; }

    /// <summary>The publisher.</summary>
    public required IReadOnlyList<JsonFeedAuthor> Authors { get; init; }

    /// <summary>What the members called `_galley` are.</summary>
    [JsonPropertyName("_galley")]
    public required JsonFeedAbout Galley { get; init; }

    /// <summary>The articles, in the order asked for.</summary>
    public required IReadOnlyList<JsonFeedItem> Items { get; init; }
}

/// <summary>Where the extension of a JSON Feed is explained.</summary>
internal sealed record JsonFeedAbout
{
    /// <summary>The document that describes it.</summary>
    public required string About { get; init; }
}

/// <summary>Somebody who wrote something, or publishes it.</summary>
internal sealed record JsonFeedAuthor
{
    /// <summary>The name as printed.</summary>
    public required string Name { get; init; }
}

/// <summary>One article in a JSON Feed.</summary>
internal sealed record JsonFeedItem
{
    /// <summary>`urn:uuid:` and the article's id: it never changes.</summary>
    public required string Id { get; init; }

    /// <summary>Where people read it: its `canonicalUrl`; without one, the article on this server.</summary>
    public required string Url { get; init; }

    /// <summary>The headline, plain text.</summary>
    public string? Title { get; init; }

    /// <summary>The standfirst, plain text.</summary>
    public string? Summary { get; init; }

    /// <summary>The whole text as HTML, corrections at its end; inside a `div` with `dir="rtl"` where it runs from right to left.</summary>
    [JsonPropertyName("content_html")]
    public required string ContentHtml { get; init; }

    /// <summary>The same as plain text.</summary>
    [JsonPropertyName("content_text")]
    public required string ContentText { get; init; }

    /// <summary>The main picture.</summary>
    public string? Image { get; init; }

    /// <summary>`firstPublishedAt`.</summary>
    [JsonPropertyName("date_published")]
    public required Instant DatePublished { get; init; }

    /// <summary>`updatedAt`.</summary>
    [JsonPropertyName("date_modified")]
    public required Instant DateModified { get; init; }

    /// <summary>The contributors; without any, the byline.</summary>
    public IReadOnlyList<JsonFeedAuthor>? Authors { get; init; }

    /// <summary>The names of its section, of those above, and of its tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>The main picture as a file, where its media type is known.</summary>
    public IReadOnlyList<JsonFeedAttachment>? Attachments { get; init; }

    /// <summary>The article with everything else that it has, but for its body, as in lists.</summary>
    [JsonPropertyName("_galley")]
    public required ArticleItem Galley { get; init; }
}

/// <summary>A file that belongs to an article.</summary>
internal sealed record JsonFeedAttachment
{
    /// <summary>Where it lies.</summary>
    public required string Url { get; init; }

    /// <summary>Such as `image/jpeg`.</summary>
    [JsonPropertyName("mime_type")]
    public required string MimeType { get; init; }

    /// <summary>The caption.</summary>
    public string? Title { get; init; }

    /// <summary>Its size, where it is known.</summary>
    [JsonPropertyName("size_in_bytes")]
    public long? SizeInBytes { get; init; }
}
