using System.Buffers;
using System.Buffers.Text;

namespace Galley.Http;

/// <summary>The letters in which sealed bytes are written.</summary>
internal static class SealedText
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Whether it may have been written by a seal. The decoder passes over spaces and padding: one place would have many texts.</summary>
    public static bool IsPossible(string text) => !text.AsSpan().ContainsAnyExcept(Letters) && Base64Url.IsValid(text);
}
