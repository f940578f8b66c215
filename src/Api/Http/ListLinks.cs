using System.Buffers;

namespace Galley.Http;

/// <summary>Where this API is, as others see it; never taken from a request.</summary>
internal sealed record PublicUrl(string Base);

/// <summary>Full URLs of a list and of the pages beside it, and the header that has those (RFC 8288).</summary>
internal sealed class ListLinks(PublicUrl url)
{
    // RFC 3986 §2, without the number sign, which would begin a fragment.
    private static readonly SearchValues<char> UriCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=%");

    public string? HeaderOf(HttpContext context, PageLinks links)
    {
        var path = Encode(RawTarget.PathOf(context));
        var header = string.Join(", ", new[] { LinkOf("next", links.Next), LinkOf("prev", links.Previous) }.OfType<string>());
        return header.Length == 0 ? null : header;

        string? LinkOf(string relation, string? cursor) =>
            cursor is null ? null : $"<{PageOf(context, path, cursor)}>; rel=\"{relation}\"";
    }

    /// <summary>The full URL of what was asked for, at this path.</summary>
    public string UrlOf(HttpContext context, string path) => Join(path, PairsOf(context));

    /// <summary>The same with another cursor, or, without one, of the first page.</summary>
    public string PageOf(HttpContext context, string path, string? cursor) =>
        Join(path, [.. PairsOf(context).Where(pair => !pair.StartsWith("cursor=", StringComparison.Ordinal)), .. cursor is null ? Array.Empty<string>() : [$"cursor={cursor}"]]);

    private static string[] PairsOf(HttpContext context) => Encode(RawTarget.QueryOf(context)).Split('&', StringSplitOptions.RemoveEmptyEntries);

    private string Join(string path, IReadOnlyList<string> pairs) => $"{url.Base}{path}{(pairs.Count == 0 ? string.Empty : "?")}{string.Join('&', pairs)}";

    // Lenient clients send bars and angle brackets as they are; in a header they would be no URI, or end it.
    private static string Encode(string raw) =>
        raw.AsSpan().ContainsAnyExcept(UriCharacters) ? string.Concat(raw.Select(c => UriCharacters.Contains(c) ? c.ToString() : Uri.HexEscape(c))) : raw;
}
