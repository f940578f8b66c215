using Galley.Http;

namespace Galley.Pages;

/// <summary>A page for each problem code: the address in a problem's <c>type</c>.</summary>
internal static class ProblemPages
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapProblemPages(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/problems", Reading, ListProblems).Public().ExcludeFromDescription();
        routes.MapMethods("/problems/{code}", Reading, ShowProblem).Public().ExcludeFromDescription();
    }

    private static IResult ListProblems(HttpContext context) => Html.Page(context, "Problems", $"""
        <h1>Problems</h1>
        <p>Every error is a problem document (RFC 9457). Programs switch on <code>code</code>.</p>
        <ul>{string.Concat(Problems.Catalogue.OrderBy(kind => kind.Status).Select(kind => $"<li>{kind.Status} <a href=\"/problems/{kind.Code}\"><code>{kind.Code}</code></a> – {Html.Text(kind.Title)}</li>"))}</ul>
        """);

    private static IResult ShowProblem(string code, HttpContext context) => Problems.Find(code) is not { } kind
        ? new NotFoundProblem()
        : Html.Page(context, kind.Title, $"""
            <h1>{Html.Text(kind.Title)}</h1>
            <p>Status {kind.Status}, code <code>{kind.Code}</code></p>
            <p>{Html.Text(kind.Help)}</p>
            <p><a href="/problems">All problems</a></p>
            """);
}
