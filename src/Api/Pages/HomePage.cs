using System.Globalization;
using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Pages;

/// <summary>The page at the root: what this is, how much it holds, where to go next.</summary>
internal static class HomePage
{
    // By these programs that follow feeds find them, given this page's address.
    private const string Feeds = """
        <link rel="alternate" type="application/atom+xml" title="Atom" href="/v1/feeds/atom">
        <link rel="alternate" type="application/rss+xml" title="RSS" href="/v1/feeds/rss">
        <link rel="alternate" type="application/feed+json" title="JSON Feed" href="/v1/feeds/json">
        """;

    public static void MapHome(this IEndpointRouteBuilder routes) => routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], ShowHome).Public().ExcludeFromDescription();

    private static async Task<IResult> ShowHome(Database database, Clock clock, GalleyOptions options, HttpContext context, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        // Without anonymous reading not even the number is anybody's business.
        var stories = options.AnonymousRead ? await session.CountShownAsync(Scope.All, clock.Now) : null as long?;
        var held = stories is { } count ? $"<p>It holds <strong>{count.ToString("N0", CultureInfo.InvariantCulture)}</strong> {(count == 1 ? "story" : "stories")} that readers can see now.</p>" : string.Empty;

        return Html.Page(context, options.SiteName, $"""
            <h1>{Html.Text(options.SiteName)}</h1>
            <p>This is Galley, a headless CMS API for newsrooms: stories are pushed in by scripts; apps, partner sites and any front end read them as JSON.</p>
            {held}
            <ul>
            <li><a href="/docs">Try the API</a>, or take its <a href="/openapi/v1.json">OpenAPI 3.1 document</a> to generate a client</li>
            <li><a href="/v1/articles">The newest stories</a>, <a href="/v1/section-tree">the sections</a>, <a href="/v1/tags">the tags</a>; the stories as <a href="/v1/feeds/rss">RSS</a>, <a href="/v1/feeds/atom">Atom</a> or <a href="/v1/feeds/json">JSON Feed</a></li>
            <li><a href="/problems">What each error means</a> and how to fix it</li>
            <li><a href="/health/ready">Whether it is ready</a></li>
            </ul>
            """, Feeds);
    }
}
