using System.Security.Cryptography;
using System.Text;
using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>The tokens of previews: whoever holds one may read one revision. Of each only a keyed hash is kept.</summary>
internal sealed class PreviewTokens(Secrets secrets, Randomness randomness)
{
    // 190 bits.
    private const int Length = 32;

    private readonly Lazy<byte[]> _key = new(() => secrets.For("preview"));

    public string Make() => randomness.NewText(Length);

    public byte[] HashOf(string token) => HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(token));
}
