using Galley.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Manage.Articles;

/// <summary>Articles for the newsroom: pushing, reading, publishing, withdrawing, taking down.</summary>
internal static class ArticleEndpoints
{
    public static void MapManagedArticles(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/v1/manage/sources/{source}").WithTags("Manage articles");
        own.MapPut("/articles/{**externalId}", PushArticle).Takes(nameof(PushArticle), "Push an article: create or replace it by the sender's own id");
        own.MapPatch("/articles/{**externalId}", PatchOwnArticle).Takes(nameof(PatchOwnArticle), "Change members of an article by the sender's own id");
        own.MapGet("/articles/{**externalId}", GetOwnArticle).Gives(nameof(GetOwnArticle), "Get an article by the sender's own id");
        own.MapDelete("/articles/{**externalId}", DeleteOwnArticle).Moves(nameof(DeleteOwnArticle), "Delete an article by the sender's own id");
        own.MapPost("/publish", PublishOwnArticle).Moves(nameof(PublishOwnArticle), "Publish an article by the sender's own id, now or at an instant");
        own.MapPost("/unpublish", UnpublishOwnArticle).Moves(nameof(UnpublishOwnArticle), "Unpublish an article by the sender's own id, now or at an instant");
        own.MapPost("/discard", DiscardOwnArticleDraft).Moves(nameof(DiscardOwnArticleDraft), "Discard the draft of an article by the sender's own id");
        own.MapPost("/takedown", TakeDownOwnArticle).Moves(nameof(TakeDownOwnArticle), "Take an article down for good by the sender's own id");

        var articles = routes.MapGroup("/v1/manage/articles").WithTags("Manage articles");
        articles.MapPost("/", CreateArticle).Takes(nameof(CreateArticle), "Create an article that no source pushes");
        articles.MapPut("/by-source", PushArticleBySource).Takes(nameof(PushArticleBySource), "Push an article, the sender's own id in the query");
        articles.MapPatch("/by-source", PatchArticleBySource).Takes(nameof(PatchArticleBySource), "Change members of an article, the sender's own id in the query");
        articles.MapGet("/by-source", GetArticleBySource).Gives(nameof(GetArticleBySource), "Get an article, the sender's own id in the query");
        articles.MapDelete("/by-source", DeleteArticleBySource).Moves(nameof(DeleteArticleBySource), "Delete an article, the sender's own id in the query");
        articles.MapGet("/{id}", GetManagedArticle).Gives(nameof(GetManagedArticle), "Get an article as the newsroom sees it");
        articles.MapPut("/{id}", ReplaceArticle).Takes(nameof(ReplaceArticle), "Replace an article").WithMetadata(new MatchRequired());
        articles.MapPatch("/{id}", PatchArticle).Takes(nameof(PatchArticle), "Change members of an article").WithMetadata(new MatchRequired());
        articles.MapDelete("/{id}", DeleteArticle).Moves(nameof(DeleteArticle), "Delete an article").WithMetadata(new MatchRequired());
        articles.MapPost("/{id}/publish", PublishArticle).Moves(nameof(PublishArticle), "Publish an article, now or at an instant");
        articles.MapPost("/{id}/unpublish", UnpublishArticle).Moves(nameof(UnpublishArticle), "Unpublish an article, now or at an instant");
        articles.MapPost("/{id}/discard", DiscardArticleDraft).Moves(nameof(DiscardArticleDraft), "Discard the draft of an article");
        articles.MapPost("/{id}/takedown", TakeDownArticle).Moves(nameof(TakeDownArticle), "Take an article down for good");
        articles.MapPost("/{id}/corrections", CorrectArticle).Moves(nameof(CorrectArticle), "Add a correction to an article");
    }

    /// <remarks>
    /// Creates the article (201) or replaces it (200). Sent again without a change it answers 200 with `"outcome": "unchanged"`: no revision, no version, nothing moves. So a script may send everything again at any time.
    ///
    /// - Members that are absent clear what is optional. Three are kept: `publishedAt`; `slug` once the article was visible; the ids of blocks that did not change.
    /// - `status: published` also needs the scope `content:publish`. It goes live at once, or at `publishedAt` or `embargoedUntil` where they lie ahead.
    /// - On a live article `status: draft` stores a draft and readers keep what they have (warning `live-unchanged`). A write never hides what is live: an instant that would is 409 `state-conflict`.
    /// - A section or tag that does not exist is 422, unless `createMissing` names its kind and the key has `taxonomy:write`. Existing ones are never changed.
    /// - On a scheduled article `status: draft` cancels the schedule, which needs `content:publish` as well.
    /// - A slug that you choose and that another public article of the language has is 409 `slug-taken`. One made of the headline is given a suffix instead (warning `slug-changed`).
    /// - What differs is applied even over an editor's later revision (warning `overwrote-edit`); send `If-Match` to be refused instead.
    /// - With a limited key a `language` or `section` outside its limits, or no section where it is limited to some, is 403 `outside-constraint`; an article that is there and outside is 404.
    /// </remarks>
    private static async Task<PushAnswer> PushArticle(
        OwnIdPath path, Query<PushQuery> query, Input<ArticleInput> input, Preconditions preconditions, Push push, Writing writing, Caller caller, CancellationToken cancel) =>
        await push.SubmitAsync(new(path.Target, query.Value.CreateMissing, input, preconditions, caller), writing, outcome => new PushAnswer(outcome), cancel);

    /// <remarks>
    /// Whatever its state. What is answered may be sent back by PUT as it is.
    /// </remarks>
    private static async Task<Results<ManagedArticleAnswer, NotFoundProblem>> GetOwnArticle(OwnIdPath path, ArticleReader articles, Caller caller, CancellationToken cancel) =>
        await FindAsync(articles, path.Target, caller, cancel);

    /// <remarks>
    /// The article and its revisions are gone for good. If readers ever saw it, its addresses answer 410. Deleting again is 404; a later push with the same id of the sender's makes a new article.
    /// </remarks>
    private static async Task<DeletedAnswer> DeleteOwnArticle(OwnIdPath path, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => workflow.DeleteAsync(write, new(path.Target, preconditions, caller)), outcome => new DeletedAnswer(outcome));

    /// <remarks>
    /// Not live: at once, or with `at` at that instant, which becomes `publishedAt`. Without `at` a past `publishedAt` is kept, a future one and an embargo end.
    /// Live: the newest revision goes live at `at`, or now; readers keep the present one until then, and `publishedAt` does not move. Publishing again replaces what was scheduled (warning `pending-dropped`).
    /// `expiresAt` sets a new end, `null` takes the present one away. What holds already is 200 with `"outcome": "unchanged"`. Without a headline it is 422.
    /// </remarks>
    private static async Task<ArticleAnswer> PublishOwnArticle(
        SourcePath path, Input<PublishOwnInput> input, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller)
    {
        // Without the id there is no article to look for: what is wrong with the body comes first.
        if (input.Value?.ExternalId is not { } externalId)
            return new(new WriteOutcome.Unreadable(input.Problem!));

        var request = RequestOf(path, externalId, preconditions, caller, input.Problem);
        return await writing.AnswerAsync(write => workflow.PublishAsync(write, request, PublishWish.Of(input)), outcome => new ArticleAnswer(outcome));
    }

    /// <remarks>
    /// Takes a live article off publication, now or at `at`; its addresses answer 410 from then on. A scheduled one goes back to a draft. Nothing is lost, and an update that was scheduled is dropped.
    /// What holds already is 200 with `"outcome": "unchanged"`. An article that was never published is 409 `state-conflict`.
    /// </remarks>
    private static async Task<ArticleAnswer> UnpublishOwnArticle(
        SourcePath path, Input<UnpublishOwnInput> input, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller)
    {
        if (input.Value?.ExternalId is not { } externalId)
            return new(new WriteOutcome.Unreadable(input.Problem!));

        var request = RequestOf(path, externalId, preconditions, caller, input.Problem);
        return await writing.AnswerAsync(write => workflow.UnpublishAsync(write, request, input.Value?.At, input.Value?.Reason), outcome => new ArticleAnswer(outcome));
    }

    /// <remarks>
    /// Drops the draft and the pending update beside what readers see: that is the newest revision again, and it ends when it would have ended without them. Readers notice nothing.
    /// Without a draft (`hasDraft: false`), or where nothing is live, it is 409 `state-conflict`.
    /// </remarks>
    private static async Task<ArticleAnswer> DiscardOwnArticleDraft(
        SourcePath path, Input<DiscardOwnInput> input, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller)
    {
        if (input.Value?.ExternalId is not { } externalId)
            return new(new WriteOutcome.Unreadable(input.Problem!));

        var request = RequestOf(path, externalId, preconditions, caller, input.Problem);
        return await writing.AnswerAsync(write => workflow.DiscardAsync(write, request), outcome => new ArticleAnswer(outcome));
    }

    /// <remarks>
    /// Final. The text is gone from every revision, from corrections and from all that readers get; what stays is that there was an article: ids, instants, numbers of revisions, `section` and `slug`, which nobody else gets.
    /// If readers ever saw it, its addresses answer 410 for good, and whoever follows the changes is told `takedown` where they saw it until now. From then on `state` is `taken-down`, `allowed` is empty, and every write
    /// is 409 `taken-down`: a push of the same id of the sender's, a deletion, and a takedown again. An article that was never published is 409 `state-conflict`: delete it. Copies of the database are yours to purge.
    /// </remarks>
    private static async Task<ArticleAnswer> TakeDownOwnArticle(
        SourcePath path, Input<TakedownOwnInput> input, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller)
    {
        if (input.Value?.ExternalId is not { } externalId)
            return new(new WriteOutcome.Unreadable(input.Problem!));

        var request = RequestOf(path, externalId, preconditions, caller, input.Problem);
        return await writing.AnswerAsync(write => workflow.TakeDownAsync(write, request, input.Value?.Reason), outcome => new ArticleAnswer(outcome));
    }

    /// <remarks>
    /// For articles that are written here and have no id of a sender's: it has no `source` and no `externalId`, now or later. Each time it is sent it makes another article. A script that has ids of its own pushes by them.
    /// Rules and warnings are those of a push; `translationKey` joins nothing, for it counts among the articles of one source.
    /// With a key that is limited to sources it is 403 `outside-constraint`.
    /// </remarks>
    private static async Task<CreatedAnswer> CreateArticle(Query<PushQuery> query, Input<ArticleInput> input, Push push, Writing writing, Caller caller, CancellationToken cancel) =>
        await push.SubmitAsync(new(ArticleTarget.New, query.Value.CreateMissing, input, Preconditions.None, caller), writing, outcome => new CreatedAnswer(outcome), cancel);

    /// <inheritdoc cref="PushArticle"/>
    private static async Task<PushAnswer> PushArticleBySource(
        Query<OwnIdPushQuery> query, Input<ArticleInput> input, Preconditions preconditions, Push push, Writing writing, Caller caller, CancellationToken cancel) =>
        await push.SubmitAsync(new(query.Value.Target, query.Value.CreateMissing, input, preconditions, caller), writing, outcome => new PushAnswer(outcome), cancel);

    /// <remarks>
    /// JSON Merge Patch (RFC 7396), sent as `application/merge-patch+json`, onto the article in the form PUT takes: what is left out stays, arrays are replaced whole, `null` clears. It never creates.
    ///
    /// - What comes of it is validated and stored like a PUT, and pointers in `errors` and `warnings` point into that. `null` for `language`, or for `headline` of a published article, is 422; `slug` and `publishedAt` are kept where a PUT without them keeps them.
    /// - `body` and `section` are in the form that you send: `{"body":{"html":"…"}}` replaces the body, whatever it was made of.
    /// - `status` stays: a patch of a published article is live at once, and needs `content:publish`; one of a draft beside a live article changes the draft.
    /// - Without `If-Match`, or with `*`, two that change different members at once both count.
    /// </remarks>
    private static async Task<ArticleAnswer> PatchOwnArticle(
        OwnIdPath path, Query<PushQuery> query, MergePatch<ArticleInput> patch, Preconditions preconditions, Patch patches, Writing writing, Caller caller, CancellationToken cancel) =>
        await patches.SubmitAsync(new(path.Target, query.Value.CreateMissing, patch, preconditions, caller), writing, outcome => new ArticleAnswer(outcome), cancel);

    /// <inheritdoc cref="PatchOwnArticle"/>
    private static async Task<ArticleAnswer> PatchArticleBySource(
        Query<OwnIdPushQuery> query, MergePatch<ArticleInput> patch, Preconditions preconditions, Patch patches, Writing writing, Caller caller, CancellationToken cancel) =>
        await patches.SubmitAsync(new(query.Value.Target, query.Value.CreateMissing, patch, preconditions, caller), writing, outcome => new ArticleAnswer(outcome), cancel);

    /// <inheritdoc cref="PatchOwnArticle"/>
    private static async Task<ReplaceAnswer> PatchArticle(
        ArticleIdPath path, Query<PushQuery> query, MergePatch<ArticleInput> patch, Preconditions preconditions, Patch patches, Writing writing, Caller caller, CancellationToken cancel) =>
        await patches.SubmitAsync(new(ArticleTarget.By(path.Id), query.Value.CreateMissing, patch, preconditions, caller), writing, outcome => new ReplaceAnswer(outcome), cancel);

    /// <inheritdoc cref="GetOwnArticle"/>
    private static async Task<Results<ManagedArticleAnswer, NotFoundProblem>> GetArticleBySource(Query<OwnIdQuery> query, ArticleReader articles, Caller caller, CancellationToken cancel) =>
        await FindAsync(articles, query.Value.Target, caller, cancel);

    /// <inheritdoc cref="DeleteOwnArticle"/>
    private static async Task<DeletedAnswer> DeleteArticleBySource(Query<OwnIdQuery> query, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => workflow.DeleteAsync(write, new(query.Value.Target, preconditions, caller)), outcome => new DeletedAnswer(outcome));

    /// <inheritdoc cref="GetOwnArticle"/>
    private static async Task<Results<ManagedArticleAnswer, NotFoundProblem>> GetManagedArticle(ArticleIdPath path, ArticleReader articles, Caller caller, CancellationToken cancel) =>
        await FindAsync(articles, ArticleTarget.By(path.Id), caller, cancel);

    /// <remarks>
    /// As a push of what exists, with the article's id: it never creates (404), and `If-Match` is required so that nobody's work is lost. `*` replaces whatever is there.
    /// </remarks>
    private static async Task<ReplaceAnswer> ReplaceArticle(
        ArticleIdPath path, Query<PushQuery> query, Input<ArticleInput> input, Preconditions preconditions, Push push, Writing writing, Caller caller, CancellationToken cancel) =>
        await push.SubmitAsync(new(ArticleTarget.By(path.Id), query.Value.CreateMissing, input, preconditions, caller), writing, outcome => new ReplaceAnswer(outcome), cancel);

    /// <inheritdoc cref="DeleteOwnArticle"/>
    private static async Task<DeletedAnswer> DeleteArticle(ArticleIdPath path, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => workflow.DeleteAsync(write, new(ArticleTarget.By(path.Id), preconditions, caller)), outcome => new DeletedAnswer(outcome));

    /// <inheritdoc cref="PublishOwnArticle"/>
    private static async Task<ArticleAnswer> PublishArticle(ArticleIdPath path, Input<PublishInput> input, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => workflow.PublishAsync(write, new(ArticleTarget.By(path.Id), preconditions, caller, input.Problem), PublishWish.Of(input)), outcome => new ArticleAnswer(outcome));

    /// <inheritdoc cref="UnpublishOwnArticle"/>
    private static async Task<ArticleAnswer> UnpublishArticle(ArticleIdPath path, Input<UnpublishInput> input, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => workflow.UnpublishAsync(write, new(ArticleTarget.By(path.Id), preconditions, caller, input.Problem), input.Value?.At, input.Value?.Reason), outcome => new ArticleAnswer(outcome));

    /// <inheritdoc cref="DiscardOwnArticleDraft"/>
    private static async Task<ArticleAnswer> DiscardArticleDraft(ArticleIdPath path, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => workflow.DiscardAsync(write, new(ArticleTarget.By(path.Id), preconditions, caller)), outcome => new ArticleAnswer(outcome));

    /// <inheritdoc cref="TakeDownOwnArticle"/>
    private static async Task<ArticleAnswer> TakeDownArticle(ArticleIdPath path, Input<TakedownInput> input, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => workflow.TakeDownAsync(write, new(ArticleTarget.By(path.Id), preconditions, caller, input.Problem), input.Value?.Reason), outcome => new ArticleAnswer(outcome));

    /// <remarks>
    /// It belongs to the article: readers see it at once in `corrections`, `updatedAt` moves and `version` counts it. No push or other write takes it away, and it is not sent in the article itself, only sent back as it is. A deletion takes it along.
    /// On an article that readers do not see it is kept and shows when they do; with it the next publication counts as another version. A scheduled update shows it too. The article gets a revision, with the content it has.
    /// The same correction again – kind, text, and `at` if sent – is 200 with `"outcome": "unchanged"`. An article has at most 100.
    /// </remarks>
    private static async Task<ArticleAnswer> CorrectArticle(ArticleIdPath path, Input<CorrectionInput> input, Preconditions preconditions, Workflow workflow, Writing writing, Caller caller) =>
        await writing.AnswerAsync(write => workflow.CorrectAsync(write, new(ArticleTarget.By(path.Id), preconditions, caller, input.Problem), input.Value), outcome => new ArticleAnswer(outcome));

    private static TransitionRequest RequestOf(SourcePath path, string externalId, Preconditions preconditions, Caller caller, Problem? problem) =>
        new(ArticleTarget.By(path.Source, externalId), preconditions, caller, problem);

    private static async Task<Results<ManagedArticleAnswer, NotFoundProblem>> FindAsync(ArticleReader articles, ArticleTarget target, Caller caller, CancellationToken cancel) =>
        await articles.FindAsync(target, caller, cancel) is { } article ? new ManagedArticleAnswer(article) : new NotFoundProblem();

    private static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary).Requires(KeyScope.ContentWrite).WithinLimits().WithMetadata(BodyLimit.Article);

    private static RouteHandlerBuilder Gives(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary).Requires(KeyScope.DraftsRead, KeyScope.ContentWrite).WithinLimits();

    private static RouteHandlerBuilder Moves(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary).Requires(KeyScope.ContentPublish).WithinLimits().WithMetadata(BodyLimit.Small);
}
