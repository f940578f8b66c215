using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Manage.ArticleList;

/// <summary>Reads one page of the newsroom's articles.</summary>
internal sealed class ManagedArticleListReader(Database database, Clock clock, NumberSeal seals, SiteOptions site, ManagedListBudget budget)
{
    /// <summary>The page, or null where the cursor is not one of this list.</summary>
    public async ValueTask<Page<ManagedArticleItem>?> ListAsync(ManagedArticleListQuery query, ContentLimits limits, CancellationToken cancel)
    {
        using var seal = seals.For(query.Identity);
        if (!ListCursor.TryRead(query.Cursor, seal, out var cursor))
            return null;

        using var session = await database.SnapshotAsync(cancel);
        var now = session.NotBefore(clock.Now);
        var walk = new ManagedArticleWalk(session, await Sieve.OfAsync(session, query.Filter, limits, now), site, budget, now);
        if (query.Ids.Count > 0)
            return Whole(await walk.ListAsync(await ListChosenAsync(session, query.Ids)));
        if (query.Filter is { ExternalId: { } externalId, Sources: [var source] })
            return Whole(await walk.ListAsync(await session.ListByOwnIdAsync(source, externalId)));

        var way = ListWay.Of(query.IsByCreation, cursor?.IsBackward == true);
        var portion = await walk.TakeAsync(way, cursor?.Place ?? way.Beginning, query.Limit);
        return new Page<ManagedArticleItem>
        {
            Data = cursor?.IsBackward == true ? [.. portion.Items.Reverse()] : portion.Items,
            Links = LinksOf(portion, way, cursor, seal),
        };
    }

    private static async ValueTask<IReadOnlyList<ListedRow>> ListChosenAsync(Session session, IReadOnlyList<Guid> ids)
    {
        var rows = (await session.ListByIdAsync(ids.Select(id => id.ToString()))).ToDictionary(row => row.Guid);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    private static Page<ManagedArticleItem> Whole(IReadOnlyList<ManagedArticleItem> items) => new() { Data = items, Links = new PageLinks() };

    // Onward is where the walk would go on in its own direction; the other way is open wherever it did not begin at an end of the list.
    private static PageLinks LinksOf(ListPortion portion, ListWay way, ListCursor? from, NumberSeal.SealedNumbers seal)
    {
        var behind = from is { } cursor ? portion.First ?? way.Including(cursor.Place) : null as ListPlace?;
        var (next, previous) = from?.IsBackward == true ? (behind, portion.Onward) : (portion.Onward, behind);
        return new PageLinks { Next = Write(next, isBackward: false), Previous = Write(previous, isBackward: true) };

        string? Write(ListPlace? place, bool isBackward) => place is { } at ? new ListCursor(at, isBackward).Write(seal) : null;
    }
}
