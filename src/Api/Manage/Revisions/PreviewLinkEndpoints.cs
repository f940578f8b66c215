using System.Diagnostics;
using Galley.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Manage.Revisions;

/// <summary>Links to previews: make, revoke.</summary>
internal static class PreviewLinkEndpoints
{
    public static void MapPreviewLinks(this IEndpointRouteBuilder routes)
    {
        var links = routes.MapGroup("/v1/manage/articles/{id}/preview-links").WithTags("Manage revisions").Requires(KeyScope.ContentWrite).WithinLimits();
        links.MapPost("/", CreatePreviewLink).WithName(nameof(CreatePreviewLink)).WithSummary("Make a link that shows one revision to whoever holds it").WithMetadata(BodyLimit.Small);
        links.MapDelete("/{linkId}", RevokePreviewLink).WithName(nameof(RevokePreviewLink)).WithSummary("Revoke a link to a preview, at once");
    }

    /// <remarks>
    /// `url` needs no key. GET and HEAD answer JSON in the shape of `Article`, as readers would get this one revision, with its corrections; a draft may lack what publishing needs or makes: `headline`, `publishedAt`, `updatedAt`, `firstPublishedAt`. `version` is 0 while the article was never visible.
    /// Of translations and related articles it holds those that every reader sees. The answer is `no-store`, without a tag, not to be indexed, and closed to scripts of other origins.
    ///
    /// A link shows the same revision for all its time, also when the article goes on. After its end, when it is revoked, and when the article is deleted or taken down, it is 404 like one that never was. `Location` is where it is revoked; `url` is told only this once.
    /// </remarks>
    private static async Task<Results<Created<PreviewLink>, NotFoundProblem, ConflictProblem, RefusedBodyProblem>> CreatePreviewLink(
        ArticleIdPath path, Input<PreviewLinkInput> input, PreviewLinkWriter links, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => links.MakeAsync(write, path.Id, input, caller), outcome => Made(path.Id, outcome), outcome => outcome.WithoutSecret());

    /// <remarks>
    /// From now on its address is 404. So is this one for a link that works no more.
    /// </remarks>
    private static async Task<Results<NoContent, NotFoundProblem>> RevokePreviewLink(ArticleIdPath path, string linkId, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => PreviewLinkWriter.RevokeAsync(write, path.Id, linkId, caller), Revoked);

    private static Results<Created<PreviewLink>, NotFoundProblem, ConflictProblem, RefusedBodyProblem> Made(Guid articleId, PreviewLinkOutcome outcome) => outcome switch
    {
        PreviewLinkOutcome.Made(_, var link) => TypedResults.Created($"/v1/manage/articles/{articleId}/preview-links/{link.Id}", link),
        PreviewLinkOutcome.NotFound => new NotFoundProblem(),
        PreviewLinkOutcome.TakenDown => new ConflictProblem(Problems.Of("taken-down")),
        PreviewLinkOutcome.Invalid(var problem) => new RefusedBodyProblem(problem),
        var unknown => throw new UnreachableException($"Unhandled outcome {unknown}."),
    };

    private static Results<NoContent, NotFoundProblem> Revoked(PreviewLinkOutcome outcome) => outcome is PreviewLinkOutcome.Revoked ? TypedResults.NoContent() : new NotFoundProblem();
}
