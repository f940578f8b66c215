using System.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace Galley.Http;

/// <summary>The headers that every answer of a world carries, whatever the endpoint: caching, variance, cross-origin reading, hardening.</summary>
internal static class Conventions
{
    private const string AnonymousFresh = "public, max-age=10, stale-while-revalidate=20, stale-if-error=60";
    private const string AnonymousBrief = "public, max-age=10";
    private const string ToAKey = "private, no-cache";
    private const string NoStore = "no-store";

    // Swagger UI brings its own script and style, and draws its icons from data URLs.
    private const string DocumentationPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private const string ExposedHeaders = "ETag, Link, Last-Modified, Content-Language, Retry-After, Deprecation, Sunset";
    private const string AllowedHeaders = "If-None-Match, If-Modified-Since, Last-Event-ID, Min-Change-Seq, Cache-Control";

    /// <summary>Set before anything can answer; an endpoint may only make them narrower.</summary>
    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/docs") ? DocumentationPolicy : "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";

        switch (Worlds.Of(context.Request.Path))
        {
            case World.Delivery:
                headers.Vary = "Authorization, Accept-Encoding";
                AllowAnyOrigin(headers);
                break;
            case World.Management:
                headers.CacheControl = NoStore;
                break;
            default:
                if (Worlds.IsPreview(context.Request.Path))
                    KeepPrivate(headers);
                break;
        }
    }

    // Whoever holds the address may read it: no cache and no index may. Traces keep addresses too.
    private static void KeepPrivate(IHeaderDictionary headers)
    {
        headers.CacheControl = NoStore;
        headers["X-Robots-Tag"] = "noindex";
        Activity.Current?.SetTag("url.path", "/preview");
    }

    public static void AllowAnyOrigin(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = ExposedHeaders;
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
    }

    /// <summary>How long an answer of delivery stays fresh. Nothing but the status, the caller and a shown end decides: a lifetime must not tell what is coming.</summary>
    public static void SetFreshness(HttpContext context, int status, int? secondsToShownEnd = null)
    {
        if (Worlds.Of(context.Request.Path) != World.Delivery)
            return;

        var isMomentary = context.GetEndpoint()?.Metadata.GetMetadata<Momentary>() is not null;
        var hasKey = Caller.Of(context) is not null;
        context.Response.Headers.CacheControl = status switch
        {
            _ when isMomentary => NoStore,
            404 or 410 or 308 => hasKey ? ToAKey : AnonymousBrief,
            >= 400 => NoStore,
            _ when hasKey => ToAKey,
            _ when secondsToShownEnd is { } seconds => $"public, max-age={seconds}, must-revalidate",
            _ => AnonymousFresh,
        };
    }

    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey(HeaderNames.Origin) && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod);

    public static void AnswerPreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, HEAD";
        response.Headers.AccessControlAllowHeaders = AllowedHeaders;
        response.Headers.AccessControlMaxAge = "7200";
    }
}
