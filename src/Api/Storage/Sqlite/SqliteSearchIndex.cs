using Galley.Content;
using Galley.Content.Search;

namespace Galley.Storage.Sqlite;

/// <summary>The index in FTS5. <c>isVisible</c> is the condition under which readers see a listing under the alias <c>l</c>: of what they do not see nothing is counted and no page is cut by it.</summary>
internal sealed class SqliteSearchIndex(string isVisible) : SearchIndex
{
    private const int PagesOfSweep = 200;

    // Some ten milliseconds, for which whoever writes waits.
    private const int PagesOfMerge = 64;

    public override void Bring(Statements statements, IReadOnlyCollection<long> positions)
    {
        var sorted = positions.Distinct().Order().ToList();
        // A second row under a position would be taken in silence, and mixed with the first.
        foreach (var position in sorted)
            statements.ExecuteAsync("delete from search where rowid = @position", new { position }).Completed();

        foreach (var position in sorted)
        {
            if (statements.FindAsync<EditionText>("select document, scopes from edition where position = @position", new { position }).Completed() is { } edition)
                Insert(statements, position, SearchRow.Of(edition.Document, edition.Scopes));
        }
    }

    public override ValueTask<IReadOnlyList<long>> ListAsync(Session session, SearchExpression expression, SearchStretch stretch, SearchSieve sieve, int take, Instant now)
    {
        var (beyond, before, order) = stretch.IsAscending ? (">=", "<=", "search.rowid") : ("<=", ">=", "search.rowid desc");
        // The words first, whatever the planner thinks: it knows nothing of how rare they are.
        var sql = $"""
            select l.position
            from search cross join listing l on l.scope = 0 and l.position = search.rowid
            where search match @match and search.rowid {beyond} @From and search.rowid {before} @Until and {isVisible}{Passing(sieve)}
            order by {order}
            limit @take + 0
            """;
        return session.ListAsync<long>(
            sql, new { match = SearchSyntax.Write(expression), stretch.From, stretch.Until, since = sieve.Updated.From, before = sieve.Updated.Until, breaking = Scope.Breaking.Packed, take, now = now.Milliseconds });
    }

    public override async ValueTask ClearAsync(WriteSession write) => await write.ExecuteAsync("insert into search (search) values ('delete-all')");

    // A deleted row's words stay in the segments they were written in until those are merged: all of them here, in portions (https://sqlite.org/fts5.html#the_merge_command).
    public override ValueTask<bool> SweepAsync(WriteSession write, bool isBeginning) => MergeAsync(write, isBeginning ? -PagesOfSweep : PagesOfSweep);

    public override ValueTask<bool> MergeAsync(WriteSession write) => MergeAsync(write, PagesOfMerge);

    private static async ValueTask<bool> MergeAsync(WriteSession write, int pages)
    {
        var before = await write.FindAsync<long>("select total_changes()");
        await write.ExecuteAsync("insert into search (search, rank) values ('merge', @pages)", new { pages });
        return await write.FindAsync<long>("select total_changes()") - before > 1;
    }

    private string Passing(SearchSieve sieve)
    {
        var updated = sieve.Updated.IsWhole ? string.Empty : " and exists (select 1 from edition e where e.position = search.rowid and e.updated_at >= @since and e.updated_at < @before)";
        return sieve.IsBreaking is not { } isBreaking ? updated
            : $"{updated} and {(isBreaking ? string.Empty : "not ")}exists (select 1 from listing l where l.scope = @breaking and l.position = search.rowid and {isVisible})";
    }

    private static void Insert(Statements statements, long position, SearchRow row) => statements.ExecuteAsync(
        "insert into search (rowid, headline, standfirst, body, stems, scopes) values (@position, @Headline, @Standfirst, @Body, @Stems, @Scopes)",
        new { position, row.Headline, row.Standfirst, row.Body, row.Stems, row.Scopes }).Completed();

    private sealed class EditionText
    {
        public byte[] Document { get; init; } = [];

        public byte[] Scopes { get; init; } = [];
    }
}
