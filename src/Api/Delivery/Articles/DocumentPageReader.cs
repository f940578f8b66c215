using Galley.Content;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Reads the whole articles of a list, not more of them than may be held in memory at once.</summary>
internal sealed class DocumentPageReader(Session session, WalkBudget budget, Instant now)
{
    /// <summary>A page ends with the article that reaches it.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>In how many forms each is told: so much less of them is read.</summary>
    public int Forms { get; init; } = 1;

    /// <summary>When they were updated, where that is asked and the filter does not say it.</summary>
    public InstantRange Updated { get; init; }

    private const string Newest = $"""
        select {DocumentRow.Columns}
        from listing l join edition e on e.position = l.position
        where l.scope = @scope and l.position <= @From and l.position >= @Until and {Visible.Listing}
        order by l.position desc
        limit @take + 0
        """;

    private const string Oldest = $"""
        select {DocumentRow.Columns}
        from listing l join edition e on e.position = l.position
        where l.scope = @scope and l.position >= @From and l.position <= @Until and {Visible.Listing}
        order by l.position
        limit @take + 0
        """;

    /// <summary>One that a walk has found.</summary>
    public const string AtPosition = $"select {DocumentRow.Columns} from edition e where e.position = @position and {Visible.Edition}";

    /// <summary>The first articles of a range that a filter lets through. Their documents may go among the bytes of a page.</summary>
    public async ValueTask<Portion<DocumentRow>> ReadAsync(
        ScopeExpression expression, IReadOnlySet<long>? languages, ListRange range, int count, PageBytes? into = null)
    {
        if (expression is not ScopeExpression.One(var scope) || languages is not null || !Updated.IsWhole)
            return await WalkAsync(expression, languages, range, count, into);

        var (rows, bytes, ahead) = (new List<DocumentRow>(), 0L, default(long?));
        var parameters = new { scope = scope.Packed, range.From, range.Until, take = count + 1, now = now.Milliseconds };
        await session.VisitAsync(range.IsAscending ? Oldest : Newest, parameters, row =>
        {
            // Of the row behind the page it is enough that it is there.
            if (rows.Count == count || bytes * Forms >= MaxBytes)
            {
                ahead = row.Integer(0);
                return false;
            }

            rows.Add(DocumentRow.Read(row, into));
            bytes += rows[^1].Document.Length;
            return true;
        });

        return new(rows, ahead is null ? null : range.Beyond(rows[^1].Position), ahead);
    }

    /// <summary>The articles at positions that were found to be visible: the first of them, as many as may be held at once.</summary>
    public async ValueTask<IReadOnlyList<DocumentRow>> ReadAsync(IReadOnlyList<long> positions, PageBytes? into = null)
    {
        var (rows, bytes) = (new List<DocumentRow>(), 0L);
        foreach (var position in positions.TakeWhile(_ => bytes * Forms < MaxBytes))
        {
            rows.Add((await session.FindAsync(AtPosition, new { position, now = now.Milliseconds }, row => DocumentRow.Read(row, into)))!);
            bytes += rows[^1].Document.Length;
        }

        return rows;
    }

    private async ValueTask<Portion<DocumentRow>> WalkAsync(
        ScopeExpression expression, IReadOnlySet<long>? languages, ListRange range, int count, PageBytes? into)
    {
        var (positions, stoppedAt) = JoinedScopes.Find(expression) is { } scopes && Updated.IsWhole
            ? await new ScopeJoin<long>(session, range, languages, now, scopes, JoinedEntries.Positions).TakeAsync(count + 1, budget)
            : await new ScopeWalk(session, range, languages, now, budget, Updated).TakeAsync(expression, count + 1);
        var rows = await ReadAsync([.. positions.Take(count)], into);
        return rows.Count < positions.Count ? new(rows, range.Beyond(rows[^1].Position), positions[rows.Count]) : new(rows, stoppedAt, null);
    }
}
