using System.Globalization;
using System.Text;
using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>A page of cards as it is served.</summary>
internal sealed record ListAtHand(IReadOnlyList<ReadOnlyMemory<byte>> Parts, byte[] Tag, PageLinks Links);

/// <summary>Reads one page of visible articles.</summary>
internal sealed class ArticleListReader(Database database, CursorSeal seal, Renderer renderer, Slots slots, WalkBudget budget)
{
    private const string NewestCards = $"""
        select c.position, c.slots, c.tag, c.card
        from listing l join card c on c.position = l.position
        where l.scope = @scope and l.position <= @From and l.position >= @Until and {Visible.Listing}
        order by l.position desc
        limit @take + 0
        """;

    private const string OldestCards = $"""
        select c.position, c.slots, c.tag, c.card
        from listing l join card c on c.position = l.position
        where l.scope = @scope and l.position >= @From and l.position <= @Until and {Visible.Listing}
        order by l.position
        limit @take + 0
        """;

    private static readonly byte[] Opening = "{\"data\":["u8.ToArray();

    private static readonly byte[] Comma = ","u8.ToArray();

    /// <summary>The page, or null where the cursor is not one of this list.</summary>
    public async ValueTask<ListAtHand?> ListAsync(ArticleListQuery query, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        var whole = ListRange.Of(query.PublishedAfter, query.PublishedBefore, now, query.IsOldestFirst);
        if (!TryPlace(query, whole, out var range, out var cursor))
            return null;

        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var (expression, languages) = await new ScopeFilter(snapshot).ResolveAsync(query.Filter, await Reach.OfAsync(snapshot, limits));

        var (cards, stoppedAt) = expression is ScopeExpression.One(var scope) && languages is null
            ? (await ReadCardsAsync(snapshot, scope, range, query.Limit + 1, now), null)
            : await WalkAsync(snapshot, expression, languages, range, query.Limit + 1, now);

        var page = cards.Take(query.Limit).ToList();
        if (cursor?.IsBackward == true)
            page.Reverse();

        var onward = cards.Count > query.Limit ? range.Beyond(cards[query.Limit - 1].Position) : stoppedAt;
        var links = LinksOf(query, whole, range, page, cursor, onward);
        return Assemble(page, await BreakingAsync(snapshot, page, now), await slots.ListPresentPathsAsync(snapshot, page, now), links);
    }

    private bool TryPlace(ArticleListQuery query, ListRange whole, out ListRange range, out Cursor? cursor)
    {
        cursor = query.Cursor is null ? null : seal.Read(query.Cursor, query.Identity);
        range = whole;
        if (query.Cursor is null)
            return true;
        if (cursor is not { } sealedCursor || !long.TryParse(sealedCursor.Place, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var place))
            return false;

        range = sealedCursor.IsBackward ? whole.Back.StartingAt(place) : whole.StartingAt(place);
        return true;
    }

    private static ValueTask<IReadOnlyList<CardRow>> ReadCardsAsync(Session session, Scope scope, ListRange range, int take, Instant now) =>
        session.ListAsync<CardRow>(range.IsAscending ? OldestCards : NewestCards, new { scope = scope.Packed, range.From, range.Until, take, now = now.Milliseconds });

    private async ValueTask<(IReadOnlyList<CardRow> Cards, long? StoppedAt)> WalkAsync(
        Session session, ScopeExpression expression, IReadOnlySet<long>? languages, ListRange range, int take, Instant now)
    {
        var walk = await new ScopeWalk(session, range, languages, now, budget).TakeAsync(expression, take);
        var cards = new List<CardRow>(walk.Positions.Count);
        foreach (var position in walk.Positions)
            cards.Add((await session.FindAsync<CardRow>("select position, slots, tag, card from card where position = @position", new { position }))!);

        return (cards, walk.StoppedAt);
    }

    // Onward is where the walk would go on in its own direction; the other way is open wherever the walk did not begin at an end of the list.
    private PageLinks LinksOf(ArticleListQuery query, ListRange whole, ListRange range, List<CardRow> page, Cursor? from, long? onward)
    {
        var behind = from is null ? null as long?
            : page.Count == 0 ? range.From
            : from.Value.IsBackward ? whole.Beyond(page[^1].Position)
            : whole.Back.Beyond(page[0].Position);
        var (next, previous) = from?.IsBackward == true ? (behind, onward) : (onward, behind);

        return new PageLinks { Next = Write(next, isBackward: false), Previous = Write(previous, isBackward: true) };

        string? Write(long? place, bool isBackward) =>
            place is { } at ? seal.Write(new Cursor(at.ToString(CultureInfo.InvariantCulture), isBackward), query.Identity) : null;
    }

    private static async ValueTask<HashSet<long>> BreakingAsync(Session session, IReadOnlyList<CardRow> page, Instant now)
    {
        var breaking = new HashSet<long>();
        foreach (var card in page.Where(card => ((SlotKinds)card.Slots).HasFlag(SlotKinds.Breaking)))
        {
            if (await session.FindAsync<long?>("select position from edition where position = @Position and breaking_until > @now", new { card.Position, now = now.Milliseconds }) is not null)
                breaking.Add(card.Position);
        }

        return breaking;
    }

    private ListAtHand Assemble(IReadOnlyList<CardRow> page, HashSet<long> breaking, IReadOnlyDictionary<long, string> presentPaths, PageLinks links)
    {
        var parts = new List<ReadOnlyMemory<byte>>((2 * page.Count) + 2) { Opening };
        using var tag = new MemoryStream();
        for (var i = 0; i < page.Count; i++)
        {
            if (i > 0)
                parts.Add(Comma);

            var isBreaking = breaking.Contains(page[i].Position);
            var presentPath = presentPaths.GetValueOrDefault(page[i].Position);
            parts.AddRange(slots.PartsOf(page[i], isBreaking, presentPath));
            tag.Write(page[i].Tag);
            tag.WriteByte(isBreaking ? (byte)1 : (byte)0);
            tag.Write(Encoding.UTF8.GetBytes(presentPath ?? string.Empty));
        }

        var end = Encoding.UTF8.GetBytes($"],\"page\":{ContentJson.WriteText(links)}}}");
        parts.Add(end);
        tag.Write(end);
        tag.Write(slots.Configured);
        return new ListAtHand(parts, renderer.TagOf(tag.ToArray()), links);
    }
}
