namespace Galley.Tests.Embargo;

/// <summary>Targets of single articles, by id and by path.</summary>
internal static class ArticleTargets
{
    public static string ById(Pen pen)
    {
        var id = pen.Take(ClueKind.Id, 30);
        return $"/v1/articles/{pen.Random.Next(20) switch { 0 => id.ToUpperInvariant(), 1 => id[..^1], 2 => id + "1", _ => id }}{Format(pen, '?')}";
    }

    public static string Related(Pen pen) => $"/v1/articles/{pen.Take(ClueKind.Id, 30)}/related{(pen.Random.Chance(40) ? $"?limit={pen.Random.Pick([1, 2, 20])}" : string.Empty)}";

    public static string ByPath(Pen pen) => $"/v1/articles/by-path/{pen.EscapePath(Path(pen))}{Format(pen, '?')}";

    public static string ByPathQuery(Pen pen) => $"/v1/articles/by-path?path={Pen.Escape(Path(pen))}{Format(pen, '&')}";

    private static string Format(Pen pen, char sign) => pen.Random.Next(6) switch
    {
        0 => $"{sign}format=html",
        1 => $"{sign}format=text,blocks",
        2 => $"{sign}format=markdown,html,text",
        _ => string.Empty,
    };

    public static string ByUrl(Pen pen)
    {
        var url = pen.Random.Chance(50) ? pen.Take(ClueKind.Url) : SiteUrl(pen.Take(ClueKind.Path));
        return $"/v1/articles/by-url?url={Pen.Escape(pen.Random.Next(12) switch { 0 => url + "#top", 1 => url.Replace("https://", "HTTPS://", StringComparison.Ordinal), 2 => url + "/", _ => url })}{Format(pen, '&')}";
    }

    /// <summary>The address of an article on a website that the server of some worlds knows of.</summary>
    public static string SiteUrl(string path) => $"https://site.example.org/{string.Join('/', path.Split('/').Select(Pen.Escape))}";

    private static string Path(Pen pen)
    {
        if (pen.Random.Chance(20))
            return pen.Take(ClueKind.OldPath).Trim('/');

        var path = pen.Take(ClueKind.Path, 25);
        var parts = path.Split('/');
        return pen.Random.Next(16) switch
        {
            // The article elsewhere: in a section of another, in none, under another's slug, in another language.
            0 or 1 => $"{parts[0]}/{pen.Take(ClueKind.Section)}/{parts[^1]}",
            2 => $"{parts[0]}/{parts[^1]}",
            3 => string.Join('/', [.. parts[..^1], pen.Take(ClueKind.Slug)]),
            4 => string.Join('/', [pen.Take(ClueKind.Language), .. parts[1..]]),
            5 => $"{pen.Take(ClueKind.Language)}/{pen.Take(ClueKind.Section)}/{pen.Take(ClueKind.Slug)}",
            6 => $"{parts[0].ToUpperInvariant()}/{string.Join('/', parts[1..])}",
            _ => path,
        };
    }
}
