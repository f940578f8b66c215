namespace Galley.Tests.Embargo;

/// <summary>Targets of lists, sections and tags.</summary>
internal static class ListTargets
{
    private static readonly string[] Orders = ["oldest", "oldest", "newest", "updated", "updated"];

    private static readonly string[] SearchOrders = ["oldest", "newest", "relevance", "updated"];

    private static readonly int[] Limits = [1, 1, 2, 3, 5, 100];

    public static string Articles(Pen pen, IReadOnlyDictionary<string, string> cursors)
    {
        // One rare condition alone: beside others a hidden article seldom meets all of them.
        if (pen.Random.Chance(25))
            return Join("/v1/articles", RareFilter(pen));

        var query = ArticleFilters(pen, out var isSearch);
        if (isSearch && pen.Random.Chance(30))
            query.Add("highlight=true");
        if (pen.Random.Chance(15))
            query.Add("count=exact");
        AddView(query, pen);
        return With("/v1/articles", query, pen, cursors);
    }

    // Some with a filter that nearly everything meets: it is joined, and a hidden article is found as soon as it is not hidden.
    public static string Feed(Pen pen, string format, IReadOnlyDictionary<string, string> cursors) =>
        With($"/v1/feeds/{format}", pen.Random.Chance(20) ? ["breaking=false", $"sort={pen.Random.Pick(Orders)}"] : ArticleFilters(pen, out _), pen, cursors);

    private static List<string> ArticleFilters(Pen pen, out bool isSearch)
    {
        var random = pen.Random;
        List<string> query = [];
        if (random.Chance(40))
            query.Add($"section={Pen.Escape(pen.TakeSome(ClueKind.Section))}");
        if (random.Chance(25))
            query.Add("depth=0");
        if (random.Chance(45))
            query.Add($"tags={Pen.Escape(pen.TakeTags())}");
        if (random.Chance(30))
            query.Add($"language={pen.TakeSome(ClueKind.Language)}");
        if (random.Chance(15))
            query.Add($"publishedAfter={pen.TakeInstant()}");
        if (random.Chance(15))
            query.Add($"publishedBefore={pen.TakeInstant()}");
        if (random.Chance(15))
            query.Add($"updatedAfter={pen.TakeInstant()}");
        if (random.Chance(10))
            query.Add($"updatedBefore={pen.TakeInstant()}");
        if (random.Chance(10))
            query.Add($"urgencyMax={random.Next(1, 10)}");
        if (random.Chance(10))
            query.Add(random.Chance(50) ? "breaking=true" : "breaking=false");
        if (random.Chance(10))
            query.Add(IdsOf(pen, 3));
        isSearch = random.Chance(45);
        if (isSearch)
            query.Add($"q={Pen.Escape(pen.TakeQuestion())}");
        if (random.Chance(40))
            query.Add($"sort={random.Pick(isSearch ? SearchOrders : Orders)}");
        return query;
    }

    private static List<string> RareFilter(Pen pen)
    {
        if (pen.Random.Chance(25))
            return [IdsOf(pen, 20), "count=exact"];

        List<string> query = [$"q={Pen.Escape(pen.TakeQuestion())}", $"sort={pen.Random.Pick(SearchOrders)}"];
        query.Add(pen.Random.Next(8) switch
        {
            0 or 1 => "breaking=true",
            2 => "breaking=false",
            3 => $"updatedAfter={pen.TakeInstant()}",
            4 => $"updatedBefore={pen.TakeInstant()}",
            5 => $"breaking=false&updatedAfter={pen.TakeInstant()}",
            _ => $"breaking=true&updatedBefore={pen.TakeInstant()}",
        });
        query.Add(pen.Random.Chance(50) ? "count=exact" : "limit=1");
        return query;
    }

    private static string IdsOf(Pen pen, int count) => $"ids={string.Join(',', Enumerable.Range(0, count).Select(_ => pen.Take(ClueKind.Id)).Distinct())}";

    public static string Changes(Pen pen)
    {
        var query = ChangeFilters(pen);
        if (pen.Random.Chance(60))
            query.Add($"limit={pen.Random.Pick(Limits)}");
        if (pen.Random.Chance(5))
            query.Add($"since={Pen.Escape(pen.Take(ClueKind.Id))}");
        AddMistake(query, pen);
        return Join("/v1/changes", query);
    }

    public static string ChangeStream(Pen pen) => Join("/v1/changes/stream", ChangeFilters(pen));

    private static List<string> ChangeFilters(Pen pen)
    {
        List<string> query = [];
        if (pen.Random.Chance(30))
            query.Add($"section={Pen.Escape(pen.TakeSome(ClueKind.Section))}");
        if (pen.Random.Chance(30))
            query.Add($"tags={Pen.Escape(pen.TakeTags())}");
        if (pen.Random.Chance(20))
            query.Add($"language={pen.TakeSome(ClueKind.Language)}");
        if (pen.Random.Chance(15))
            query.Add("source=wire");
        AddView(query, pen);
        return query;
    }

    public static string Sections(Pen pen, IReadOnlyDictionary<string, string> cursors)
    {
        List<string> query = [];
        if (pen.Random.Chance(40))
            query.Add($"parent={Pen.Escape(pen.Take(ClueKind.Section))}");
        AddLanguage(query, pen);
        return With("/v1/sections", query, pen, cursors);
    }

    public static string Section(Pen pen)
    {
        List<string> query = [];
        AddLanguage(query, pen);
        return Join($"/v1/sections/{pen.EscapePath(pen.Take(ClueKind.Section, 45))}", query);
    }

    public static string SectionTree(Pen pen)
    {
        List<string> query = [];
        AddLanguage(query, pen);
        AddMistake(query, pen);
        return Join("/v1/section-tree", query);
    }

    public static string Tags(Pen pen, IReadOnlyDictionary<string, string> cursors)
    {
        // Many tags begin with it, open and hidden ones: the longest walks, forth and back.
        if (pen.Random.Chance(20))
            return $"/v1/tags?kind={(pen.Random.Chance(50) ? "person" : "place")}&q=s&limit=1";

        List<string> query = [];
        var name = pen.Take(ClueKind.Name).Split(':', 2);
        if (pen.Random.Chance(40))
            query.Add($"kind={name[0]}");
        // One letter, as whoever begins to type: more than one tag answers to it.
        if (pen.Random.Chance(60))
            query.Add($"q={Pen.Escape(name[^1][..pen.Random.Pick([1, 1, Math.Min(name[^1].Length, 3)])])}");
        if (pen.Random.Chance(35))
            query.Add($"section={Pen.Escape(pen.Take(ClueKind.Section))}");
        AddLanguage(query, pen);
        return With("/v1/tags", query, pen, cursors);
    }

    public static string Tag(Pen pen)
    {
        List<string> query = [];
        AddLanguage(query, pen);
        var tag = pen.Take(ClueKind.Tag, 45).Split(':', 2);
        return Join($"/v1/tags/{tag[0]}/{Pen.Escape(tag[^1])}", query);
    }

    private static string With(string path, List<string> query, Pen pen, IReadOnlyDictionary<string, string> cursors)
    {
        if (pen.Random.Chance(70))
            query.Add($"limit={pen.Random.Pick(Limits)}");
        if (pen.Random.Chance(5))
            query.Add(pen.Random.Chance(50) || cursors.Count == 0 ? $"cursor={Pen.Escape(pen.Take(ClueKind.Id))}" : $"cursor={pen.Random.Pick([.. cursors.Values])}");

        AddMistake(query, pen);
        return Join(path, query);
    }

    private static void AddLanguage(List<string> query, Pen pen)
    {
        if (pen.Random.Chance(50))
            query.Add($"language={pen.Take(ClueKind.Language)}");
    }

    // What others decide, alone and beside the rest; and the text, which stands in no card.
    private static void AddView(List<string> query, Pen pen)
    {
        if (pen.Random.Chance(45))
            query.Add($"fields={pen.Random.Pick(["whole", "whole", "related(headline,id),translations(path)", "headline,translations", "related,breaking", "tags(name),section(ancestors(name)),canonicalUrl", "headline,body", "summary,related"])}");
        if (query.Any(each => each.StartsWith("fields=whole", StringComparison.Ordinal) || each.EndsWith(",body", StringComparison.Ordinal)) && pen.Random.Chance(40))
            query.Add($"format={pen.Random.Pick(["text", "html,blocks"])}");
        else if (pen.Random.Chance(5))
            query.Add("format=text");
    }

    private static void AddMistake(List<string> query, Pen pen)
    {
        if (!pen.Random.Chance(5))
            return;

        query.Add(pen.Random.Next(3) switch
        {
            0 => $"sectoin={Pen.Escape(pen.Take(ClueKind.Section))}",
            1 => $"{Pen.Escape(pen.Take(ClueKind.Slug))}=1",
            _ => $"limit={Pen.Escape(pen.Take(ClueKind.Id))}",
        });
    }

    private static string Join(string path, List<string> query) => query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
}
