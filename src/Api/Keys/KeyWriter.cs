using Galley.Content;
using Galley.Storage;

namespace Galley.Keys;

/// <summary>Makes and revokes API keys.</summary>
internal sealed class KeyWriter(KeyReader keys, Randomness randomness)
{
    /// <summary>A new key; its secret is known now and never again.</summary>
    public async ValueTask<(string Id, string Key, Instant CreatedAt)> MakeAsync(WriteSession write, string? label, IEnumerable<string> scopes)
    {
        var (id, key) = KeyFormat.Make(randomness);
        await write.ExecuteAsync(
            "insert into api_key (id, label, hash, scopes, created_at) values (@id, @label, @hash, @scopes, @now)",
            new { id, label, hash = keys.HashOf(key), scopes = string.Join(' ', scopes), now = write.Now.Milliseconds });

        return (id, key, write.Now);
    }

    /// <summary>Whether there was such a key that still worked.</summary>
    public static async ValueTask<bool> RevokeAsync(WriteSession write, string id) =>
        await write.ExecuteAsync("update api_key set revoked_at = @now where id = @id and revoked_at is null", new { id, now = write.Now.Milliseconds }) > 0;
}
