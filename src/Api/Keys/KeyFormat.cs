using System.Text;
using Galley.Content;

namespace Galley.Keys;

/// <summary>How an API key is written: <c>gal_live_{id}_{secret}{checksum}</c>. The checksum lets scanners tell a real key, and us refuse a mistyped one for free.</summary>
internal static class KeyFormat
{
    private const string Prefix = "gal_live_";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 8;
    private const int SecretLength = 32;
    private const int ChecksumLength = 6;

    /// <summary>A new key and the id it is looked up by.</summary>
    public static (string Id, string Key) Make(Randomness randomness)
    {
        var id = randomness.NewText(IdLength);
        return (id, Renew(id, randomness));
    }

    /// <summary>Another secret under an id that there is.</summary>
    public static string Renew(string id, Randomness randomness)
    {
        var body = $"{Prefix}{id}_{randomness.NewText(SecretLength)}";
        return body + ChecksumOf(body);
    }

    /// <summary>The id in a key that is written correctly; null for any other text.</summary>
    public static string? IdOf(string key)
    {
        if (key.Length != Prefix.Length + IdLength + 1 + SecretLength + ChecksumLength || !key.StartsWith(Prefix, StringComparison.Ordinal))
            return null;

        return ChecksumOf(key[..^ChecksumLength]) == key[^ChecksumLength..] ? key.Substring(Prefix.Length, IdLength) : null;
    }

    private static string ChecksumOf(string text)
    {
        var rest = Crc32(Encoding.UTF8.GetBytes(text));
        var digits = new char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            digits[i] = Alphabet[(int)(rest % (uint)Alphabet.Length)];
            rest /= (uint)Alphabet.Length;
        }

        return new string(digits);
    }

    // ISO 3309, bit by bit: 48 bytes, once a key.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
