using Galley.Content;
using Galley.Delivery.Search;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Finds what was updated last. What is little is put in order here; of what is much, all that was updated is gone through and sifted.</summary>
internal sealed class UpdatedReader(CursorSeal seal, SearchReader search, WalkBudget budget)
{
    /// <summary>One that was found.</summary>
    public const string AtPosition = $"select position, updated_at from edition where position = @position and {Visible.Now}";

    /// <summary>What was updated within a time; a filter is narrowed to these, and lets nothing else through than without.</summary>
    public const string UpdatedWithin = $"select position from edition where updated_at >= @From and updated_at < @Until and {Visible.Now} limit @take + 0";

    private const int SmallestChunk = 64;
    private const int LargestChunk = 512;

    // Sifting looks at the edition itself, which lies anywhere.
    private const int CostOfSifting = 4;

    // Asking the index of words about one article.
    private const int CostOfSearching = 40;

    // The plus keeps the planner from walking by position, which is another order.
    private const string LastFirst = $"""
        select {SiftedRow.Columns}
        from edition
        where (updated_at, position) < (@UpdatedAt, @Position) and updated_at >= @since and +position between @Lowest and @Highest and {Visible.Now}
        order by updated_at desc, position desc
        limit @take + 0
        """;

    private const string FirstFirst = $"""
        select {SiftedRow.Columns}
        from edition
        where (updated_at, position) > (@UpdatedAt, @Position) and updated_at < @before and +position between @Lowest and @Highest and {Visible.Now}
        order by updated_at, position
        limit @take + 0
        """;

    /// <summary>The page of a query behind its cursor, of what a filter lets through.</summary>
    public async ValueTask<FoundPage> FindAsync(ArticleListQuery query, Cursor? cursor, ScopeExpression filter, Session session, Instant now)
    {
        var (from, isBackward) = (cursor is { } known ? UpdatedPlace.Parse(known.Place) : null as UpdatedPlace?, cursor?.IsBackward == true);
        var sought = new Sought(query, ListRange.Of(query.Conditions.Published, now, isAscending: false), from, isBackward, query.Limit + 1);
        var (rows, stoppedAt) = await ListLittleAsync(sought, filter, session, now) is { } little
            ? (sought.Cut(little), null)
            : await SiftAsync(sought, query.Conditions.Narrow(filter), session, now);

        return new FoundPage([.. rows.Take(query.Limit).Select(row => row.Position)], isBackward, shown => LinksOf(query, rows, from, isBackward, stoppedAt, shown))
        {
            DependsOn = query.Question is null ? new Dependencies(Scopes: query.Conditions.Narrow(filter).Driving) : Dependencies.Any,
        };
    }

    /// <summary>A filter narrowed to what was updated within a time, where that is little; null where it is not, or nothing is asked.</summary>
    public async ValueTask<ScopeExpression?> NarrowAsync(ScopeExpression filter, InstantRange updated, Session session, Instant now)
    {
        if (updated.IsWhole)
            return null;

        var positions = await session.ListAsync<long>(
            UpdatedWithin, new { updated.From, updated.Until, now = now.Milliseconds, take = budget.Little + 1 });
        // Beside the filter whatever that is: languages are told by its listings.
        return positions.Count > budget.Little ? null : new ScopeExpression.All([new ScopeExpression.Among([.. positions.Order()]), filter]);
    }

    private async ValueTask<IReadOnlyList<SiftedRow>?> ListLittleAsync(Sought sought, ScopeExpression filter, Session session, Instant now)
    {
        if (sought.Query.Question is { } question)
        {
            var found = await search.ListAsync(sought.Query, question, filter, budget.Little + 1, session, now);
            return found.Count > budget.Little ? null : await LoadAsync(found, session, now);
        }

        filter = sought.Query.Conditions.Narrow(filter);
        var narrowed = await NarrowAsync(filter, sought.Updated, session, now);
        if (narrowed is null && !await IsLittleAsync(filter.Driving, sought.Range, session, now))
            return null;

        var walk = await new ScopeWalk(session, sought.Range, null, now, budget, narrowed is null ? sought.Updated : default).TakeAsync(narrowed ?? filter, budget.Little + 1);
        return walk.StoppedAt is null ? await LoadAsync(walk.Positions, session, now) : null;
    }

    private static async ValueTask<IReadOnlyList<SiftedRow>> LoadAsync(IReadOnlyList<long> positions, Session session, Instant now)
    {
        var rows = new List<SiftedRow>(positions.Count);
        foreach (var position in positions)
            rows.Add((await session.FindAsync<SiftedRow>(AtPosition, new { position, now = now.Milliseconds }))!);

        return rows;
    }

    private async ValueTask<bool> IsLittleAsync(IReadOnlyList<Scope> scopes, ListRange range, Session session, Instant now)
    {
        var rest = budget.Little + 1L;
        foreach (var scope in scopes)
        {
            rest -= await session.CountListedAsync(scope, range, rest, now);
            if (rest <= 0)
                return false;
        }

        return true;
    }

    private async ValueTask<(IReadOnlyList<SiftedRow> Rows, UpdatedPlace? StoppedAt)> SiftAsync(Sought sought, ScopeExpression filter, Session session, Instant now)
    {
        var (found, place, cost, take) = (new List<SiftedRow>(), sought.From, 0, SmallestChunk);
        while (true)
        {
            var rows = await session.ListAsync<SiftedRow>(
                sought.IsBackward ? FirstFirst : LastFirst,
                new { place.UpdatedAt, place.Position, since = sought.Updated.From, before = sought.Updated.Until, sought.Range.Lowest, sought.Range.Highest, now = now.Milliseconds, take });
            foreach (var row in rows.Where(row => filter.Holds(row.ScopesAt(now))))
            {
                cost += sought.Query.Question is null ? 0 : CostOfSearching;
                if (sought.Query.Question is not { } question || await search.HoldsAsync(question, row.Position, session, now))
                    found.Add(row);
            }

            if (rows.Count < take || found.Count >= sought.Take)
                return ([.. found.Take(sought.Take)], null);

            place = rows[^1].Place;
            cost += rows.Count * CostOfSifting;
            if (cost >= budget.Entries)
                return (found, place);

            take = Math.Min(LargestChunk, take * 2);
        }
    }

    private PageLinks LinksOf(ArticleListQuery query, IReadOnlyList<SiftedRow> rows, UpdatedPlace? from, bool isBackward, UpdatedPlace? stoppedAt, int shown)
    {
        var onward = rows.Count > shown ? (shown > 0 ? rows[shown - 1].Place : from) : stoppedAt;
        var behind = from is not { } place ? null as UpdatedPlace? : shown > 0 ? rows[0].Place : place.Including(isBackward);
        return isBackward
            ? new PageLinks { Next = Write(behind, isBackward: false), Previous = Write(onward, isBackward: true) }
            : new PageLinks { Next = Write(onward, isBackward: false), Previous = Write(behind, isBackward: true) };

        string? Write(UpdatedPlace? to, bool isBackward) => to is { } at ? seal.Write(new Cursor(at.ToString(), isBackward), query.Identity) : null;
    }

    /// <summary>What is looked for, and from where on.</summary>
    private sealed record Sought(ArticleListQuery Query, ListRange Range, UpdatedPlace? Place, bool IsBackward, int Take)
    {
        public InstantRange Updated => Query.Conditions.Updated;

        public UpdatedPlace From => Place ?? (IsBackward ? new UpdatedPlace(Updated.From, long.MinValue) : new UpdatedPlace(Updated.Until, long.MinValue));

        /// <summary>Of all that there is, what lies behind the place.</summary>
        public IReadOnlyList<SiftedRow> Cut(IEnumerable<SiftedRow> all) => IsBackward
            ? [.. all.Where(row => row.Place.CompareTo(From) > 0).OrderBy(row => row.UpdatedAt).ThenBy(row => row.Position).Take(Take)]
            : [.. all.Where(row => row.Place.CompareTo(From) < 0).OrderByDescending(row => row.UpdatedAt).ThenByDescending(row => row.Position).Take(Take)];
    }
}
