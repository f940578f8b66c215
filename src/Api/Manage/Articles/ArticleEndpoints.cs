using Galley.Http;
using Galley.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Galley.Manage.Articles;

/// <summary>Articles for the newsroom: pushing, reading, publishing, withdrawing.</summary>
internal static class ArticleEndpoints
{
    public static void MapManagedArticles(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/v1/manage/sources/{source}").WithTags("Manage articles");
        own.MapPut("/articles/{**externalId}", PushArticle).Takes(nameof(PushArticle), "Push an article: create or replace it by the sender's own id");
        own.MapGet("/articles/{**externalId}", GetOwnArticle).Gives(nameof(GetOwnArticle), "Get an article by the sender's own id");
        own.MapDelete("/articles/{**externalId}", DeleteOwnArticle).Moves(nameof(DeleteOwnArticle), "Delete an article by the sender's own id");
        own.MapPost("/publish", PublishOwnArticle).Moves(nameof(PublishOwnArticle), "Publish an article by the sender's own id, now or at an instant");
        own.MapPost("/unpublish", UnpublishOwnArticle).Moves(nameof(UnpublishOwnArticle), "Unpublish an article by the sender's own id, now or at an instant");

        var articles = routes.MapGroup("/v1/manage/articles").WithTags("Manage articles");
        articles.MapPut("/by-source", PushArticleBySource).Takes(nameof(PushArticleBySource), "Push an article, the sender's own id in the query");
        articles.MapGet("/by-source", GetArticleBySource).Gives(nameof(GetArticleBySource), "Get an article, the sender's own id in the query");
        articles.MapDelete("/by-source", DeleteArticleBySource).Moves(nameof(DeleteArticleBySource), "Delete an article, the sender's own id in the query");
        articles.MapGet("/{id}", GetManagedArticle).Gives(nameof(GetManagedArticle), "Get an article as the newsroom sees it");
        articles.MapPut("/{id}", ReplaceArticle).Takes(nameof(ReplaceArticle), "Replace an article").WithMetadata(new MatchRequired());
        articles.MapDelete("/{id}", DeleteArticle).Moves(nameof(DeleteArticle), "Delete an article").WithMetadata(new MatchRequired());
        articles.MapPost("/{id}/publish", PublishArticle).Moves(nameof(PublishArticle), "Publish an article, now or at an instant");
        articles.MapPost("/{id}/unpublish", UnpublishArticle).Moves(nameof(UnpublishArticle), "Unpublish an article, now or at an instant");
    }

    private static async Task<PushAnswer> PushArticle(
        OwnIdPath path, Query<PushQuery> query, Input<ArticleInput> input, Preconditions preconditions, Push push, Caller caller, CancellationToken cancel) =>
        new(await push.SubmitAsync(path.Target, query.Value.CreateMissing, input, preconditions, caller, cancel));

    private static async Task<Results<ManagedArticleAnswer, NotFoundProblem>> GetOwnArticle(OwnIdPath path, ArticleReader articles, CancellationToken cancel) =>
        await FindAsync(articles, path.Target, cancel);

    private static async Task<DeletedAnswer> DeleteOwnArticle(OwnIdPath path, Preconditions preconditions, Workflow workflow, Writer writer, Caller caller) =>
        new(await writer.WriteAsync(write => workflow.DeleteAsync(write, new(path.Target, preconditions, caller.KeyId))));

    private static async Task<ArticleAnswer> PublishOwnArticle(
        SourcePath path, Input<PublishOwnInput> input, Preconditions preconditions, Workflow workflow, Writer writer, Caller caller)
    {
        var request = RequestOf(path, input.Value?.ExternalId, preconditions, caller, input.Problem);
        return new(await writer.WriteAsync(write => workflow.PublishAsync(write, request, PublishWish.Of(input))));
    }

    private static async Task<ArticleAnswer> UnpublishOwnArticle(
        SourcePath path, Input<UnpublishOwnInput> input, Preconditions preconditions, Workflow workflow, Writer writer, Caller caller)
    {
        var request = RequestOf(path, input.Value?.ExternalId, preconditions, caller, input.Problem);
        return new(await writer.WriteAsync(write => workflow.UnpublishAsync(write, request, input.Value?.At)));
    }

    private static async Task<PushAnswer> PushArticleBySource(
        Query<OwnIdPushQuery> query, Input<ArticleInput> input, Preconditions preconditions, Push push, Caller caller, CancellationToken cancel) =>
        new(await push.SubmitAsync(query.Value.Target, query.Value.CreateMissing, input, preconditions, caller, cancel));

    private static async Task<Results<ManagedArticleAnswer, NotFoundProblem>> GetArticleBySource(Query<OwnIdQuery> query, ArticleReader articles, CancellationToken cancel) =>
        await FindAsync(articles, query.Value.Target, cancel);

    private static async Task<DeletedAnswer> DeleteArticleBySource(Query<OwnIdQuery> query, Preconditions preconditions, Workflow workflow, Writer writer, Caller caller) =>
        new(await writer.WriteAsync(write => workflow.DeleteAsync(write, new(query.Value.Target, preconditions, caller.KeyId))));

    private static async Task<Results<ManagedArticleAnswer, NotFoundProblem>> GetManagedArticle(ArticleIdPath path, ArticleReader articles, CancellationToken cancel) =>
        await FindAsync(articles, ArticleTarget.By(path.Id), cancel);

    private static async Task<ReplaceAnswer> ReplaceArticle(
        ArticleIdPath path, Query<PushQuery> query, Input<ArticleInput> input, Preconditions preconditions, Push push, Caller caller, CancellationToken cancel) =>
        new(await push.SubmitAsync(ArticleTarget.By(path.Id), query.Value.CreateMissing, input, preconditions, caller, cancel));

    private static async Task<DeletedAnswer> DeleteArticle(ArticleIdPath path, Preconditions preconditions, Workflow workflow, Writer writer, Caller caller) =>
        new(await writer.WriteAsync(write => workflow.DeleteAsync(write, new(ArticleTarget.By(path.Id), preconditions, caller.KeyId))));

    private static async Task<ArticleAnswer> PublishArticle(ArticleIdPath path, Input<PublishInput> input, Preconditions preconditions, Workflow workflow, Writer writer, Caller caller) =>
        new(await writer.WriteAsync(write => workflow.PublishAsync(write, new(ArticleTarget.By(path.Id), preconditions, caller.KeyId, input.Problem), PublishWish.Of(input))));

    private static async Task<ArticleAnswer> UnpublishArticle(ArticleIdPath path, Input<UnpublishInput> input, Preconditions preconditions, Workflow workflow, Writer writer, Caller caller) =>
        new(await writer.WriteAsync(write => workflow.UnpublishAsync(write, new(ArticleTarget.By(path.Id), preconditions, caller.KeyId, input.Problem), input.Value?.At)));

    private static TransitionRequest RequestOf(SourcePath path, string? externalId, Preconditions preconditions, Caller caller, Problem? problem) =>
        new(ArticleTarget.By(path.Source, externalId ?? string.Empty), preconditions, caller.KeyId, problem);

    private static async Task<Results<ManagedArticleAnswer, NotFoundProblem>> FindAsync(ArticleReader articles, ArticleTarget target, CancellationToken cancel) =>
        await articles.FindAsync(target, cancel) is { } article ? new ManagedArticleAnswer(article) : new NotFoundProblem();

    private static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary).Requires(KeyScope.ContentWrite).WithMetadata(BodyLimit.Article);

    private static RouteHandlerBuilder Gives(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary).Requires(KeyScope.DraftsRead, KeyScope.ContentWrite);

    private static RouteHandlerBuilder Moves(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary).Requires(KeyScope.ContentPublish).WithMetadata(BodyLimit.Small);
}
