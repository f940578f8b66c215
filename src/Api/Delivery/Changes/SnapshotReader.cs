using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Changes;

/// <summary>Reads what is visible, newest first, for whoever has nothing yet. What changes meanwhile stands in the log behind the place where the walk began.</summary>
internal sealed class SnapshotReader(Session session, ArticleFilter filter, Reach reach, WalkBudget budget, Instant now)
{
    private const string OfOneScope = $"""
        select {ArticleReader.Columns}, e.version, e.document
        from listing l join edition e on e.position = l.position
        where l.scope = @scope and l.position <= @From and {Visible.Listing}
        order by l.position desc
        limit @take + 0
        """;

    private const string AtPosition = $"select {ArticleReader.Columns}, e.version, e.document from edition e where e.position = @position and {Visible.Edition}";

    /// <summary>The first articles from a place on (null: the beginning), and where to go on; null at the end.</summary>
    public async ValueTask<(IReadOnlyList<DocumentRow> Rows, long? Onward)> ReadAsync(long? place, int count)
    {
        var range = ListRange.Of(null, null, now, isAscending: false);
        range = place is { } from ? range.StartingAt(from) : range;
        var (expression, languages) = await new ScopeFilter(session).ResolveAsync(filter, reach);
        if (expression is not ScopeExpression.One(var scope) || languages is not null)
            return await WalkAsync(expression, languages, range, count);

        var rows = await session.ListAsync<DocumentRow>(OfOneScope, new { scope = scope.Packed, range.From, take = count, now = now.Milliseconds });
        return (rows, rows.Count == count ? range.Beyond(rows[^1].Position) : null);
    }

    private async ValueTask<(IReadOnlyList<DocumentRow> Rows, long? Onward)> WalkAsync(ScopeExpression expression, IReadOnlySet<long>? languages, ListRange range, int count)
    {
        var walk = await new ScopeWalk(session, range, languages, now, budget).TakeAsync(expression, count);
        var rows = new List<DocumentRow>(walk.Positions.Count);
        foreach (var position in walk.Positions)
            rows.Add((await session.FindAsync<DocumentRow>(AtPosition, new { position, now = now.Milliseconds }))!);

        return (rows, walk.StoppedAt ?? (rows.Count == count ? range.Beyond(rows[^1].Position) : null));
    }
}
