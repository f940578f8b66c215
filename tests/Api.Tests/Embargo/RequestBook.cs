using Galley.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Embargo;

/// <summary>Every address that anybody may ask, each with a way to make requests for it out of what is known of both worlds.</summary>
internal sealed class RequestBook(World world, Random random)
{
    private static readonly Dictionary<string, (int Share, Func<RequestBook, Pen, string> Write)> Addresses = new(StringComparer.Ordinal)
    {
        ["/v1/articles/"] = (34, (book, pen) => ListTargets.Articles(pen, book.Cursors)),
        ["/v1/articles/{id}"] = (12, (_, pen) => ArticleTargets.ById(pen)),
        ["/v1/articles/{id}/related"] = (8, (_, pen) => ArticleTargets.Related(pen)),
        ["/v1/articles/by-path"] = (6, (_, pen) => ArticleTargets.ByPathQuery(pen)),
        ["/v1/articles/by-path/{**path}"] = (14, (_, pen) => ArticleTargets.ByPath(pen)),
        ["/v1/articles/by-url"] = (8, (_, pen) => ArticleTargets.ByUrl(pen)),
        ["/v1/feeds/rss"] = (8, (book, pen) => ListTargets.Feed(pen, "rss", book.Cursors)),
        ["/v1/feeds/atom"] = (12, (book, pen) => ListTargets.Feed(pen, "atom", book.Cursors)),
        ["/v1/feeds/json"] = (8, (book, pen) => ListTargets.Feed(pen, "json", book.Cursors)),
        ["/v1/changes/"] = (14, (_, pen) => ListTargets.Changes(pen)),
        ["/v1/changes/stream"] = (4, (_, pen) => ListTargets.ChangeStream(pen)),
        ["/v1/sections"] = (6, (book, pen) => ListTargets.Sections(pen, book.Cursors)),
        ["/v1/sections/{**path}"] = (6, (_, pen) => ListTargets.Section(pen)),
        ["/v1/section-tree"] = (5, (_, pen) => ListTargets.SectionTree(pen)),
        ["/v1/tags/"] = (12, (book, pen) => ListTargets.Tags(pen, book.Cursors)),
        ["/v1/tags/{kind}/{slug}"] = (7, (_, pen) => ListTargets.Tag(pen)),
        ["/"] = (4, (_, pen) => PageTargets.Home(pen)),
        ["/problems"] = (4, (_, pen) => PageTargets.Problems(pen)),
        ["/problems/{code}"] = (4, (_, pen) => PageTargets.Problem(pen)),
        ["/health/live"] = (4, (_, pen) => PageTargets.Plain(pen, "/health/live")),
        ["/health/ready"] = (4, (_, pen) => PageTargets.Plain(pen, "/health/ready")),
        ["/preview/{token}"] = (4, (_, pen) => PageTargets.Preview(pen)),
        ["/openapi/v1.json"] = (4, (_, pen) => PageTargets.Plain(pen, "/openapi/v1.json")),

        // Served by a middleware, and by nothing at all.
        ["/docs/index.html"] = (4, (_, pen) => PageTargets.Plain(pen, "/docs/index.html")),
        ["(no route)"] = (4, (_, pen) => PageTargets.NoRoute(pen)),
    };

    /// <summary>Cursors that were given out, by the address that gave them.</summary>
    public Dictionary<string, string> Cursors { get; } = new(StringComparer.Ordinal);

    /// <summary>Tags that were given out, by the target that gave them.</summary>
    public Dictionary<string, string> Etags { get; } = new(StringComparer.Ordinal);

    /// <summary>Public addresses of the running server that no request is written for.</summary>
    public static IReadOnlyList<string> Unknown(IServiceProvider services) =>
    [
        .. services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Access>()?.Kind is AccessKind.Public or AccessKind.Delivery)
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Distinct()
            .Where(pattern => !Addresses.ContainsKey(pattern)),
    ];

    /// <summary>What somebody asks who looks at everything once.</summary>
    public IEnumerable<Ask> Batch() =>
        Addresses.SelectMany(address => Enumerable.Range(0, address.Value.Share).Select(_ => Write(address.Key, address.Value.Write))).Concat(world.Hidden.SelectMany(AskFor));

    // Whatever is hidden is asked for by all its names.
    private IEnumerable<Ask> AskFor(Story story)
    {
        if (story.Id is { } id)
            yield return new Ask("/v1/articles/{id}", $"/v1/articles/{id}", true);
        if (story.Id is { } beside)
            yield return new Ask("/v1/articles/{id}/related", $"/v1/articles/{beside}/related", true);
        foreach (var path in story.Paths.TakeLast(3))
            yield return new Ask("/v1/articles/by-path/{**path}", $"/v1/articles/by-path/{RawTarget.EncodePath(path)}", true);
        foreach (var address in story.Addresses)
            yield return address.Contains("://", StringComparison.Ordinal) ? AskByUrl(address) : new Ask("/v1/articles/by-path", $"/v1/articles/by-path?path={Pen.Escape(address)}", true);
        if (story.Paths.Count > 0)
            yield return AskByUrl(ArticleTargets.SiteUrl(story.Paths[^1]));
    }

    private static Ask AskByUrl(string url) => new("/v1/articles/by-url", $"/v1/articles/by-url?url={Pen.Escape(url)}", true);

    private Ask Write(string address, Func<RequestBook, Pen, string> write)
    {
        var pen = new Pen(world.Lore, random);
        var target = write(this, pen);
        var headers = Headers(target, pen).ToList();
        return new Ask(address, target, pen.IsHidden)
        {
            Method = random.Next(100) switch { < 5 => "HEAD", < 8 => "OPTIONS", < 9 => "POST", _ => "GET" },
            Headers = headers,
        };
    }

    private IEnumerable<string> Headers(string target, Pen pen)
    {
        if (Etags.TryGetValue(target, out var etag) && random.Chance(15))
            yield return $"If-None-Match: {etag}";
        else if (random.Chance(55))
            yield return $"If-None-Match: {pen.Take(ClueKind.Etag)}, \"{pen.Take(ClueKind.Id)}\"";
        else if (random.Chance(5))
            yield return "If-None-Match: *";
        else if (random.Chance(10))
            yield return $"If-Modified-Since: {DateTimeOffset.Parse(pen.TakeInstant(), System.Globalization.CultureInfo.InvariantCulture):R}";

        if (random.Chance(4) && !target.StartsWith("/v1/manage", StringComparison.Ordinal))
            yield return $"Authorization: Bearer {Support.Newsroom.AdminKey}";
        if (random.Chance(4))
            yield return "Origin: https://elsewhere.example";
        if (random.Chance(4))
            yield return "Accept-Encoding: gzip, br";
        if (random.Chance(3))
            yield return "Range: bytes=0-99";
    }
}
