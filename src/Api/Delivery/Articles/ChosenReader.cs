using Galley.Content;
using Galley.Delivery.Search;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Finds articles by their ids, in the order of the ids; those that are hidden, or that a filter does not let through, are left out.</summary>
internal sealed class ChosenReader(SearchReader search)
{
    public async ValueTask<FoundPage> FindAsync(ArticleListQuery query, ScopeExpression filter, Session session, Instant now)
    {
        filter = query.Conditions.Narrow(filter);
        var range = ListRange.Of(query.Conditions.Published, now, isAscending: false);
        var found = new List<long>(query.Ids.Count);
        foreach (var id in query.Ids)
        {
            if (await session.FindAsync<SiftedRow>(
                $"select {SiftedRow.Columns} from edition where public_id = @id and {Visible.Now}", new { id = id.ToString(), now = now.Milliseconds }) is { } row
                && range.Holds(row.Position)
                && query.Conditions.Updated.Holds(row.UpdatedAt)
                && filter.Holds(row.ScopesAt(now))
                && (query.Question is not { } question || await search.HoldsAsync(question, row.Position, session, now)))
            {
                found.Add(row.Position);
            }
        }

        return new FoundPage(found, IsBackward: false, _ => new PageLinks());
    }
}
