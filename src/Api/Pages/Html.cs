using System.Net;
using System.Text;

namespace Galley.Pages;

/// <summary>The few pages for people: plain HTML without script.</summary>
internal static class Html
{
    private const string Style = "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a}code{background:#f3f1ec;padding:.1em .3em}a{color:#0b57a4}";

    // The style above, and nothing else that a page could load or run.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IResult Page(HttpContext context, string title, string body, string head = "")
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "public, max-age=10";
        var html = $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Text(title)}</title><style>{Style}</style>{head}</head><body>{body}</body></html>";
        return Results.Content(html, "text/html; charset=utf-8", Encoding.UTF8);
    }

    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
