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

    public static void MapArticles(this IEndpointRouteBuilder routes)
    {
        var articles = routes.MapGroup("/v1/articles").WithTags("Articles").ForReaders();
        articles.MapMethods("/", Reading, ListArticles).WithName(nameof(ListArticles)).WithSummary("List visible articles, newest first");
        articles.MapMethods("/{id}", Reading, GetArticle).WithName(nameof(GetArticle)).WithSummary("Get one visible article");
        articles.MapMethods("/by-path", Reading, GetArticleByPathQuery).WithName(nameof(GetArticleByPathQuery)).WithSummary("Get one visible article by its path, in the query");
        articles.MapMethods("/by-path/{**path}", Reading, GetArticleByPath).WithName(nameof(GetArticleByPath)).WithSummary("Get one visible article by its path");
    }

    /// <remarks>
    /// Cards of the articles that are visible now. Filters of different kinds all apply; one that names what does not exist is no error.
    /// While an article stays visible with an unchanged `publishedAt`, a walk from the first page to the last sees it exactly once.
    /// </remarks>
    private static async Task<Results<RenderedList<ArticleItem>, BadRequestProblem>> ListArticles(
        Query<ArticleListQuery> query, ArticleListReader articles, ListLinks links, Clock clock, HttpContext context, CancellationToken cancel)
    {
        var now = clock.Now;
        if (await articles.ListAsync(query.Value, now, cancel) is not { } page)
            return new BadRequestProblem(Problems.BadCursor());

        return new RenderedList<ArticleItem>(new Representation(page.Parts, EntityTags.Of(page.Tag)) { Link = links.HeaderOf(context, page.Links) }, now);
    }

    /// <remarks>
    /// The whole article. 404 while it never was visible to this reader, also for a malformed id; 410 once it was and is not now, for whatever reason.
    /// </remarks>
    private static async Task<Results<Rendered<Article>, NotFoundProblem, GoneProblem>> GetArticle(ArticleIdPath path, ArticleReader articles, Clock clock, CancellationToken cancel)
    {
        var now = clock.Now;
        return await articles.FindAsync(path.Id, now, cancel) switch
        {
            Finding.Found(var article) => Render(article, now),
            Finding.Gone => new GoneProblem(),
            _ => new NotFoundProblem(),
        };
    }

    /// <remarks>
    /// A former path answers 308 to the present one, in one hop, until another article takes it. 410 where the article that stood there was visible and is not now.
    /// </remarks>
    private static Task<Results<Rendered<Article>, MovedTo, NotFoundProblem, GoneProblem>> GetArticleByPath(PathRest path, ArticleReader articles, Clock clock, CancellationToken cancel) =>
        FindByPathAsync(path.Value, articles, clock, cancel);

    /// <remarks>
    /// As by its path, for clients behind a proxy that refuses `%2F`. A former path answers 308 to the present one.
    /// </remarks>
    private static Task<Results<Rendered<Article>, MovedTo, NotFoundProblem, GoneProblem>> GetArticleByPathQuery(
        Query<ArticlePathQuery> query, ArticleReader articles, Clock clock, CancellationToken cancel) =>
        FindByPathAsync(query.Value.Path, articles, clock, cancel);

    private static async Task<Results<Rendered<Article>, MovedTo, NotFoundProblem, GoneProblem>> FindByPathAsync(string path, ArticleReader articles, Clock clock, CancellationToken cancel)
    {
        var now = clock.Now;
        return await articles.FindByPathAsync(path, now, cancel) switch
        {
            Finding.Found(var article) => Render(article, now),
            Finding.Moved(var present) => new MovedTo($"/v1/articles/by-path/{RawTarget.EncodePath(present)}"),
            Finding.Gone => new GoneProblem(),
            _ => new NotFoundProblem(),
        };
    }

    private static Rendered<Article> Render(ArticleAtHand article, Instant now) =>
        new(
            new Representation(article.Parts, EntityTags.Of(article.Tag))
            {
                Language = article.Language,
                LastModified = LastModifiedOf(article, now),
                ShownEnd = article.ExpiresAt == Instant.Never ? null : article.ExpiresAt,
            },
            now);

    // A second holds more than one change: a date younger than two might hide the next (RFC 9110 §8.8.2.2).
    private static DateTimeOffset? LastModifiedOf(ArticleAtHand article, Instant now) =>
        article.ChangedAt is { } changedAt && changedAt.Plus(TimeSpan.FromSeconds(2)) <= now
            ? DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(changedAt.Milliseconds / 1000.0))
            : null;
}

/// <summary>An article by its path, in the query: where a proxy refuses encoded slashes.</summary>
internal sealed record ArticlePathQuery(string Path) : IQuery<ArticlePathQuery>
{
    private static readonly QueryParameter PathParameter = new("path", "The article's path: `language/section/path/slug`, without a section `language/slug`.") { IsRequired = true };

    public static IReadOnlyList<QueryParameter> Parameters => [PathParameter];

    public static ArticlePathQuery Read(QueryReader reader) => new(reader.Text(PathParameter) ?? string.Empty);
}
