using Galley.Content;
using Galley.Http;
using Galley.Publishing.Rendering;

namespace Galley.Preview;

/// <summary>One revision, for whoever holds the link. Outside both worlds: what makes the link is management's.</summary>
internal static class PreviewEndpoints
{
    public static void MapPreviews(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/preview/{token}", [HttpMethods.Get, HttpMethods.Head], ShowPreview).Public().ExcludeFromDescription();

    // Why there is nothing is nobody's business: unknown, expired and revoked are one answer.
    private static async Task<IResult> ShowPreview(string token, PreviewReader previews, CancellationToken cancel) =>
        await previews.FindAsync(token, cancel) is { } article ? new PreviewAnswer(article) : new NotFoundProblem();

    /// <summary>A previewed article. It has no tag, so that no cache has a reason to keep it.</summary>
    private sealed class PreviewAnswer(Article article) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (request, response) = (httpContext.Request, httpContext.Response);
            var body = ContentJson.Write(article);
            response.Headers.ContentLanguage = article.Language;
            response.ContentType = "application/json";
            response.ContentLength = body.Length;
            if (!HttpMethods.IsHead(request.Method))
                await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
