using Galley.Content;
using Galley.Delivery.Search;
using Galley.Http;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Finds the articles of a page where they are not simply the next of a listing: by their ids, by their words, by when they were updated.</summary>
internal sealed class FoundReader(ChosenReader chosen, SearchReader search, UpdatedReader updated)
{
    /// <summary>The page of a query behind its cursor; null where it is walked.</summary>
    public async ValueTask<FoundPage?> FindAsync(ArticleListQuery query, Cursor? cursor, ScopeFilter scopes, Reach reach, Session session, Instant now)
    {
        if (query.Ids.Count == 0 && query.Question is null && !query.IsByUpdate)
            return null;

        var filter = await scopes.ResolveWholeAsync(query.Filter, reach);
        return query switch
        {
            { Ids.Count: > 0 } => await chosen.FindAsync(query, filter, session, now),
            { Question: { } question, IsByUpdate: false } => await search.FindAsync(query, cursor, question, filter, session, now),
            _ => await updated.FindAsync(query, cursor, filter, session, now),
        };
    }
}
