namespace Galley.Http;

/// <summary>Where this API is, as others see it; never taken from a request.</summary>
internal sealed record PublicUrl(string Base);

/// <summary>The Link header of a list: full URLs of the pages beside it (RFC 8288).</summary>
internal sealed class ListLinks(PublicUrl url)
{
    public string? HeaderOf(HttpContext context, PageLinks links)
    {
        var path = RawTarget.PathOf(context);
        var others = RawTarget.QueryOf(context).Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith("cursor=", StringComparison.Ordinal)).ToList();
        var header = string.Join(", ", new[] { LinkOf("next", links.Next), LinkOf("prev", links.Previous) }.OfType<string>());
        return header.Length == 0 ? null : header;

        string? LinkOf(string relation, string? cursor) =>
            cursor is null ? null : $"<{url.Base}{path}?{string.Join('&', others.Append($"cursor={cursor}"))}>; rel=\"{relation}\"";
    }
}
