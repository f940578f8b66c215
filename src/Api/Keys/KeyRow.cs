using System.Globalization;
using Galley.Content;
using Galley.Http;

namespace Galley.Keys;

/// <summary>A key as stored: what it may do, until when, and the hashes of its secrets.</summary>
internal sealed class KeyRow
{
    public const string Columns =
        "id, label, hash, previous_hash, previous_expires_at, scopes, sources, section_ids, languages, created_at, rotated_at, expires_at, revoked_at";

    public string Id { get; init; } = string.Empty;

    public string? Label { get; init; }

    public byte[] Hash { get; init; } = [];

    /// <summary>Of the secret before the newest one, while there are two.</summary>
    public byte[]? PreviousHash { get; init; }

    public long? PreviousExpiresAt { get; init; }

    public string Scopes { get; init; } = string.Empty;

    public string? Sources { get; init; }

    public string? SectionIds { get; init; }

    public string? Languages { get; init; }

    public long CreatedAt { get; init; }

    public long? RotatedAt { get; init; }

    public long? ExpiresAt { get; init; }

    public long? RevokedAt { get; init; }

    public IReadOnlyList<string> ScopeList => Scopes.Split(' ');

    public ContentLimits Limits => Sources is null && SectionIds is null && Languages is null
        ? ContentLimits.None
        : new ContentLimits(PartsOf(Sources), PartsOf(SectionIds)?.Select(id => long.Parse(id, CultureInfo.InvariantCulture)).ToList(), PartsOf(Languages));

    /// <summary>Whether any secret of it opens anything.</summary>
    public bool IsLive(Instant now) => RevokedAt is null && !(ExpiresAt <= now.Milliseconds);

    public bool HasPrevious(Instant now) => PreviousHash is not null && !(PreviousExpiresAt <= now.Milliseconds);

    /// <summary>How a list stands in its column; none has spaces in it.</summary>
    public static string? Join<T>(IEnumerable<T>? parts) => parts is null ? null : string.Join(' ', parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)));

    private static string[]? PartsOf(string? text) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Reads the rows of keys.</summary>
internal static class KeyRows
{
    public static ValueTask<KeyRow?> FindKeyAsync(this Storage.Session session, string id) =>
        session.FindAsync<KeyRow>($"select {KeyRow.Columns} from api_key where id = @id", new { id });

    /// <summary>A key that still works and is limited to a section, by that section itself.</summary>
    public static async ValueTask<KeyRow?> FindKeyLimitedToAsync(this Storage.Session session, long sectionId, Instant now) =>
        (await session.ListAsync<KeyRow>($"select {KeyRow.Columns} from api_key where section_ids is not null and revoked_at is null order by id"))
            .FirstOrDefault(key => key.IsLive(now) && key.Limits.SectionIds!.Contains(sectionId));
}
