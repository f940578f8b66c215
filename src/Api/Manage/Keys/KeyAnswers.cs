using Galley.Content;
using Galley.Http;
using Galley.Keys;
using Galley.Storage;

namespace Galley.Manage.Keys;

/// <summary>Makes of a stored key what management shows of it.</summary>
internal static class KeyAnswers
{
    public static async ValueTask<ApiKey> OfAsync(Session session, KeyRow row, Instant now) => new()
    {
        Id = row.Id,
        Label = row.Label,
        Scopes = row.ScopeList,
        Limits = await LimitsOfAsync(session, row.Limits),
        CreatedAt = new Instant(row.CreatedAt),
        RotatedAt = InstantOf(row.RotatedAt),
        HasPrevious = row.HasPrevious(now),
        PreviousExpiresAt = row.HasPrevious(now) ? InstantOf(row.PreviousExpiresAt) : null,
        ExpiresAt = InstantOf(row.ExpiresAt),
        RevokedAt = InstantOf(row.RevokedAt),
    };

    private static async ValueTask<KeyLimits?> LimitsOfAsync(Session session, ContentLimits limits) => limits.AreNone ? null : new KeyLimits
    {
        Sources = limits.Sources,
        Sections = limits.SectionIds is { } ids ? await PathsOfAsync(session, ids) : null,
        Languages = limits.Languages,
    };

    // A section that is gone has no path any more, and lets nothing through.
    private static async ValueTask<IReadOnlyList<string>> PathsOfAsync(Session session, IReadOnlyList<long> ids)
    {
        var paths = new List<string>();
        foreach (var id in ids)
        {
            if (await session.FindAsync<string>("select path from section where id = @id", new { id }) is { } path)
                paths.Add(path);
        }

        return paths;
    }

    private static Instant? InstantOf(long? milliseconds) => milliseconds is { } value ? new Instant(value) : null;
}
