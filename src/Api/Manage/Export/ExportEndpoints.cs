using System.Buffers;
using System.Reflection;
using System.Text.Json.Nodes;
using Galley.Content;
using Galley.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Manage.Export;

/// <summary>All articles in one answer, for another server or for keeping.</summary>
internal static class ExportEndpoints
{
    public static void MapExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/manage/export", ExportArticles).WithTags("Manage operations").Requires(KeyScope.Ops).WithMetadata(new OtherMediaType(ExportAnswer.MediaType))
            .WithName(nameof(ExportArticles)).WithSummary("Export every article as lines that can be imported");

    /// <remarks>
    /// One line of JSON after the other (`application/x-ndjson`), each as the command `galley import` takes it: `{"op":"put","source":"…","externalId":"…","article":{…}}` with the article as PUT takes it, or `{"op":"unpublish","source":"…","externalId":"…"}`.
    ///
    /// - The key needs `drafts:read` too: what nobody may see yet is in it.
    /// - The articles come in the order in which they were made. They are read in portions: what is written meanwhile may or may not be in it.
    /// - A live article with a newer draft gives two lines, first what readers see, then the draft. An update that is scheduled is a draft here, and so is what was unpublished, with a line that unpublishes it behind.
    /// - Articles under a takedown are left out, and so are revisions, schedules of updates and ends by `unpublish` with `at`.
    /// - What the server knows beside the articles' content is left out: corrections, `firstPublishedAt` and `updatedAt`, former slugs and addresses (`aliases` that were sent are in it), and of sections and tags what was made by hand, such as names in other languages, descriptions, positions and merges. For all of that, keep the database file.
    /// - The last line is `{"end":true,"articles":2}`. An answer without it was cut: ask again.
    /// </remarks>
    private static Results<ExportAnswer, ForbiddenProblem> ExportArticles(ExportReader reader, Caller caller) => caller.May(KeyScope.DraftsRead)
        ? new ExportAnswer(reader)
        : new ForbiddenProblem(Problems.Of("insufficient-scope", $"The key needs the scope {KeyScope.DraftsRead} too: what nobody may see yet is in an export."));
}

/// <summary>One line of an export.</summary>
internal sealed record ExportLine
{
    public required string Op { get; init; }

    public required string Source { get; init; }

    public required string ExternalId { get; init; }

    public JsonObject? Article { get; init; }
}

/// <summary>Writes the lines as they are read. Nothing of the database is held while the client takes its time.</summary>
internal sealed class ExportAnswer(ExportReader reader) : IResult, IEndpointMetadataProvider
{
    public const string MediaType = "application/x-ndjson";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        var articles = 0L;
        for (long? after = 0; after is { } place;)
        {
            var portion = await reader.ReadAsync(place, cancel);
            // The first portion is at hand: what fails before it can still be told as a problem.
            if (!response.HasStarted)
                response.ContentType = MediaType;

            foreach (var line in portion.Lines)
                Write(response, line);

            await response.BodyWriter.FlushAsync(cancel);
            (articles, after) = (articles + portion.Articles, portion.Next);
        }

        Write(response, new { end = true, articles });
        await response.BodyWriter.FlushAsync(cancel);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [MediaType]));

    private static void Write<T>(HttpResponse response, T line)
    {
        response.BodyWriter.Write(ContentJson.Write(line));
        response.BodyWriter.Write("\n"u8);
    }
}
