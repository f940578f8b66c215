namespace Galley.Tests.Embargo;

/// <summary>Targets of the pages beside the API, and of nothing.</summary>
internal static class PageTargets
{
    private static readonly string[] Codes = ["not-found", "gone", "invalid-cursor", "slug-taken", "state-conflict"];

    public static string Home(Pen pen) => Plain(pen, "/");

    public static string Problems(Pen pen) => Plain(pen, "/problems");

    public static string Problem(Pen pen) => $"/problems/{(pen.Random.Chance(70) ? pen.Random.Pick(Codes) : Pen.Escape(pen.Take(ClueKind.Slug)))}";

    // What nobody was given: whatever is known of a story leads to no preview of it.
    public static string Preview(Pen pen) => Plain(pen, $"/preview/{pen.Random.Next(3) switch
    {
        0 => pen.Take(ClueKind.Id),
        1 => Pen.Escape(pen.Take(ClueKind.Slug)),
        _ => pen.Take(ClueKind.Id).Replace("-", string.Empty, StringComparison.Ordinal),
    }}");

    public static string NoRoute(Pen pen) => pen.Random.Next(5) switch
    {
        0 => $"/v1/articles/{pen.Take(ClueKind.Id)}/revisions",
        1 => $"/v1/{Pen.Escape(pen.Take(ClueKind.Slug))}",
        2 => $"/v1/sources/{pen.Take(ClueKind.Source)}",
        3 => $"/preview/{pen.Take(ClueKind.Id)}/body",
        // Management, without a key.
        _ => $"/v1/manage/articles/{pen.Take(ClueKind.Id)}",
    };

    public static string Plain(Pen pen, string path) => pen.Random.Chance(10) ? $"{path}?q={Pen.Escape(pen.Take(ClueKind.Name))}" : path;
}
