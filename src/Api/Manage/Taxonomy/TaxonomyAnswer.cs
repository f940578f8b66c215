using System.Diagnostics;
using System.Reflection;
using Galley.Content;
using Galley.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Manage.Taxonomy;

/// <summary>What management answers to a write on a section or tag: what it is now, or why not. As it stands, to a move or a merge.</summary>
internal class TaxonomyAnswer<T>(TaxonomyOutcome<T> outcome) : IResult, IEndpointMetadataProvider
    where T : ITaxonomyEntry<T>
{
    public Task ExecuteAsync(HttpContext httpContext) => outcome switch
    {
        TaxonomyOutcome<T>.Created(var entry) => WriteAsync(httpContext, StatusCodes.Status201Created, entry.WithOutcome("created")),
        TaxonomyOutcome<T>.Updated(var entry, _) => WriteAsync(httpContext, StatusCodes.Status200OK, entry.WithOutcome("updated")),
        TaxonomyOutcome<T>.Unchanged(var entry) => WriteAsync(httpContext, StatusCodes.Status200OK, entry.WithOutcome("unchanged")),
        TaxonomyOutcome<T>.Deleted => TypedResults.NoContent().ExecuteAsync(httpContext),
        _ => ProblemResult.WriteAsync(httpContext, ProblemOf(outcome)),
    };

    /// <summary>A section or tag with its tag.</summary>
    public static async Task WriteAsync(HttpContext context, int status, T entry)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.ETag = entry.Etag;
        if (status == StatusCodes.Status201Created)
            response.Headers.Location = entry.Address;
        if (!HttpMethods.IsGet(context.Request.Method))
            response.Headers.ContentLocation = entry.Address;

        var body = ContentJson.Write(entry);
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        foreach (var status in new[] { 409, 412 })
            ProblemResult.Declare(builder, status);
    }

    private static Problem ProblemOf(TaxonomyOutcome<T> outcome) => outcome switch
    {
        TaxonomyOutcome<T>.NotFound => Problems.NotFound(),
        TaxonomyOutcome<T>.Invalid(var problem) => problem,
        TaxonomyOutcome<T>.Stale(var etag) => Problems.Of("revision-mismatch", etag is null ? "There is nothing here yet." : "Somebody wrote after you read.") with { Etag = etag },
        TaxonomyOutcome<T>.AlreadyExists(var etag) => Problems.Of("already-exists") with { Etag = etag },
        TaxonomyOutcome<T>.Conflict(var detail) => Problems.Of("state-conflict", detail),
        TaxonomyOutcome<T>.InUse(var detail) => Problems.Of("in-use", detail),
        var unknown => throw new UnreachableException($"Unhandled outcome {unknown}."),
    };
}

/// <summary>What management answers to a PUT: the section or tag, with 201 for what is new, or why not.</summary>
internal class PutTaxonomyAnswer<T>(TaxonomyOutcome<T> outcome) : TaxonomyAnswer<T>(outcome), IEndpointMetadataProvider
    where T : ITaxonomyEntry<T>
{
    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in new[] { StatusCodes.Status200OK, StatusCodes.Status201Created })
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(T), ["application/json"]));
        ProblemResult.Declare(builder, StatusCodes.Status412PreconditionFailed);
    }
}

/// <summary>What management answers to a deletion: 204, or why not.</summary>
internal sealed class DeletedTaxonomyAnswer<T>(TaxonomyOutcome<T> outcome) : TaxonomyAnswer<T>(outcome), IEndpointMetadataProvider
    where T : ITaxonomyEntry<T>
{
    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void)));
        foreach (var status in new[] { 404, 409, 412 })
            ProblemResult.Declare(builder, status);
    }
}

/// <summary>One section or tag as the newsroom sees it.</summary>
internal sealed class TaxonomyEntryAnswer<T>(T entry) : IResult, IEndpointMetadataProvider
    where T : ITaxonomyEntry<T>
{
    public Task ExecuteAsync(HttpContext httpContext) => TaxonomyAnswer<T>.WriteAsync(httpContext, StatusCodes.Status200OK, entry);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}
