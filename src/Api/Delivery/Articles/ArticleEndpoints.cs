using Galley.Content;
using Galley.Http;
using Galley.Publishing.Rendering;
using Galley.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Delivery.Articles;

/// <summary>Articles for readers: only what is visible, by the clock of each request.</summary>
internal static class ArticleEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    // A second holds more than one change: a date younger than two might hide the next (RFC 9110 §8.8.2.2).
    private static readonly TimeSpan TooYoung = TimeSpan.FromSeconds(2);

    public static void MapArticles(this IEndpointRouteBuilder routes)
    {
        var articles = routes.MapGroup("/v1/articles").WithTags("Articles").ForReaders().WithinLimits();
        articles.MapMethods("/", Reading, ListArticles).WithName(nameof(ListArticles)).WithSummary("List visible articles, newest first");
        articles.MapMethods("/{id}", Reading, GetArticle).WithName(nameof(GetArticle)).WithSummary("Get one visible article");
        articles.MapMethods("/{id}/related", Reading, ListRelatedArticles).WithName(nameof(ListRelatedArticles)).WithSummary("List articles beside one visible article");
        articles.MapMethods("/by-path", Reading, GetArticleByPathQuery).WithName(nameof(GetArticleByPathQuery)).WithSummary("Get one visible article by its path, in the query");
        articles.MapMethods("/by-path/{**path}", Reading, GetArticleByPath).WithName(nameof(GetArticleByPath)).WithSummary("Get one visible article by its path");
        articles.MapMethods("/by-url", Reading, GetArticleByUrl).WithName(nameof(GetArticleByUrl)).WithSummary("Get one visible article by its URL on the website").WithMetadata(new ContentLocation());
    }

    /// <remarks>
    /// The articles that are visible now, each as a card, or as `fields` and `format` have it. Filters of different kinds all apply; one that names what does not exist is no error.
    /// While an article stays visible with an unchanged `publishedAt`, a walk from the first page to the last sees it exactly once.
    /// With `q` only those in which all its words stand, in any language, the best first unless `sort` says otherwise. After a release that reads words in another way the index is made again, the newest first, and until that is done older articles may not be found.
    /// Where more is asked for than a summary holds, a page ends early with the article that brings it to 4 MiB. Cursors are good with any `fields`, `format` and `limit`.
    /// </remarks>
    private static async Task<Results<RenderedList<ArticleItem>, BadRequestProblem>> ListArticles(
        Query<ArticleListQuery> query, ArticleListReader articles, ContentLimits limits, ListLinks links, Clock clock, HttpContext context, CancellationToken cancel)
    {
        var now = clock.Now;
        var page = await articles.ListAsync(query.Value, limits, now, cancel);
        if (query.Value.RefusalOf(page) is { } refusal)
            return new BadRequestProblem(refusal);

        var representation = new Representation(page!.Parts, EntityTags.Of(page.Tag))
        {
            Make = page.Make,
            Link = links.HeaderOf(context, page.Links),
            ShownEnd = page.ShownEnd,
            DependsOn = page.DependsOn,
            Surrogates = () => new SurrogateKeys(query.Value.Filter.SurrogateScopes, page.Shown),
        };
        return new RenderedList<ArticleItem>(representation, now);
    }

    /// <remarks>
    /// The whole article, its body in the forms that `format` asks for. 404 while it never was visible to this reader, also for a malformed id; 410 once it was and is not now, for whatever reason.
    /// </remarks>
    private static async Task<Results<Rendered<Article>, NotFoundProblem, GoneProblem>> GetArticle(
        ArticleIdPath path, Query<ArticleFormatQuery> query, ArticleReader articles, ContentLimits limits, BodyFormats formats, Clock clock, CancellationToken cancel)
    {
        var now = clock.Now;
        return await articles.FindAsync(path.Id, limits, now, cancel) switch
        {
            Finding.Found(var article) => Render(article, formats, query.Value.Forms, now),
            Finding.Gone => new GoneProblem(),
            _ => new NotFoundProblem(),
        };
    }

    /// <remarks>
    /// What stands beside an article: first those that its editors named (`related`), in their order; then those in its language that share most of its tags, contributors aside, and of equals the newest. Of each tag the newest 100 are looked at.
    /// Only what is visible to this reader. At most 20, unpaged. 404 and 410 as at the article itself.
    /// </remarks>
    private static async Task<Results<Rendered<RelatedArticles>, NotFoundProblem, GoneProblem>> ListRelatedArticles(
        ArticleIdPath path, Query<RelatedQuery> query, RelatedReader related, ContentLimits limits, Clock clock, CancellationToken cancel)
    {
        var now = clock.Now;
        return await related.ListAsync(path.Id, query.Value.Limit, limits, now, cancel) switch
        {
            ({ } found, _) => new Rendered<RelatedArticles>(new Representation(found.Parts, EntityTags.Of(found.Tag)) { Make = found.Make, Surrogates = () => new SurrogateKeys([SurrogateKeys.List, SurrogateKeys.OfArticle(path.Id.ToString())], found.Shown) }, now),
            (_, true) => new GoneProblem(),
            _ => new NotFoundProblem(),
        };
    }

    /// <remarks>
    /// A former path answers 308 to the present one, in one hop, until another article takes it, and keeps `format`. So does an alias: of two articles with one alias the newer one has it, and an article's own path wins over any alias.
    /// 410 where the article that stood there was visible and is not now. Slashes at the ends of an alias do not matter.
    /// </remarks>
    private static Task<Results<Rendered<Article>, MovedTo, NotFoundProblem, GoneProblem>> GetArticleByPath(
        PathRest path, Query<ArticleFormatQuery> query, ArticleReader articles, ContentLimits limits, BodyFormats formats, Clock clock, CancellationToken cancel) =>
        FindByPathAsync(path.Value, query.Value, articles, limits, formats, clock, cancel);

    /// <remarks>
    /// As by its path, for clients behind a proxy that refuses `%2F`. A former path answers 308 to the present one.
    /// </remarks>
    private static Task<Results<Rendered<Article>, MovedTo, NotFoundProblem, GoneProblem>> GetArticleByPathQuery(
        Query<ArticlePathQuery> query, ArticleReader articles, ContentLimits limits, BodyFormats formats, Clock clock, CancellationToken cancel) =>
        FindByPathAsync(query.Value.Path, query.Value.Format, articles, limits, formats, clock, cancel);

    private static async Task<Results<Rendered<Article>, MovedTo, NotFoundProblem, GoneProblem>> FindByPathAsync(
        string path, ArticleFormatQuery format, ArticleReader articles, ContentLimits limits, BodyFormats formats, Clock clock, CancellationToken cancel)
    {
        var now = clock.Now;
        return await articles.FindByPathAsync(path, limits, now, cancel) switch
        {
            Finding.Found(var article) => Render(article, formats, format.Forms, now),
            Finding.Moved(var present) => new MovedTo($"/v1/articles/by-path/{RawTarget.EncodePath(present)}{format.Suffix}"),
            Finding.Gone => new GoneProblem(),
            _ => new NotFoundProblem(),
        };
    }

    /// <remarks>
    /// By its `canonicalUrl`, or by an alias that is a URL. It answers the article itself, not a redirect; `Content-Location` is its own address, and the bytes and the `ETag` are those it has there.
    /// Of two articles with one canonical URL the newer one is answered; a canonical URL wins over an alias. A former one leads to the article until another article takes it; 410 where that was visible and is not now.
    /// URLs are compared as RFC 3986 has it: the case of scheme and host, the spelling of escapes and a default port do not matter; a fragment is left aside; `http` and `https`, and a slash at the end, are told apart.
    /// </remarks>
    private static async Task<Results<Rendered<Article>, NotFoundProblem, GoneProblem>> GetArticleByUrl(
        Query<ArticleUrlQuery> query, ArticleUrlReader articles, ContentLimits limits, BodyFormats formats, Clock clock, CancellationToken cancel)
    {
        var now = clock.Now;
        var found = await articles.FindAsync(query.Value.Url, limits, now, cancel);
        return found.Finding switch
        {
            Finding.Found(var article) => Render(article, formats, query.Value.Format.Forms, now, $"/v1/articles/{found.Id}{query.Value.Format.Suffix}"),
            Finding.Gone => new GoneProblem(),
            _ => new NotFoundProblem(),
        };
    }

    private static Rendered<Article> Render(ArticleAtHand article, BodyFormats formats, BodyForms forms, Instant now, string? location = null) =>
        new(
            new Representation(article.Parts, EntityTags.Of(formats.TagOf(article, forms)))
            {
                Make = forms == BodyForms.Blocks ? null : parts => BodyFormats.Rewrite(parts, forms),
                Language = article.Language,
                Location = location,
                LastModified = LastModifiedOf(article, now),
                GoodUntil = article.ChangedAt is { } changedAt && changedAt.Plus(TooYoung) is var known && known > now ? known : null,
                // What is found by a URL may be another article's tomorrow.
                DependsOn = location is null ? new Dependencies(article.Id) : Dependencies.Any,
                Surrogates = () => ShownKeys.Of(article),
                ShownEnd = article.ExpiresAt == Instant.Never ? null : article.ExpiresAt,
            },
            now);

    private static DateTimeOffset? LastModifiedOf(ArticleAtHand article, Instant now) =>
        article.ChangedAt is { } changedAt && changedAt.Plus(TooYoung) <= now
            ? DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(changedAt.Milliseconds / 1000.0))
            : null;
}
