using Galley.Content;
using Galley.Http;
using Galley.Storage;

namespace Galley.Keys;

/// <summary>Makes, rotates and revokes API keys.</summary>
internal sealed class KeyWriter(KeyReader keys, Randomness randomness)
{
    /// <summary>A new key; its secret is known now and never again.</summary>
    public async ValueTask<(string Id, string Key, Instant CreatedAt)> MakeAsync(
        WriteSession write, string? label, IEnumerable<string> scopes, ContentLimits? limits = null, Instant? expiresAt = null)
    {
        var (id, key) = KeyFormat.Make(randomness);
        await write.ExecuteAsync(
            """
            insert into api_key (id, label, hash, scopes, sources, section_ids, languages, created_at, expires_at)
            values (@id, @label, @hash, @scopes, @sources, @sectionIds, @languages, @now, @expiresAt)
            """,
            new
            {
                id,
                label,
                hash = keys.HashOf(key),
                scopes = KeyRow.Join(scopes),
                sources = KeyRow.Join(limits?.Sources),
                sectionIds = KeyRow.Join(limits?.SectionIds),
                languages = KeyRow.Join(limits?.Languages),
                now = write.Now.Milliseconds,
                expiresAt = expiresAt?.Milliseconds,
            });

        return (id, key, write.Now);
    }

    /// <summary>A new secret for a key. The present one goes on until <paramref name="previousExpiresAt"/> or the next rotation; the one before it ends now.</summary>
    public async ValueTask<string> RotateAsync(WriteSession write, string id, Instant? previousExpiresAt)
    {
        var key = KeyFormat.Renew(id, randomness);
        await write.ExecuteAsync(
            """
            update api_key
            set previous_hash = hash, previous_expires_at = @previousExpiresAt, hash = @hash, rotated_at = @now
            where id = @id and revoked_at is null
            """,
            new { id, hash = keys.HashOf(key), previousExpiresAt = previousExpiresAt?.Milliseconds, now = write.Now.Milliseconds });

        return key;
    }

    /// <summary>Ends the secret before the newest one.</summary>
    public static async ValueTask EndPreviousAsync(WriteSession write, string id) =>
        await write.ExecuteAsync("update api_key set previous_hash = null, previous_expires_at = null where id = @id", new { id });

    public static async ValueTask RevokeAsync(WriteSession write, string id) =>
        await write.ExecuteAsync("update api_key set revoked_at = @now where id = @id and revoked_at is null", new { id, now = write.Now.Milliseconds });
}
