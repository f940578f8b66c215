using Galley.Content;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Reads the whole articles of a list, not more of them than may be held in memory at once.</summary>
internal sealed class DocumentPageReader(Session session, WalkBudget budget, Instant now)
{
    /// <summary>A page ends with the article that reaches it.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    // To know a document's size the engine does not read it.
    private const string Columns = $"{ArticleReader.Columns}, e.version, length(e.document) as size, case when @isWhole = 1 then e.document else null end as document";

    private const string Newest = $"""
        select {Columns}
        from listing l join edition e on e.position = l.position
        where l.scope = @scope and l.position <= @From and l.position >= @Until and {Visible.Listing}
        order by l.position desc
        limit @take + 0
        """;

    private const string Oldest = $"""
        select {Columns}
        from listing l join edition e on e.position = l.position
        where l.scope = @scope and l.position >= @From and l.position <= @Until and {Visible.Listing}
        order by l.position
        limit @take + 0
        """;

    private const string AtPosition = $"select {Columns} from edition e where e.position = @position and {Visible.Edition}";

    /// <summary>The first articles of a range that a filter lets through, and where to go on; null at the end.</summary>
    public async ValueTask<(IReadOnlyList<DocumentRow> Rows, long? Onward)> ReadAsync(ScopeExpression expression, IReadOnlySet<long>? languages, ListRange range, int count)
    {
        if (expression is not ScopeExpression.One(var scope) || languages is not null)
            return await WalkAsync(expression, languages, range, count);

        var ahead = await ListAsync(scope, range, count + 1, isWhole: 0);
        var take = CountFitting(ahead, count);
        return take == 0 ? ([], null) : (await ListAsync(scope, range, take, isWhole: 1), take < ahead.Count ? range.Beyond(ahead[take - 1].Position) : null);
    }

    private ValueTask<IReadOnlyList<DocumentRow>> ListAsync(Scope scope, ListRange range, int take, int isWhole) =>
        session.ListAsync<DocumentRow>(range.IsAscending ? Oldest : Newest, new { scope = scope.Packed, range.From, range.Until, take, isWhole, now = now.Milliseconds });

    private static int CountFitting(IReadOnlyList<DocumentRow> ahead, int count)
    {
        var (take, bytes) = (0, 0L);
        while (take < Math.Min(ahead.Count, count) && bytes < MaxBytes)
            bytes += ahead[take++].Size;

        return take;
    }

    private async ValueTask<(IReadOnlyList<DocumentRow> Rows, long? Onward)> WalkAsync(ScopeExpression expression, IReadOnlySet<long>? languages, ListRange range, int count)
    {
        var walk = await new ScopeWalk(session, range, languages, now, budget).TakeAsync(expression, count + 1);
        var (rows, bytes) = (new List<DocumentRow>(), 0L);
        foreach (var position in walk.Positions.Take(count).TakeWhile(_ => bytes < MaxBytes))
        {
            rows.Add((await session.FindAsync<DocumentRow>(AtPosition, new { position, isWhole = 1, now = now.Milliseconds }))!);
            bytes += rows[^1].Size;
        }

        return (rows, rows.Count < walk.Positions.Count ? range.Beyond(rows[^1].Position) : walk.StoppedAt);
    }
}
