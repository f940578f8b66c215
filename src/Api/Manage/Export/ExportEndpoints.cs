using System.Text.Json.Nodes;
using Galley.Http;
using Microsoft.AspNetCore.Http.HttpResults;

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
    /// - Now and then comes a line `{"cursor":"…"}`. An export that was cut goes on from the last of them that came whole: drop what follows it, ask again with `cursor`, and append the answer. Together they are what one answer would have been.
    /// - The last line is `{"end":true,"articles":2,"next":"…"}`. An answer without it was cut. `next` is a token of changes as of the beginning: ask `/v1/changes?since=…`, without filters and without a key that has limits, for what readers were told since. Nothing is missing in between; some of it the export may hold already.
    /// </remarks>
    private static Results<ExportAnswer, BadRequestProblem, ForbiddenProblem> ExportArticles(Query<ExportQuery> query, ExportReader reader, NumberSeal seals, Caller caller)
    {
        if (!caller.May(KeyScope.DraftsRead))
            return new ForbiddenProblem(Problems.Of("insufficient-scope", $"The key needs the scope {KeyScope.DraftsRead} too: what nobody may see yet is in an export."));

        ExportPlace? from = query.Value.Cursor is { } cursor ? ExportPlace.Read(cursor, seals) : null;
        return query.Value.Cursor is not null && from is null ? new BadRequestProblem(Problems.BadCursor()) : new ExportAnswer(reader, seals, from);
    }
}

/// <summary>One line of an export.</summary>
internal sealed record ExportLine
{
    public required string Op { get; init; }

    public required string Source { get; init; }

    public required string ExternalId { get; init; }

    public JsonObject? Article { get; init; }
}
