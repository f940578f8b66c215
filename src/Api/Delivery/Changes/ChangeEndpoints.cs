using System.Diagnostics;
using Galley.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Delivery.Changes;

/// <summary>What readers must be told, in one order: in pages, or as a stream.</summary>
internal static class ChangeEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapChanges(this IEndpointRouteBuilder routes)
    {
        var changes = routes.MapGroup("/v1/changes").WithTags("Changes").ForReaders().WithinLimits().WithMetadata(new Momentary());
        changes.MapMethods("/", Reading, ListChanges).WithName(nameof(ListChanges)).WithSummary("Get what became visible, changed or went away since a place in the order of changes");
        changes.MapMethods("/stream", Reading, StreamChanges).WithName(nameof(StreamChanges)).WithSummary("Stream what becomes visible, changes or goes away, as it happens").WithMetadata(new OtherMediaType(ChangeStream.MediaType));
    }

    /// <remarks>
    /// For whoever keeps a copy. Begin without `since`: a snapshot of everything visible comes page by page, newest first, and goes over into what changed since it began. Keep `next` with what you stored, and ask on with it; while `upToDate` is false at once, then now and then, or with `wait`.
    ///
    /// - Apply each change as it comes: `upsert` replaces what you have of the article, `delete` removes it; one of an article you never had is ignored. Then your copy equals the list with the same filters. Applying a page twice does no harm.
    /// - Everything that changes an article's bytes is an `upsert`: a renamed section, a translation that comes or goes, the end of `breaking`. What a new `Galley:ArticleUrl` or default language changes is not told; begin again then.
    /// - A change says what is, not what was: of several changes of an article only the last is told, with the article as it is now. What is scheduled stands where it becomes visible; withdrawn before, it leaves nothing.
    /// - `fields` and `format` choose what comes of each article. A change is told even where nothing of it shows in them.
    /// - A page ends early where 4 MiB were read for it, or where much had to be read to find little.
    /// - Tokens are bound to the filters and to the limits of the key, not to `fields`, `format`, `limit` and `wait`; a foreign one is 400 `invalid-cursor`. They are good for 90 days, and until a section or tag that the filters name comes to mean another, because it was merged, deleted, or another stands at its path; then 410 `resync-required`: begin again without `since`, and remove what the new snapshot does not hold.
    /// - While the server cannot write, what the clock does is in the lists but not yet here; then `upToDate` is false.
    /// </remarks>
    private static async Task<Results<ToldPageResult, BadRequestProblem, UnauthorizedProblem, ResyncProblem>> ListChanges(
        Query<ChangeQuery> query, ChangeFeed feed, ContentLimits limits, Admission admission, CancellationToken cancel)
    {
        var found = await feed.ReadAsync(query.Value, query.Value.Since, limits, cancel);
        // Whose key has ended meanwhile is told nothing more.
        if (query.Value.Wait > TimeSpan.Zero && await admission.RefuseAsync(cancel) is { } refused)
            return new UnauthorizedProblem(refused);

        return found switch
        {
            ChangesFound.Page(var page) => new ToldPageResult(page),
            ChangesFound.MustResync => new ResyncProblem(),
            ChangesFound.BadToken => new BadRequestProblem(Problems.BadToken("since")),
            _ => throw new UnreachableException($"Unhandled finding {found}."),
        };
    }

    /// <remarks>
    /// The same as Server-Sent Events: `upsert` and `delete`, each with the change as its data, and its token as its id. A client that was cut goes on by `Last-Event-ID`, which wins over `since`; without either a snapshot comes first.
    /// `resync` says that nobody can go on from the token, as 410 does in pages: remove what you have when you begin again without one; the stream ends there. The comment `: up to date` says that nothing follows yet; it comes again every 15 seconds without an event. A stream ends when the server stops or the key does: connect again.
    /// Browsers cannot send a key with `EventSource`; use `fetch`, or `GET /v1/changes` with `wait`.
    /// </remarks>
    private static async Task<Results<ChangeStream, BadRequestProblem>> StreamChanges(
        Query<ChangeQuery.Streamed> query, LastEventId last, ChangeFeed feed, ContentLimits limits, Admission admission, CancellationToken cancel)
    {
        var since = last.Value ?? query.Value.Value.Since;
        var begun = await feed.ReadNowAsync(query.Value.Value, since, limits, cancel);
        return begun is ChangesFound.BadToken
            ? new BadRequestProblem(last.Value is null ? Problems.BadToken("since") : Problems.BadTokenHeader(LastEventId.Name, "is no token of these filters and this key, or it was changed"))
            : new ChangeStream(feed, query.Value.Value, limits, admission, begun);
    }
}
