using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>
/// Who stands where when publication instant and random bits are alike, about once in half a million pairs. Cursors show positions, so a hidden edition
/// reserves none: it gives way to every one that appears earlier.
/// </summary>
internal static class PositionKeeper
{
    // Nobody is ever pushed farther than this.
    private const int Reach = 64;

    /// <summary>The first free place from <paramref name="wish"/> on for an edition that appears at <paramref name="from"/>.</summary>
    public static async ValueTask<Position> PlaceAsync(this WriteSession write, long articleId, Position wish, Instant from)
    {
        var place = wish;
        while (!await write.TryFreeAsync(articleId, place, from))
            place = place.Next;

        return place;
    }

    /// <summary>An edition that nobody saw has left <paramref name="position"/>: the hidden ones that had given way to it come back. An update stays beside what it updates.</summary>
    public static async ValueTask CloseGapAsync(this WriteSession write, long position)
    {
        var neighbours = await write.ListAsync<Neighbour>(
            """
            select e.position, e.article_id, e.public_id, e.published_at, e.from_at
            from edition e left join edition live on live.article_id = e.article_id and live.from_at <= @now
            where e.position > @position and e.position < @position + @Reach and e.from_at > @now
              and (live.position is null or abs(live.position - e.position) > 1)
            order by e.from_at, e.article_id
            """,
            new { position, Reach, now = write.Now.Milliseconds });

        foreach (var neighbour in neighbours.Where(neighbour => neighbour.Wish.Value < neighbour.Place.Value))
        {
            var place = await write.PlaceAsync(neighbour.ArticleId, neighbour.Wish, new Instant(neighbour.FromAt));
            if (place.Value < neighbour.Place.Value)
                await write.MoveAsync(neighbour.Position, place);
        }
    }

    // Whether nobody else stands there, or only one that appears later and has been sent on.
    private static async ValueTask<bool> TryFreeAsync(this WriteSession write, long articleId, Position place, Instant from)
    {
        var holders = await write.ListAsync<Neighbour>(
            "select position, article_id, public_id, published_at, from_at from edition where position in (@Value, @twin) and article_id <> @articleId",
            new { place.Value, twin = place.Other.Value, articleId });
        if (holders.Any(holder => holder.FromAt <= write.Now.Milliseconds || (holder.FromAt, holder.ArticleId).CompareTo((from.Milliseconds, articleId)) < 0))
            return false;

        foreach (var holder in holders)
            await write.MoveAsync(holder.Position, await write.PlaceAsync(holder.ArticleId, place.Next, new Instant(holder.FromAt)));

        return true;
    }

    private static async ValueTask MoveAsync(this WriteSession write, long position, Position place)
    {
        var moved = new { position, to = place.WithoutEdition.Value | (position & ~new Position(position).WithoutEdition.Value) };
        await write.ExecuteAsync("update edition set position = @to where position = @position", moved);
        await write.ExecuteAsync("update card set position = @to where position = @position", moved);
        await write.ExecuteAsync("update edition_address set position = @to where position = @position", moved);
        await write.ExecuteAsync("update reference set position = @to where position = @position", moved);

        write.Reindex(moved.position);
        write.Reindex(moved.to);
        foreach (var scope in ScopeSet.Unpack((await write.FindAsync<byte[]>("select scopes from edition where position = @to", moved))!))
            await write.ExecuteAsync("update listing set position = @to where scope = @Packed and position = @position", new { scope.Packed, moved.position, moved.to });
    }

    private sealed class Neighbour
    {
        public long Position { get; init; }

        public long ArticleId { get; init; }

        public string PublicId { get; init; } = string.Empty;

        public long PublishedAt { get; init; }

        public long FromAt { get; init; }

        public Position Place => new Position(Position).WithoutEdition;

        public Position Wish => Content.Position.Of(new Instant(PublishedAt), Guid.Parse(PublicId));
    }
}
