using System.Security.Cryptography;
using System.Text;
using Galley.Content;
using Galley.Http;
using Galley.Storage;

namespace Galley.Keys;

/// <summary>Finds whoever holds a key. Only a keyed hash of it is stored, so the database alone opens nothing.</summary>
internal sealed class KeyReader(Database database, Secrets secrets, Clock clock, KeyOptions options)
{
    private static readonly byte[] Nothing = new byte[HMACSHA256.HashSizeInBytes];

    private readonly Lazy<byte[]> _pepper = new(() => secrets.For("api-key"));

    /// <summary>Asks the database each time: what was revoked is refused by the very next request.</summary>
    public async ValueTask<Caller?> FindAsync(string key, CancellationToken cancel)
    {
        var hash = HashOf(key);
        if (options.AdminKey is { } admin && CryptographicOperations.FixedTimeEquals(hash, HashOf(admin)))
            return new Caller("admin", KeyScope.All.ToHashSet(StringComparer.Ordinal), ContentLimits.None, ExpiresAt: null);

        if (KeyFormat.IdOf(key) is not { } id)
            return null;

        using var session = await database.ReadAsync(cancel);
        var row = await session.FindKeyAsync(id);
        return IsOneOf(hash, row, clock.Now)
            ? new Caller(id, row!.ScopeList.ToHashSet(StringComparer.Ordinal), row.Limits, row.ExpiresAt is { } end ? new Instant(end) : null)
            : null;
    }

    public byte[] HashOf(string key) => HMACSHA256.HashData(_pepper.Value, Encoding.UTF8.GetBytes(key));

    // An unknown id is compared too, and always with two secrets: it must not answer faster than a wrong secret, nor the newest faster than the one before.
    private static bool IsOneOf(byte[] hash, KeyRow? row, Instant now)
    {
        var isNewest = CryptographicOperations.FixedTimeEquals(hash, row?.Hash ?? Nothing);
        var isPrevious = CryptographicOperations.FixedTimeEquals(hash, row?.PreviousHash ?? Nothing);
        return row is not null && row.IsLive(now) && (isNewest || (isPrevious && row.HasPrevious(now)));
    }
}

/// <summary>The key that the configuration accepts as admin, if any.</summary>
internal sealed record KeyOptions(string? AdminKey);
