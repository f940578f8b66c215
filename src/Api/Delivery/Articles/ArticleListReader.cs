using Galley.Content;
using Galley.Http;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Reads one page of visible articles.</summary>
internal sealed class ArticleListReader(Database database, CursorSeal seal, FoundReader found, WalkedReader walked, TotalReader totals, ListAssembler assembler)
{
    /// <summary>The page, or null where the cursor is not one of this list.</summary>
    public async ValueTask<ListAtHand?> ListAsync(ArticleListQuery query, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        if (!seal.TryRead(query.Cursor, query.Identity, out var cursor))
            return null;

        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var reach = await Reach.OfAsync(snapshot, limits);
        var scopes = new ScopeFilter(snapshot);
        if (await found.FindAsync(query, cursor, scopes, reach, snapshot, now) is not { } page)
            return await walked.ReadAsync(query, cursor, scopes, query.IsCounted ? await totals.CountAsync(query, scopes, reach, snapshot, now) : null, snapshot, reach, now);

        var total = !query.IsCounted ? null : query.Ids.Count > 0 ? page.Positions.Count : await totals.CountAsync(query, scopes, reach, snapshot, now);
        return await assembler.ReadAsync(query, page, total, snapshot, reach, now);
    }
}
