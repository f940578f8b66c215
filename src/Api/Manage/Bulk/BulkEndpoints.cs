using Galley.Http;
using Galley.Manage.Articles;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Bulk;

/// <summary>Many articles in one request.</summary>
internal static class BulkEndpoints
{
    public static void MapBulk(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/manage/articles/bulk", PushArticles).WithTags("Manage articles").Requires(KeyScope.ContentWrite, KeyScope.ContentPublish).WithinLimits()
            .WithMetadata(new Lasting(), new OtherMediaType(NdjsonBody.MediaType))
            .WithName(nameof(PushArticles)).WithSummary("Push, unpublish and delete any number of articles, a line each");

    /// <remarks>
    /// One line of JSON after the other (`application/x-ndjson`) both ways. A line is `{"op":"put","source":"i24news","externalId":"syrie-2024-12-01","article":{"language":"fr","status":"published",…}}`.
    ///
    /// - `op` is `put` (default), `unpublish` (with an optional `reason`, at most 2,000) or `delete`. `article` is an `ArticleInput`, as a push takes it.
    /// - A line has at most 2 MiB. Empty lines are skipped, and counted in `line`. There may be any number of lines.
    /// - Each line is judged as a request of its own: by the key's scopes (`content:write` to put, `content:publish` for `status: published`, `unpublish` and `delete`) and limits, in the order of the lines. With `mode=each` a line that is refused harms no other.
    ///
    /// The answer has one result for each line, in order, each after its commit: `{"line":1,"externalId":"syrie-2024-12-01","status":201,"outcome":"created","id":"…","version":1,"revision":1,"warnings":[]}` or `{"line":2,"externalId":"syrie-2024-12-02","status":422,"problem":{…}}`.
    /// The last line is always `{"end":true,"lines":2,"created":1,"updated":0,"unchanged":0,"deleted":0,"failed":1}`, where `failed` counts all that were not carried out. **An answer without it was cut: send the whole again**; what was stored is `unchanged` then. It is cut when the server stops, when the key ends, and when nothing comes for a minute.
    ///
    /// - `status`, `outcome` and `problem` are what a request of its own would be answered. A deletion is 204 `deleted`. An `unpublish` or `delete` of what is no longer there is 200 `unchanged`, and so is an `unpublish` of what was never published or has expired; such a result has no `id`.
    /// - The `pointer` of an error or a warning points into the `article`, as for a push. What stands around it plays the part of address and query, and is named by `parameter`: `op`, `source`, `externalId`, `article`, `reason`. A line that is no object at all has an empty `pointer`. In a problem `invalid-json`, `line` is the line's own number. `externalId` is absent from a result where it cannot be read.
    /// - Send everything and then read, or read while you send. Whoever waits for the result of a line before sending the next gets it.
    /// - Requests for one article go before lines. With `Accept-Encoding: br` or `gzip` the answer comes packed; a request is not packed. `Change-Seq` covers the first results.
    /// - With `mode=atomic` nothing is carried out before all lines have come. One that is refused keeps all others from being stored: it has its `problem`, and so has every other bad one; the good ones answer `{"line":1,"status":424}`. Later lines are judged as if the good ones before them were done. All results come after one commit.
    /// - At most 16 of these requests run at once, and 2 with `mode=atomic`; another is 503 with `Retry-After`. `Idempotency-Key` is accepted and has no effect: each line can be sent again as it is.
    /// </remarks>
    private static BulkAnswer PushArticles(Query<BulkQuery> query, NdjsonBody body, BulkLines lines, Writer writer, BulkTurns turns, IHostApplicationLifetime life, Admission admission) =>
        new(lines, writer, turns, life, query.Value, body, admission);
}

/// <summary>The query of a bulk request.</summary>
internal sealed record BulkQuery(CreateMissing CreateMissing, bool IsDryRun, bool IsAtomic) : IQuery<BulkQuery>
{
    private static readonly QueryParameter Mode = new("mode", "`each`: every line stands for itself, and there may be any number of them. `atomic`: all lines, or none; at most 1,000 of them and 16 MiB together, 413 beyond.")
    {
        Values = ["each", "atomic"],
        Default = "each",
    };

    private static readonly QueryParameter DryRun = Writing.DryRun with
    {
        Description = "`true`: the same answer, warnings included, and nothing is written. Each line is judged against the database as it is, without the lines before it. The id of what would be made is not kept.",
    };

    public static IReadOnlyList<QueryParameter> Parameters { get; } = [.. PushQuery.Parameters, Mode, DryRun];

    public static BulkQuery Read(QueryReader reader) => new(PushQuery.Read(reader).CreateMissing, reader.Boolean(DryRun) == true, reader.Text(Mode) == "atomic");
}
