using System.Diagnostics;
using System.Reflection;
using Galley.Content;
using Galley.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Manage.Articles;

/// <summary>What management answers to a write on an article that exists: the article as stored, or why not.</summary>
internal class ArticleAnswer(WriteOutcome outcome) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) => outcome switch
    {
        WriteOutcome.Created(var article, var warnings) => WriteAsync(httpContext, StatusCodes.Status201Created, article, "created", warnings),
        WriteOutcome.Updated(var article, var warnings) => WriteAsync(httpContext, StatusCodes.Status200OK, article, "updated", warnings),
        WriteOutcome.Unchanged(var article, var warnings) => WriteAsync(httpContext, StatusCodes.Status200OK, article, "unchanged", warnings),
        WriteOutcome.Deleted => NoContent(httpContext),
        _ => ProblemResult.WriteAsync(httpContext, ProblemOf(outcome)),
    };

    /// <summary>The article as it is, without having written it.</summary>
    public static Task WriteAsync(HttpContext context, StoredArticle article) => WriteAsync(context, StatusCodes.Status200OK, article, null, []);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ManagedArticle), ["application/json"]));
        foreach (var status in new[] { 404, 409, 412 })
            ProblemResult.Declare(builder, status);
    }

    /// <summary>What is told of a write that was refused.</summary>
    public static Problem ProblemOf(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.NotFound => Problems.NotFound(),
        WriteOutcome.Unreadable(var problem) => problem,
        WriteOutcome.Invalid(var errors) => Problems.InvalidContent(errors),
        WriteOutcome.AlreadyExists(var etag) => Problems.Of("already-exists") with { Etag = etag },
        WriteOutcome.Stale stale => Problems.Of("revision-mismatch", stale.Etag is null ? "There is no article yet." : "Somebody wrote after you read.") with { Etag = stale.Etag, Changed = stale.Changed },
        WriteOutcome.MatchMissing(var etag) => Problems.Of("precondition-required") with { Etag = etag },
        WriteOutcome.ScopeMissing(var scope) => Problems.Of("insufficient-scope", $"The key needs the scope {scope} for status published."),
        WriteOutcome.Outside(var errors) => Problems.Outside(errors),
        WriteOutcome.TakenDown => Problems.Of("taken-down"),
        WriteOutcome.SlugTaken(var slug) => Problems.Of("slug-taken", $"Another public article of this language has the slug {slug}."),
        WriteOutcome.StateConflict(var detail, var state, var allowed) => Problems.Of("state-conflict", detail) with { State = state, Allowed = allowed },
        var unknown => throw new UnreachableException($"Unhandled outcome {unknown}."),
    };

    private static async Task WriteAsync(HttpContext context, int status, StoredArticle article, string? outcome, IReadOnlyList<InputWarning> warnings)
    {
        var response = context.Response;
        var location = $"/v1/manage/articles/{article.Row.PublicId}";
        response.StatusCode = status;
        response.Headers.ETag = article.Etag;
        if (status == StatusCodes.Status201Created)
            response.Headers.Location = location;
        if (HttpMethods.IsPut(context.Request.Method) || HttpMethods.IsPatch(context.Request.Method))
            response.Headers.ContentLocation = location;

        var body = ContentJson.Write(article.ToAnswer(outcome, warnings));
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static Task NoContent(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}

/// <summary>What management answers to a push: as for any write, and 201 for a new article. 404 is for an article that is outside the key's limits.</summary>
internal sealed class PushAnswer(WriteOutcome outcome) : ArticleAnswer(outcome), IEndpointMetadataProvider
{
    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in new[] { StatusCodes.Status200OK, StatusCodes.Status201Created })
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ManagedArticle), ["application/json"]));
        foreach (var status in new[] { 404, 409, 412 })
            ProblemResult.Declare(builder, status);
    }
}

/// <summary>What management answers to an article without a sender's id: 201, or why not.</summary>
internal sealed class CreatedAnswer(WriteOutcome outcome) : ArticleAnswer(outcome), IEndpointMetadataProvider
{
    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(ManagedArticle), ["application/json"]));
        ProblemResult.Declare(builder, StatusCodes.Status409Conflict);
    }
}

/// <summary>What management answers to a replacement by id: as for any write, and 428 without If-Match.</summary>
internal sealed class ReplaceAnswer(WriteOutcome outcome) : ArticleAnswer(outcome), IEndpointMetadataProvider
{
    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArticleAnswer.PopulateMetadata(method, builder);
        ProblemResult.Declare(builder, StatusCodes.Status428PreconditionRequired);
    }
}

/// <summary>What management answers to a deletion: 204, or why not.</summary>
internal sealed class DeletedAnswer(WriteOutcome outcome) : ArticleAnswer(outcome), IEndpointMetadataProvider
{
    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void)));
        foreach (var status in new[] { 404, 409, 412 })
            ProblemResult.Declare(builder, status);
    }
}

/// <summary>One article as the newsroom sees it.</summary>
internal sealed class ManagedArticleAnswer(StoredArticle article) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) => ArticleAnswer.WriteAsync(httpContext, article);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ManagedArticle), ["application/json"]));
}
