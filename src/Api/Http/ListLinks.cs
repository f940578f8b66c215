using System.Buffers;

namespace Galley.Http;

/// <summary>Where this API is, as others see it; never taken from a request.</summary>
internal sealed record PublicUrl(string Base);

/// <summary>The Link header of a list: full URLs of the pages beside it (RFC 8288).</summary>
internal sealed class ListLinks(PublicUrl url)
{
    // RFC 3986 §2, without the number sign, which would begin a fragment.
    private static readonly SearchValues<char> UriCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=%");

    public string? HeaderOf(HttpContext context, PageLinks links)
    {
        var path = Encode(RawTarget.PathOf(context));
        var others = Encode(RawTarget.QueryOf(context)).Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith("cursor=", StringComparison.Ordinal)).ToList();
        var header = string.Join(", ", new[] { LinkOf("next", links.Next), LinkOf("prev", links.Previous) }.OfType<string>());
        return header.Length == 0 ? null : header;

        string? LinkOf(string relation, string? cursor) =>
            cursor is null ? null : $"<{url.Base}{path}?{string.Join('&', others.Append($"cursor={cursor}"))}>; rel=\"{relation}\"";
    }

    // Lenient clients send bars and angle brackets as they are; in a header they would be no URI, or end it.
    private static string Encode(string raw) =>
        raw.AsSpan().ContainsAnyExcept(UriCharacters) ? string.Concat(raw.Select(c => UriCharacters.Contains(c) ? c.ToString() : Uri.HexEscape(c))) : raw;
}
