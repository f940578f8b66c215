using Galley.Content;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>A visible article that is found by its canonical URL or an alias.</summary>
internal sealed class Addressed
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
    // All that ever had it in readers' sight, whether or not the writer has settled that.
    private const string Holders = """
        select public_id from article_address where address = @address
        union
        select h.public_id from edition_address a join edition h on h.position = a.position where a.address = @address and h.from_at <= @now
        """;

    /// <summary>Who has the address now: as canonical URL rather than as alias, and of several the newest.</summary>
    public static ValueTask<Addressed?> FindAddressedAsync(this Session session, byte[] address, Instant now) =>
        session.FindAsync<Addressed>(
            $"""
            select e.public_id, {Address.Path} as path, e.position, a.place
            from edition_address a join edition e on e.position = a.position
            where a.address = @address and {Visible.Edition}
            order by case when a.place = 0 then 0 else 1 end, e.position desc
            limit 1
            """,
            new { address, now = now.Milliseconds });

    /// <summary>Who had it in readers' sight: the newest that is visible still, else whether anybody.</summary>
    public static async ValueTask<FormerlyAddressed> FindFormerlyAddressedAsync(this Session session, byte[] address, Instant now)
    {
        var parameters = new { address, now = now.Milliseconds };
        var visible = await session.FindAsync<Addressed>(
            $"select public_id, {Address.Path} as path, position from edition e where public_id in ({Holders}) and {Visible.Now} order by position desc limit 1", parameters);

        return visible is not null
            ? new FormerlyAddressed(visible.PublicId, visible.Path)
            : new FormerlyAddressed(await session.FindAsync<string>($"select public_id from ({Holders}) limit 1", parameters), null);
    }
}
