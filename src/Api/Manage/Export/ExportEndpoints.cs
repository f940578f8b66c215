using System.Text.Json.Nodes;
using Galley.Content;
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
    /// One line of JSON after the other (`application/x-ndjson`), each as the command `galley import` takes it. Most are as `POST /v1/manage/articles/bulk` takes them too: `{"op":"put","source":"…","externalId":"…","article":{…}}` with the article as PUT takes it, or `{"op":"unpublish","source":"…","externalId":"…"}`. Other lines stand for a request each, which `import` makes of them and bulk refuses:
    ///
    /// - `{"op":"put-section","path":"…","section":{…}}` and `{"op":"put-tag","kind":"…","slug":"…","tag":{…}}`: what was made by hand, before the articles.
    /// - `{"op":"correct","source":"…","externalId":"…","correction":{…}}`: the corrections of an article, behind it.
    /// - `{"op":"merge-tag","from":"…","into":"…","tag":{…}}`: former tags that readers knew, with what they were called, behind all articles.
    ///
    /// What is in it:
    ///
    /// - The key needs `drafts:read` too: what nobody may see yet is in it.
    /// - The articles come in the order in which they were made. They are read in portions: what is written meanwhile may or may not be in it.
    /// - A live article with a newer draft gives two lines, first what readers see, then the draft. An update that is scheduled is a draft here, and so is what was unpublished, with a line that unpublishes it behind.
    /// - An article that no source pushes comes as one of the source `unpushedAs`, without its `translationKey`, which means nothing without a source.
    /// - Paths under which readers knew an article before, and that still lead to it, come behind its own `aliases`, up to 20 in all.
    /// - Left out are articles under a takedown, revisions, schedules of updates and ends by `unpublish` with `at`; versions, `firstPublishedAt` and `updatedAt`; paths that a section had before; and what sections and tags that pushes made are called in a language of which no article in them is left. For all of that, make a backup.
    /// - Now and then comes a line `{"cursor":"…"}`. An export that was cut goes on from the last of them that came whole: drop what follows it, ask again with `cursor`, and append the answer. Together they are what one answer would have been.
    /// - The last line is `{"end":true,"articles":2,"next":"…"}`. An answer without it was cut. `next` is a token of changes as of the beginning: ask `/v1/changes?since=…`, without filters and without a key that has limits, for what readers were told since. Nothing is missing in between; some of it the export may hold already.
    /// </remarks>
    private static Results<ExportAnswer, BadRequestProblem, ForbiddenProblem> ExportArticles(Query<ExportQuery> query, ExportReader articles, ExportTaxonomy taxonomy, NumberSeal seals, Caller caller)
    {
        if (!caller.May(KeyScope.DraftsRead))
            return new ForbiddenProblem(Problems.Of("insufficient-scope", $"The key needs the scope {KeyScope.DraftsRead} too: what nobody may see yet is in an export."));

        var (cursor, unpushedAs) = (query.Value.Cursor, query.Value.UnpushedAs);
        ExportPlace? from = cursor is null ? null : ExportPlace.Read(cursor, seals, unpushedAs);
        return cursor is not null && from is null ? new BadRequestProblem(Problems.BadCursor()) : new ExportAnswer(articles, taxonomy, seals, unpushedAs, from);
    }
}

/// <summary>One line of an export that is of an article.</summary>
internal sealed record ExportLine
{
    public required string Op { get; init; }

    public required string Source { get; init; }

    public required string ExternalId { get; init; }

    public JsonObject? Article { get; init; }

    public Correction? Correction { get; init; }
}
