using Galley.Content;
using Galley.Delivery.Search;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Counts all that a list holds, as far as may be read for one answer.</summary>
internal sealed class TotalReader(UpdatedReader updated, SearchReader search, WalkBudget budget)
{
    /// <summary>How many articles the list of a query has, whatever its page; null where that is too many to count.</summary>
    public async ValueTask<long?> CountAsync(ArticleListQuery query, ScopeFilter scopes, Reach reach, Session session, Instant now)
    {
        var filter = await scopes.ResolveWholeAsync(query.Filter, reach);
        if (query.Question is { } question)
            return Within((await search.ListAsync(query, question, filter, budget.Entries + 1, session, now)).Count);

        filter = query.Conditions.Narrow(filter);
        var range = ListRange.Of(query.Conditions.Published, now, isAscending: false);
        if (filter is ScopeExpression.One(var scope) && query.Conditions.Updated.IsWhole)
            return Within(await session.CountListedAsync(scope, range, budget.Entries + 1, now));

        var narrowed = await updated.NarrowAsync(filter, query.Conditions.Updated, session, now);
        var walk = await new ScopeWalk(session, range, null, now, budget, narrowed is null ? query.Conditions.Updated : default).TakeAsync(narrowed ?? filter, budget.Entries);
        return walk.StoppedAt is null && walk.Positions.Count < budget.Entries ? walk.Positions.Count : null;
    }

    private long? Within(long count) => count <= budget.Entries ? count : null;
}
