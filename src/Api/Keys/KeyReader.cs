using System.Security.Cryptography;
using System.Text;
using Galley.Http;
using Galley.Storage;

namespace Galley.Keys;

/// <summary>Finds whoever holds a key. Only a keyed hash of it is stored, so the database alone opens nothing.</summary>
internal sealed class KeyReader(Database database, Secrets secrets, KeyOptions options)
{
    private static readonly byte[] Nothing = new byte[HMACSHA256.HashSizeInBytes];

    private readonly Lazy<byte[]> _pepper = new(() => secrets.For("api-key"));

    public async ValueTask<Caller?> FindAsync(string key, CancellationToken cancel)
    {
        var hash = HashOf(key);
        if (options.AdminKey is { } admin && CryptographicOperations.FixedTimeEquals(hash, HashOf(admin)))
            return new Caller("admin", KeyScope.All.ToHashSet(StringComparer.Ordinal));

        if (KeyFormat.IdOf(key) is not { } id)
            return null;

        using var session = await database.ReadAsync(cancel);
        var row = await session.FindAsync<KeyRow>("select hash, scopes from api_key where id = @id and revoked_at is null", new { id });

        // An unknown id is compared too: it must not answer faster than a wrong secret.
        return CryptographicOperations.FixedTimeEquals(hash, row?.Hash ?? Nothing) ? new Caller(id, row!.Scopes.Split(' ').ToHashSet(StringComparer.Ordinal)) : null;
    }

    public byte[] HashOf(string key) => HMACSHA256.HashData(_pepper.Value, Encoding.UTF8.GetBytes(key));

    private sealed class KeyRow
    {
        public byte[] Hash { get; init; } = [];

        public string Scopes { get; init; } = string.Empty;
    }
}

/// <summary>The key that the configuration accepts as admin, if any.</summary>
internal sealed record KeyOptions(string? AdminKey);
