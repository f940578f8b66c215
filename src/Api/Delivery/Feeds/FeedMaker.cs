using System.Buffers;
using System.Text;
using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Delivery.Changes;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Storage;

namespace Galley.Delivery.Feeds;

/// <summary>Makes a feed of a page of a list, out of the finished articles on it, once somebody needs its bytes.</summary>
internal sealed class FeedMaker(ArticleListReader articles, ListLinks links, PublicUrl url, SiteOptions site, Renderer renderer, DepartureReader departed)
{
    // What a feed is called by, beside the name of the site.
    private static readonly string[] Naming = ["section=", "tags=", "language=", "source=", "q="];

    /// <summary>The page, or what stands against it.</summary>
    public async ValueTask<(Representation? Feed, Problem? Refusal)> MakeAsync<TFormat>(FeedQuery query, ContentLimits limits, Instant now, HttpContext context, CancellationToken cancel)
        where TFormat : IFeedFormat
    {
        var tellsDepartures = TFormat.TellsDepartures && query.IsNewestOfFilter;
        if (tellsDepartures)
            await departed.CatchUpAsync(now, cancel);

        var page = await articles.ListAsync(query.List, limits, now, cancel);
        if (query.List.RefusalOf(page) is { } refusal)
            return (null, refusal);

        var head = HeadOf(context, TFormat.Name, page!.Links);
        var departures = tellsDepartures ? await departed.ListAsync(query.List.Filter, limits, now, cancel) : [];
        var feed = new Representation(page.Parts, EntityTags.Of(TagOf<TFormat>(page, head, departures)))
        {
            MediaType = TFormat.MediaType,
            Make = _ => TFormat.Write(Read(page, head, departures)),
            Link = links.HeaderOf(context, page.Links),
            ShownEnd = page.ShownEnd,
            Surrogates = () => new SurrogateKeys(query.List.Filter.SurrogateScopes, page.Shown),
            GoodUntil = departures.Select(each => each.At.Plus(DepartureReader.Lately)).Cast<Instant?>().Min(),
            // What is told of one that left changes with it, wherever it stands now.
            DependsOn = tellsDepartures ? Dependencies.Any : page.DependsOn,
        };
        return (feed, null);
    }

    // Made of the list's, so that a client that has these bytes is told so before they are made.
    private byte[] TagOf<TFormat>(ListAtHand page, FeedHead head, IReadOnlyList<Departure> departures)
        where TFormat : IFeedFormat => renderer.TagOf([.. page.Tag, .. Encoding.UTF8.GetBytes($"{TFormat.Name} {BodyFormats.Build} {head}\n{string.Join('\n', departures)}")]);

    private static Feed Read(ListAtHand page, FeedHead head, IReadOnlyList<Departure> departures)
    {
        var articles = page.Articles.Select(range => Read([.. page.Parts.Take(range)])).ToList();
        return new Feed(
            head,
            [.. articles.Where(article => article.Rights?.Syndication != "deny").Select(article => new FeedItem(article, head.BaseUrl))],
            // Read a moment later than the page: what left it in between is in both.
            [.. departures.Where(departure => articles.All(article => article.Id != departure.Id))]);
    }

    private static Article Read(ReadOnlyMemory<byte>[] parts)
    {
        if (parts.Length == 1)
            return ContentJson.Read<Article>(parts[0].Span);

        var (json, at) = (ArrayPool<byte>.Shared.Rent(parts.Sum(part => part.Length)), 0);
        foreach (var part in parts)
        {
            part.Span.CopyTo(json.AsSpan(at));
            at += part.Length;
        }

        var article = ContentJson.Read<Article>(json.AsSpan(0, at));
        ArrayPool<byte>.Shared.Return(json);
        return article;
    }

    private FeedHead HeadOf(HttpContext context, string format, PageLinks page)
    {
        var pairs = RawTarget.QueryOf(context).Split('&', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToList();
        return new FeedHead
        {
            Id = IdOf(pairs.Where(pair => !pair.StartsWith("cursor=", StringComparison.Ordinal) && !pair.StartsWith("limit=", StringComparison.Ordinal) && pair != "sort=newest")),
            Title = string.Join(" · ", pairs.Where(pair => Naming.Any(name => pair.StartsWith(name, StringComparison.Ordinal))).Select(pair => RawTarget.Decode(pair.AsSpan(pair.IndexOf('=') + 1), plusIsSpace: true)).Prepend(site.Name)),
            Publisher = site.Name,
            HomeUrl = site.ArticleUrl?.Home ?? $"{url.Base}/",
            BaseUrl = url.Base,
            Urls = new FormatUrls(links.UrlOf(context, PathOf(RssFeed.Name)), links.UrlOf(context, PathOf(AtomFeed.Name)), links.UrlOf(context, PathOf(JsonFeed.Name))),
            FirstUrl = links.PageOf(context, PathOf(format), cursor: null),
            NextUrl = page.Next is null ? null : links.PageOf(context, PathOf(format), page.Next),
            PreviousUrl = page.Previous is null ? null : links.PageOf(context, PathOf(format), page.Previous),
        };
    }

    private static string PathOf(string format) => $"/v1/feeds/{format}";

    // One that no other newsroom has for the same filters, and that does not change with the host.
    private Guid IdOf(IEnumerable<string> pairs)
    {
        var bytes = renderer.TagOf(Encoding.UTF8.GetBytes($"feed\n{string.Join('\n', pairs)}"));
        // RFC 9562 §5.8: a version 8, whose bits are whatever its maker says.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
