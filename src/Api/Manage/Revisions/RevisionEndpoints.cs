using System.Reflection;
using Galley.Http;
using Galley.Manage.Articles;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Manage.Revisions;

/// <summary>An article's history: list, get, compare, restore.</summary>
internal static class RevisionEndpoints
{
    public static void MapRevisions(this IEndpointRouteBuilder routes)
    {
        var articles = routes.MapGroup("/v1/manage/articles/{id}").WithTags("Manage revisions").WithinLimits();
        articles.MapGet("/revisions", ListRevisions).Gives(nameof(ListRevisions), "List an article's revisions");
        articles.MapGet("/revisions/{revision}", GetRevision).Gives(nameof(GetRevision), "Get a revision with what it holds");
        articles.MapGet("/revision-diff", CompareRevisions).Gives(nameof(CompareRevisions), "Get what differs between two revisions");
        articles.MapPost("/revisions/{revision}/restore", RestoreRevision).WithName(nameof(RestoreRevision)).WithSummary("Bring a revision back as a draft")
            .Requires(KeyScope.ContentWrite).WithMetadata(new ContentLocation());
    }

    /// <remarks>
    /// The newest first. Every accepted write and every transition makes a revision; none is ever changed.
    ///
    /// With a limited key, revisions whose language or section is outside its limits are left out, and are 404 at their own address, whatever the article is now.
    /// </remarks>
    private static async Task<Results<Ok<Page<RevisionItem>>, BadRequestProblem, NotFoundProblem>> ListRevisions(
        ArticleIdPath path, Query<RevisionListQuery> query, RevisionReader revisions, ListLinks links, Caller caller, HttpContext context, CancellationToken cancel)
    {
        if (!revisions.TryReadCursor(path.Id, query.Value, out var cursor))
            return new BadRequestProblem(Problems.BadCursor());
        if (await revisions.ListAsync(path.Id, query.Value.Limit, cursor, caller, cancel) is not { } page)
            return new NotFoundProblem();

        context.Response.Headers.Link = links.HeaderOf(context, page.Links);
        return TypedResults.Ok(page);
    }

    /// <remarks>
    /// `article` is what the revision holds, in the form that PUT takes. Sections and tags that were moved or merged since stand there under their present addresses.
    /// </remarks>
    private static async Task<Results<Ok<Revision>, NotFoundProblem>> GetRevision(ArticleIdPath path, RevisionPath number, RevisionReader revisions, Caller caller, CancellationToken cancel) =>
        await revisions.FindAsync(path.Id, number.Number, caller, cancel) is { } found ? TypedResults.Ok(found) : new NotFoundProblem();

    /// <remarks>
    /// For showing an editor what changed: members of the article by name, the body by block. Blocks are matched by their ids, which stay while a block does not change and wherever it is sent back with its id; those that are the same in both do not show.
    /// </remarks>
    private static async Task<Results<Ok<RevisionDiff>, NotFoundProblem>> CompareRevisions(
        ArticleIdPath path, Query<RevisionDiffQuery> query, RevisionReader revisions, Caller caller, CancellationToken cancel) =>
        await revisions.CompareAsync(path.Id, query.Value, caller, cancel) is { } diff ? TypedResults.Ok(diff) : new NotFoundProblem();

    /// <remarks>
    /// Makes a new revision with that content and `status: draft`, as if it were sent by PUT: `publishedAt` and a slug that readers know are kept where the revision has none. On a live article it is a draft beside what readers see (warning `live-unchanged`); publish it to make it live.
    /// On a scheduled article it cancels the schedule, which needs `content:publish` as well. Where the newest revision is this draft already it is 200 with `"outcome": "unchanged"`.
    ///
    /// Sections and tags that were moved or merged since are those of today; what was deleted is left out. It is 422 where the revision cannot stand any more, such as `translation-taken`.
    /// </remarks>
    private static async Task<RestoredAnswer> RestoreRevision(ArticleIdPath path, RevisionPath number, Preconditions preconditions, Restorer restorer, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => restorer.RestoreAsync(write, path.Id, number.Number, preconditions, caller), outcome => new RestoredAnswer(outcome, path.Id));

    private static void Gives(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary).Requires(KeyScope.DraftsRead, KeyScope.ContentWrite);

    /// <summary>What a restored revision made of its article, which stands elsewhere; or why not.</summary>
    internal sealed class RestoredAnswer(WriteOutcome outcome, Guid id) : IResult, IEndpointMetadataProvider
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (outcome is WriteOutcome.Updated or WriteOutcome.Unchanged)
                httpContext.Response.Headers.ContentLocation = $"/v1/manage/articles/{id}";

            return new ArticleAnswer(outcome).ExecuteAsync(httpContext);
        }

        public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
        {
            ArticleAnswer.PopulateMetadata(method, builder);
            ProblemResult.Declare(builder, StatusCodes.Status422UnprocessableEntity);
        }
    }
}
