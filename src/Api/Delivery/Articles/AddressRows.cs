using Galley.Content;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>A visible article that is found by its canonical URL or an alias.</summary>
internal sealed class Addressed : Stand
{
    public string PublicId { get; init; } = string.Empty;

    public string Path { get; init; } = string.Empty;

    public long Position { get; init; }

    /// <summary>0 for the canonical URL that its sender gave.</summary>
    public long Place { get; init; }

    public bool IsCanonical => Place == 0;
}

/// <summary>What an address led to before, and where that stands now; without a path while it is not visible.</summary>
internal readonly record struct FormerlyAddressed(string? PublicId, string? Path);

/// <summary>Who has an address beside his path, and who had it.</summary>
internal static class AddressRows
{
    // Of more articles that share one address a reader with limits finds the newest only.
    private const int MaxSharing = 100;

    // All that ever had it in readers' sight, whether or not the writer has settled that.
    private const string Holders = """
        select public_id from article_address where address = @address
        union
        select h.public_id from edition_address a join edition h on h.position = a.position where a.address = @address and h.from_at <= @now
        """;

    /// <summary>Who has the address now: as canonical URL rather than as alias, and of several the newest.</summary>
    public static async ValueTask<Addressed?> FindAddressedAsync(this Session session, Reach reach, byte[] address, Instant now) =>
        await reach.WithinAsync(await session.ListAsync<Addressed>(
            $"""
            select e.public_id, {Address.Path} as path, e.position, a.place, e.section_id, e.language_id, e.source_id
            from edition_address a join edition e on e.position = a.position
            where a.address = @address and {Visible.Edition}
            order by case when a.place = 0 then 0 else 1 end, e.position desc
            limit @take + 0
            """,
            new { address, now = now.Milliseconds, take = reach.IsWhole ? 1 : MaxSharing })) is [var first, ..] ? first : null;

    /// <summary>Who had it in readers' sight: the newest that is visible still, else whether anybody.</summary>
    public static async ValueTask<FormerlyAddressed> FindFormerlyAddressedAsync(this Session session, Reach reach, byte[] address, Instant now)
    {
        var parameters = new { address, now = now.Milliseconds, take = reach.IsWhole ? 1 : MaxSharing };
        var visible = await reach.WithinAsync(await session.ListAsync<Addressed>(
            $"""
            select public_id, {Address.Path} as path, position, section_id, language_id, source_id
            from edition e
            where public_id in ({Holders}) and {Visible.Now}
            order by position desc
            limit @take + 0
            """,
            parameters));
        if (visible.Count > 0)
            return new FormerlyAddressed(visible[0].PublicId, visible[0].Path);

        foreach (var holder in await session.ListAsync<string>($"select public_id from ({Holders}) limit @take + 0", parameters))
        {
            if (reach.IsWhole || await ArticleReader.WasVisibleAsync(session, reach, holder, now))
                return new FormerlyAddressed(holder, null);
        }

        return default;
    }
}
