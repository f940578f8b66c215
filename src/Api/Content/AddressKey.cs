using System.Security.Cryptography;
using System.Text;

namespace Galley.Content;

/// <summary>By what an address is found again that is not an article's own path: a hash, equal for all spellings of the address and as short for the longest.</summary>
internal static class AddressKey
{
    /// <summary>Of an http or https URL in the form it is stored in.</summary>
    public static byte[] OfUrl(string url) => Of(WebAddress.Comparable(url));

    /// <summary>Of a path as it is asked for: decoded, with or without slashes at its ends.</summary>
    public static byte[] OfPath(string path) => Of($"/{path.Trim('/')}");

    /// <summary>Of an alias in the form it is stored in.</summary>
    public static byte[] OfAlias(string alias) => Alias.IsUrl(alias) ? OfUrl(alias) : OfPath(Alias.Decode(alias)!);

    private static byte[] Of(string address) => SHA256.HashData(Encoding.UTF8.GetBytes(address))[..16];
}
