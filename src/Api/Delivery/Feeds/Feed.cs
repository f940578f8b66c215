using Galley.Content;
using Galley.Delivery.Changes;

namespace Galley.Delivery.Feeds;

/// <summary>One page of a feed, whatever the format.</summary>
internal sealed record Feed(FeedHead Head, IReadOnlyList<FeedItem> Items, IReadOnlyList<Departure> Departures)
{
    /// <summary>The language of all articles, where they have one.</summary>
    public string? Language => Items.Select(item => item.Article.Language).Distinct().ToList() is [{ } language] ? language : null;

    /// <summary>The newest change that it tells of: no clock, so that the same articles are the same bytes. Null where there is none.</summary>
    public Instant? UpdatedAt => Items.Select(item => item.Article.UpdatedAt!.Value).Concat(Departures.Select(each => each.At)).Cast<Instant?>().Max();
}

/// <summary>What a feed says of itself.</summary>
internal sealed record FeedHead
{
    /// <summary>Names the feed for ever, wherever this server comes to stand; its pages have it in common.</summary>
    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public required string Publisher { get; init; }

    /// <summary>The first page of the website; of this API, where nobody said where the website is.</summary>
    public required string HomeUrl { get; init; }

    /// <summary>Where this API is.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>This page in each format, under its name.</summary>
    public required FormatUrls Urls { get; init; }

    public required string FirstUrl { get; init; }

    public required string? NextUrl { get; init; }

    public required string? PreviousUrl { get; init; }
}

/// <summary>One page in each format.</summary>
internal sealed record FormatUrls(string Rss, string Atom, string Json);

/// <summary>A way to write feeds.</summary>
internal interface IFeedFormat
{
    /// <summary>The last segment of its address.</summary>
    static abstract string Name { get; }

    static abstract string MediaType { get; }

    /// <summary>Whether it has a place for what left the list.</summary>
    static abstract bool TellsDepartures { get; }

    /// <summary>What the document declares of it.</summary>
    static abstract Type Contract { get; }

    /// <summary>Its bytes, in pieces.</summary>
    static abstract IReadOnlyList<ReadOnlyMemory<byte>> Write(Feed feed);
}
