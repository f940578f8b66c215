using Galley.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Manage.ArticleList;

/// <summary>The newsroom's list of articles.</summary>
internal static class ManagedArticleListEndpoints
{
    public static void MapManagedArticleList(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/manage/articles").WithTags("Manage articles").MapGet("/", ListManagedArticles)
            .WithName(nameof(ListManagedArticles)).WithSummary("List articles whatever their state").Requires(KeyScope.DraftsRead, KeyScope.ContentWrite).WithinLimits();

    /// <remarks>
    /// Each entry is what `GET /v1/manage/articles/{id}` answers at this moment, without `body`: the newest revision, and where the article stands. Deleted articles are gone; those that were taken down are in the list, without their texts.
    ///
    /// - All filters apply, and all ask what the entry shows. Where a draft stands in another section than what readers see, `section` finds it by that of the draft.
    /// - `state=draft,scheduled` or `hasDraft=true` is what is being worked on; `sort=created` without filters walks everything, also while others write.
    /// - A key with limits finds what it may read one by one, nothing else. 403 `outside-constraint` where `source` names one that it is not for.
    /// - To find words use `q` at `GET /v1/articles`; it knows what readers see.
    /// </remarks>
    private static async Task<Results<Ok<Page<ManagedArticleItem>>, BadRequestProblem>> ListManagedArticles(
        Query<ManagedArticleListQuery> query, ManagedArticleListReader articles, ListLinks links, Caller caller, HttpContext context, CancellationToken cancel)
    {
        if (await articles.ListAsync(query.Value, caller.Limits, cancel) is not { } page)
            return new BadRequestProblem(Problems.BadCursor());

        context.Response.Headers.Link = links.HeaderOf(context, page.Links);
        return TypedResults.Ok(page);
    }
}
