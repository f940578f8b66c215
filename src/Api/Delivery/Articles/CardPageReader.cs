using Galley.Content;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Reads the cards of a list.</summary>
internal sealed class CardPageReader(Session session, WalkBudget budget, Instant now)
{
    /// <summary>When they were updated, where that is asked and the filter does not say it.</summary>
    public InstantRange Updated { get; init; }

    private const string Newest = $"""
        select {CardRow.Columns}
        from listing l join card c on c.position = l.position
        where l.scope = @scope and l.position <= @From and l.position >= @Until and {Visible.Listing}
        order by l.position desc
        limit @take + 0
        """;

    private const string Oldest = $"""
        select {CardRow.Columns}
        from listing l join card c on c.position = l.position
        where l.scope = @scope and l.position >= @From and l.position <= @Until and {Visible.Listing}
        order by l.position
        limit @take + 0
        """;

    /// <summary>The first cards of a range that a filter lets through.</summary>
    public async ValueTask<Portion<CardRow>> ReadAsync(ScopeExpression expression, IReadOnlySet<long>? languages, ListRange range, int count)
    {
        var (cards, stoppedAt) = expression is ScopeExpression.One(var scope) && languages is null && Updated.IsWhole ? (await ListAsync(scope, range, count + 1), null)
            : JoinedScopes.Find(expression) is { } scopes && Updated.IsWhole ? await new ScopeJoin<CardRow>(session, range, languages, now, scopes, JoinedEntries.Cards).TakeAsync(count + 1, budget)
            : await WalkAsync(expression, languages, range, count + 1);

        return cards.Count > count ? new([.. cards.Take(count)], range.Beyond(cards[count - 1].Position), cards[count].Position) : new(cards, stoppedAt, null);
    }

    /// <summary>The cards at positions that were found to be visible.</summary>
    public async ValueTask<IReadOnlyList<CardRow>> ReadAsync(IReadOnlyList<long> positions)
    {
        var cards = new List<CardRow>(positions.Count);
        foreach (var position in positions)
            await session.VisitAsync($"select {CardRow.Columns} from card c where position = @position", new { position }, row => Add(cards, row));

        return cards;
    }

    private async ValueTask<IReadOnlyList<CardRow>> ListAsync(Scope scope, ListRange range, int take)
    {
        var cards = new List<CardRow>(take);
        await session.VisitAsync(range.IsAscending ? Oldest : Newest, new { scope = scope.Packed, range.From, range.Until, take, now = now.Milliseconds }, row => Add(cards, row));
        return cards;
    }

    private static bool Add(List<CardRow> cards, Row row)
    {
        cards.Add(CardRow.Read(row));
        return true;
    }

    private async ValueTask<(IReadOnlyList<CardRow> Cards, long? StoppedAt)> WalkAsync(ScopeExpression expression, IReadOnlySet<long>? languages, ListRange range, int take)
    {
        var walk = await new ScopeWalk(session, range, languages, now, budget, Updated).TakeAsync(expression, take);
        return (await ReadAsync(walk.Positions), walk.StoppedAt);
    }
}
