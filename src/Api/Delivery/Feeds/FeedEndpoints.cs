using Galley.Content;
using Galley.Http;
using Galley.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Delivery.Feeds;

/// <summary>Every list of articles as a feed.</summary>
internal static class FeedEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        var feeds = routes.MapGroup("/v1/feeds").WithTags("Feeds").ForReaders().WithinLimits().WithMetadata(new ForFeedReaders());
        feeds.MapMethods("/rss", Reading, GetRssFeed).WithName(nameof(GetRssFeed)).WithSummary("Get a list of articles as RSS 2.0");
        feeds.MapMethods("/atom", Reading, GetAtomFeed).WithName(nameof(GetAtomFeed)).WithSummary("Get a list of articles as Atom");
        feeds.MapMethods("/json", Reading, GetJsonFeed).WithName(nameof(GetJsonFeed)).WithSummary("Get a list of articles as JSON Feed 1.1");
    }

    /// <remarks>
    /// The articles that `GET /v1/articles` answers to the same parameters, each whole, but for those whose `rights.syndication` is `deny`. Valid RSS 2.0 with the modules content, Dublin Core, Media RSS and Atom.
    ///
    /// - `guid` is `urn:uuid:` and the article's id, and never changes. `link` is its `canonicalUrl`; without one, the article on this server.
    /// - `pubDate` is `firstPublishedAt`; `atom:updated` and `dcterms:modified` are `updatedAt`, `dcterms:issued` is `publishedAt` where it is another, `dcterms:valid` has `expiresAt`.
    /// - `content:encoded` is the whole text as `format=html` has it, corrections at its end, inside a `div` with `dir="rtl"` where it runs from right to left. `title` and `description` (the standfirst) are plain text.
    /// - `category` has a `domain` that ends in the kind: `section` (its path, then those above), the kinds of tags (their names), `kicker`, `urgency` (a number, and `breaking`).
    /// - `enclosure` is `leadImage` where its media type is known, with length 0 where its size is not; `media:content` has it with caption and credit.
    /// - Nothing in it says when it was made: as long as nothing changes it is the same, byte for byte. Ask with `If-None-Match`.
    /// - `atom:link` has `self`, `first`, `next` and `previous` (RFC 5005), and the same page in the other formats as `alternate`.
    /// </remarks>
    private static Task<Results<RenderedFeed<RssFeed>, BadRequestProblem>> GetRssFeed(
        Query<FeedQuery> query, FeedMaker feeds, ContentLimits limits, Clock clock, HttpContext context, CancellationToken cancel) =>
        GetAsync<RssFeed>(query.Value, feeds, limits, clock.Now, context, cancel);

    /// <remarks>
    /// The same as the RSS feed in RFC 4287: `id` is `urn:uuid:` and the article's id, `published` is `firstPublishedAt`, `updated` is `updatedAt`, `summary` the standfirst, `content` the whole text as HTML.
    ///
    /// - The `link` with `rel="alternate"` and no `hreflang` is the article's. Where there are translations, each is one with its `hreflang`, on this server, and the article's own stands before them once more with that of its language. Those with `related` are what editors put beside it. `enclosure` is `leadImage`.
    /// - `category` has the kind at the end of its `scheme`, a section's path or a tag's slug as `term`, and the name as `label`.
    /// - Before the entries of the first page, sorted by `newest`, stand those that left the list in the last seven days as `at:deleted-entry` (RFC 6721), with the reason as in `/v1/changes` as `at:comment`: the newest 50 among the last 1,000 changes. Only under `section`, `depth`, `tags`, `language` and `source`; with any other filter there are none. An article whose `rights.syndication` became `deny` is not told. Whoever must not miss any follows `/v1/changes`.
    /// - The feed's own `id` depends on its filters and on nothing else; all its pages have it. Its `updated` is the newest of its articles and of those that left, and 1970 where there are none.
    /// </remarks>
    private static Task<Results<RenderedFeed<AtomFeed>, BadRequestProblem>> GetAtomFeed(
        Query<FeedQuery> query, FeedMaker feeds, ContentLimits limits, Clock clock, HttpContext context, CancellationToken cancel) =>
        GetAsync<AtomFeed>(query.Value, feeds, limits, clock.Now, context, cancel);

    /// <remarks>
    /// The same as the RSS feed in JSON Feed 1.1. `next_url` is the next page. What the format has no place for stands under `_galley`, as it does in lists.
    /// </remarks>
    private static Task<Results<RenderedFeed<JsonFeed>, BadRequestProblem>> GetJsonFeed(
        Query<FeedQuery> query, FeedMaker feeds, ContentLimits limits, Clock clock, HttpContext context, CancellationToken cancel) =>
        GetAsync<JsonFeed>(query.Value, feeds, limits, clock.Now, context, cancel);

    private static async Task<Results<RenderedFeed<TFormat>, BadRequestProblem>> GetAsync<TFormat>(
        FeedQuery query, FeedMaker feeds, ContentLimits limits, Instant now, HttpContext context, CancellationToken cancel)
        where TFormat : IFeedFormat =>
        await feeds.MakeAsync<TFormat>(query, limits, now, context, cancel) switch
        {
            ({ } feed, _) => new RenderedFeed<TFormat>(feed, now),
            (_, var refusal) => new BadRequestProblem(refusal!),
        };
}
