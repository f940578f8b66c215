using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing.Rebuilding;

/// <summary>A place in the order of the listing.</summary>
internal sealed record ListingPlace(long Scope, long Position);

/// <summary>What a file still holds of the readers' world: whether it is as it must be, and what belongs to nothing any more.</summary>
internal static class Remains
{
    // More changes than any server tells of: no token of before leads behind them.
    private const long Leap = 1L << 30;

    /// <summary>Whether an edition and all that hangs on it stand as they were made again.</summary>
    public static async ValueTask<bool> AreAsync(WriteSession write, MadeEdition made)
    {
        var (row, position) = (made.Row, made.Row.Position);
        var stored = (await write.FindEditionAsync(position))!;
        if (!row.Document.AsSpan().SequenceEqual(stored.Document) || !row.Etag.AsSpan().SequenceEqual(stored.Etag) || !row.Scopes.AsSpan().SequenceEqual(stored.Scopes)
            || row with { Document = stored.Document, Etag = stored.Etag, Scopes = stored.Scopes } != stored)
        {
            return false;
        }

        var card = await write.FindAsync<CardParts>("select slots, tag, card from card where position = @position", new { position });
        if (card is null || card.Slots != made.Card.Slots || !card.Tag.AsSpan().SequenceEqual(made.Card.Tag) || !card.Card.AsSpan().SequenceEqual(made.Card.Card))
            return false;

        var addresses = await write.ListAsync<byte[]>("select address from edition_address where position = @position order by place", new { position });
        if (!addresses.Select(Convert.ToHexString).SequenceEqual(made.Content.Addresses.OrderBy(each => each.Place).Select(each => Convert.ToHexString(each.Address))))
            return false;

        return await write.FindAsync<long>("select count(*) from reference where position = @position", new { position }) == made.Content.Related.Count && await AreListedAsync(write, row);
    }

    /// <summary>Drops rows that hang on nothing.</summary>
    public static async ValueTask<bool> DropOrphansAsync(WriteSession write)
    {
        await write.ExecuteAsync("delete from edition where public_id not in (select public_id from article)");
        await write.ExecuteAsync("delete from card where position not in (select position from edition)");
        await write.ExecuteAsync("delete from reference where position not in (select position from edition)");
        await write.ExecuteAsync("delete from edition_address where position not in (select position from edition)");
        await write.ExecuteAsync("delete from listing where position not in (select position from edition)");
        await write.ExecuteAsync("delete from transition where article_id not in (select id from article)");
        await write.ExecuteAsync("delete from working_scope where article_id not in (select id from article)");
        await write.ExecuteAsync("delete from correction where article_id not in (select id from article)");
        await write.ExecuteAsync("update article_slug set is_current = 0 where is_current = 1 and not exists (select 1 from article a where a.id = article_slug.article_id and a.slug = article_slug.slug)");
        return true;
    }

    /// <summary>Takes editions out of the lists in which they do not stand, one portion of the listing. Answers where the next begins.</summary>
    public static async ValueTask<ListingPlace?> UnlistAsync(WriteSession write, ListingPlace after, int portion)
    {
        var rows = await write.ListAsync<ListedRow>(
            """
            select l.scope, l.position, e.scopes
            from listing l join edition e on e.position = l.position
            where (l.scope, l.position) > (@Scope, @Position)
            order by l.scope, l.position
            limit @portion + 0
            """,
            new { after.Scope, after.Position, portion });
        foreach (var row in rows.Where(row => !ScopeSet.Unpack(row.Scopes).Contains(new Scope(row.Scope))))
            await write.ExecuteAsync("delete from listing where scope = @Scope and position = @Position", new { row.Scope, row.Position });

        return rows.Count == portion ? new ListingPlace(rows[^1].Scope, rows[^1].Position) : null;
    }

    /// <summary>Counts the articles that readers see.</summary>
    public static async ValueTask CountShownAsync(WriteSession write)
    {
        var counts = new Dictionary<long, long>();
        await write.VisitAsync("select e.scopes from article a join edition e on e.position = a.shown_position", null, row =>
        {
            foreach (var scope in ScopeSet.Unpack(row.Bytes(0)).Where(scope => scope.HasShownCount))
                counts[scope.Packed] = counts.GetValueOrDefault(scope.Packed) + 1;
            return true;
        });

        await write.ExecuteAsync("delete from scope_shown");
        foreach (var (scope, articles) in counts)
            await write.ExecuteAsync("insert into scope_shown (scope, articles) values (@scope, @articles)", new { scope, articles });
    }

    /// <summary>Has the counters go on behind what they have given out.</summary>
    public static async ValueTask RaiseCountersAsync(WriteSession write) => write.GoOnBehind(
        await write.FindAsync<long>(
            """
            select coalesce(max(id), 0)
            from (select id from article union all select id from section union all select id from tag union all select id from source union all select id from translation_group) ids
            """),
        await write.FindAsync<long>("select coalesce(max(seq), 0) from change"));

    /// <summary>Knows again what readers saw and see no more, as far as the log or the article tells.</summary>
    public static async ValueTask RememberGoneAsync(WriteSession write)
    {
        await write.ExecuteAsync("delete from gone where public_id in (select public_id from article where shown_position is not null)");
        foreach (var kind in ChangeKind.Ends)
        {
            await write.ExecuteAsync(
                """
                insert into gone (public_id, reason, at)
                select c.public_id, c.kind, c.at
                from change c
                where c.kind = @kind and c.seq = (select max(n.seq) from change n where n.article_id = c.article_id)
                  and not exists (select 1 from article a where a.id = c.article_id and a.shown_position is not null)
                on conflict (public_id) do nothing
                """,
                new { kind });
        }

        await write.ExecuteAsync(
            $"""
            insert into gone (public_id, reason, at)
            select a.public_id, case a.state when '{ArticleState.TakenDown}' then '{ChangeKind.Takedown}' when '{ArticleState.Expired}' then '{ChangeKind.Expired}' else '{ChangeKind.Unpublished}' end, a.modified_at
            from article a
            where a.version > 0 and a.shown_position is null
            on conflict (public_id) do nothing
            """);
    }

    /// <summary>Ends all tokens: whoever follows may have been told what was wrong. The log itself stays where it is whole.</summary>
    public static async ValueTask BeginLogAnewAsync(WriteSession write, bool isBroken)
    {
        if (isBroken)
            await write.ExecuteAsync("delete from change");
        else
            await write.ExecuteAsync("update change set seq = seq + @Leap", new { Leap });

        var floor = write.Leap(Leap);
        await write.ExecuteAsync("update counter set value = @floor where name = 'change_floor'", new { floor });
    }

    private static async ValueTask<bool> AreListedAsync(WriteSession write, EditionRow row)
    {
        foreach (var scope in row.ScopeList)
        {
            var until = scope == Scope.Breaking ? Math.Min(row.UntilAt, row.BreakingUntil ?? row.UntilAt) : row.UntilAt;
            if (await write.FindAsync<long?>(
                "select position from listing where scope = @Packed and position = @Position and language_id = @LanguageId and from_at = @FromAt and until_at = @until",
                new { scope.Packed, row.Position, row.LanguageId, row.FromAt, until }) is null)
            {
                return false;
            }
        }

        return true;
    }

    private sealed class CardParts
    {
        public long Slots { get; init; }

        public byte[] Tag { get; init; } = [];

        public byte[] Card { get; init; } = [];
    }

    private sealed class ListedRow
    {
        public long Scope { get; init; }

        public long Position { get; init; }

        public byte[] Scopes { get; init; } = [];
    }
}
