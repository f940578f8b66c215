using System.Globalization;
using System.Text.Json;

namespace Galley.Tests.Support;

/// <summary>One article of a random archive, as far as filters ask.</summary>
public sealed record RandomArticle(string Id, string? Section, IReadOnlySet<string> Tags, string Language, DateTimeOffset PublishedAt)
{
    public int? Urgency { get; init; }

    public bool IsBreaking { get; init; }

    public IReadOnlySet<string> Words { get; init; } = new HashSet<string>();

    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A newsroom with a few hundred random articles: many ties, few sections and tags, some of them rare. Some articles are hidden.</summary>
public class RandomArchive : Newsroom, IAsyncLifetime
{
    public static readonly string[] Tags = ["place:p1", "place:p2", "place:p3", "person:q1", "person:q2", "event:e1", "keyword:k1", "keyword:rare"];
    public static readonly string[] Sections = ["a", "a/b", "a/b/c", "d", "d/e", "f"];
    public static readonly string[] Languages = ["en", "fr", "ar"];
    public static readonly string[] Words = ["river", "bridge", "mayor", "storm", "harvest"];

    private readonly List<RandomArticle> _articles = [];

    public IReadOnlyList<RandomArticle> Articles => _articles;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var dice = new Random(20260115);
        for (var batch = 0; batch < 10; batch++)
        {
            _articles.AddRange((await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => PushAsync(dice)).ToList())).OfType<RandomArticle>());
            Clock.Advance(TimeSpan.FromMinutes(7));
        }

        for (var i = 0; i < _articles.Count; i++)
            _articles[i] = Seen(_articles[i], await Reader.GetJsonAsync($"/v1/articles/{_articles[i].Id}"));
    }

    /// <summary>Walks the list and compares it with what a filter means for each article.</summary>
    public async Task FindsExactlyAsync(RandomFilter filter, int limit)
    {
        var (query, holds) = (filter.Query, filter.Holds);
        var expected = _articles.Where(holds).Select(article => article.Id).Order().ToList();
        // Small pages where little is found; a long walk of single articles would only take time.
        limit = Math.Max(limit, expected.Count / 40);
        var pages = await Reader.PagesAsync(string.Create(CultureInfo.InvariantCulture, $"/v1/articles?limit={limit}&{query}"));
        var found = pages.SelectMany(page => page.Data()).Select(card => (Id: card.Text("id"), At: card.GetProperty(filter.Sort == "updated" ? "updatedAt" : "publishedAt").GetDateTimeOffset())).ToList();

        Assert.True(expected.SequenceEqual(found.Select(each => each.Id).Order()), $"{query}: {expected.Count} expected, {found.Count} found.");
        var times = found.Select(each => each.At).ToList();
        if (filter.Sort != "relevance")
            Assert.True(times.SequenceEqual(filter.Sort == "oldest" ? times.Order() : times.OrderDescending()), $"{query} is not in order.");
        Assert.All(pages, page => Assert.True(page.Data().Count <= limit));
        await HasTheseAsync(filter, expected);
    }

    // Counted, walked back, and asked for one by one it is the same list.
    private async Task HasTheseAsync(RandomFilter filter, IReadOnlyList<string> expected)
    {
        var counted = (await Reader.GetJsonAsync($"/v1/articles?limit=1&count=exact&{filter.Query}")).GetProperty("page");
        Assert.True(!counted.TryGetProperty("total", out var total) || total.GetInt32() == expected.Count, $"{filter.Query}: {expected.Count} expected, {counted} counted.");

        var ids = _articles.Select(article => article.Id).OrderBy(id => id[^4..], StringComparer.Ordinal).Take(60).ToList();
        var chosen = await Reader.GetJsonAsync($"/v1/articles?ids={string.Join(',', ids)}&{filter.Query.Replace($"sort={filter.Sort}", "count=exact", StringComparison.Ordinal)}");
        Assert.Equal(ids.Where(expected.Contains), chosen.Ids());
        Assert.Equal(chosen.Ids().Count, chosen.GetProperty("page").GetProperty("total").GetInt32());
    }

    private RandomArticle Seen(RandomArticle article, JsonElement seen) => article with { IsBreaking = seen.GetProperty("breaking").GetBoolean(), UpdatedAt = seen.GetProperty("updatedAt").GetDateTimeOffset() };

    // A hidden article is pushed like the others, and no reader may find it.
    private async Task<RandomArticle?> PushAsync(Random dice)
    {
        var section = dice.Next(8) is var i && i < Sections.Length ? Sections[i] : null;
        var tags = Tags.Where(tag => dice.Next(tag.EndsWith("rare", StringComparison.Ordinal) ? 40 : 4) == 0).ToList();
        var language = Languages[dice.Next(Languages.Length)];
        var publishedAt = DateTimeOffset.Parse("2025-12-01T00:00:00Z", CultureInfo.InvariantCulture).AddHours(dice.Next(40));
        var isHidden = dice.Next(6) == 0;

        var story = Given.Article().Written(language).Tagged([.. tags]).With("publishedAt", publishedAt.ToString("o", CultureInfo.InvariantCulture).Replace("0000+", "+", StringComparison.Ordinal));
        if (section is not null)
            story.In(section);
        if (isHidden)
            story.With("embargoedUntil", Clock.In(TimeSpan.FromDays(1)));
        var urgency = dice.Next(3) == 0 ? dice.Next(1, 10) : null as int?;
        if (urgency is not null)
            story.With("urgency", urgency);
        // Some of them break no more when the archive is complete.
        if (dice.Next(4) == 0)
            story.With("breakingUntil", Clock.In(TimeSpan.FromMinutes(dice.Next(1, 140))));
        var words = Words.Where(_ => dice.Next(3) == 0).ToHashSet();

        var id = (await Admin.PushedAsync(story.Headed($"Report {string.Join(' ', words)}"))).Text("id");
        return isHidden ? null : new RandomArticle(id, section, tags.ToHashSet(), language, publishedAt) { Urgency = urgency, Words = words };
    }
}

/// <summary>A random filter: how it is written in a query, and what it means.</summary>
public sealed record RandomFilter(string Query, Func<RandomArticle, bool> Holds, string Sort)
{
    /// <summary>A random expression over tags, with more parentheses than it needs.</summary>
    public static (string Text, Func<RandomArticle, bool> Holds) Expression(Random dice, int depth)
    {
        var alternatives = Enumerable.Range(0, dice.Next(1, 4)).Select(_ => Enumerable.Range(0, dice.Next(1, 3)).Select(_ => Term(dice, depth)).ToList()).ToList();
        return (
            string.Join('|', alternatives.Select(terms => string.Join(',', terms.Select(term => term.Text)))),
            article => alternatives.Any(terms => terms.All(term => term.Holds(article))));
    }

    public static RandomFilter Any(Random dice)
    {
        var (parts, conditions) = (new List<string>(), new List<Func<RandomArticle, bool>>());
        if (dice.Next(3) > 0)
            AddTags(dice, parts, conditions);
        if (dice.Next(2) == 0)
            AddSections(dice, parts, conditions);
        if (dice.Next(2) == 0)
            AddLanguages(dice, parts, conditions);
        if (dice.Next(2) == 0)
            AddDates("published", article => article.PublishedAt, "2025-12-01T00:00:00Z", TimeSpan.FromHours(1), dice, parts, conditions);
        if (dice.Next(4) == 0)
            AddDates("updated", article => article.UpdatedAt, "2026-01-15T09:00:00Z", TimeSpan.FromMinutes(3), dice, parts, conditions);
        if (dice.Next(4) == 0)
            AddPress(dice, parts, conditions);
        var isSearch = dice.Next(4) == 0;
        if (isSearch)
            AddWords(dice, parts, conditions);

        var sort = dice.Next(isSearch ? 4 : 3) switch { 0 => "oldest", 1 => "newest", 2 => "updated", _ => "relevance" };
        parts.Add($"sort={sort}");
        return new RandomFilter(string.Join('&', parts), article => conditions.All(condition => condition(article)), sort);
    }

    private static void AddPress(Random dice, List<string> parts, List<Func<RandomArticle, bool>> conditions)
    {
        if (dice.Next(2) == 0)
        {
            var most = dice.Next(1, 10);
            parts.Add($"urgencyMax={most}");
            conditions.Add(article => article.Urgency <= most);
        }
        else
        {
            var isBreaking = dice.Next(2) == 0;
            parts.Add($"breaking={(isBreaking ? "true" : "false")}");
            conditions.Add(article => article.IsBreaking == isBreaking);
        }
    }

    private static void AddWords(Random dice, List<string> parts, List<Func<RandomArticle, bool>> conditions)
    {
        var words = RandomArchive.Words.OrderBy(_ => dice.Next()).Take(2).ToList();
        var isNegated = dice.Next(2) == 0;
        parts.Add($"q={words[0]}%20{(isNegated ? "-" : string.Empty)}{words[1]}");
        conditions.Add(article => article.Words.Contains(words[0]) && article.Words.Contains(words[1]) != isNegated);
    }

    private static (string Text, Func<RandomArticle, bool> Holds) Term(Random dice, int depth)
    {
        var isNegated = dice.Next(3) == 0;
        var (text, holds) = depth > 0 && dice.Next(4) == 0 ? Group(dice, depth - 1) : Tag(dice);
        return isNegated ? ($"-{text}", article => !holds(article)) : (text, holds);
    }

    private static (string Text, Func<RandomArticle, bool> Holds) Group(Random dice, int depth)
    {
        var (text, holds) = Expression(dice, Math.Min(depth, 1));
        // The grammar counts tags; three in a group keep the whole below its limit.
        return text.Split(':').Length > 4 ? Tag(dice) : ($"({text})", holds);
    }

    private static (string Text, Func<RandomArticle, bool> Holds) Tag(Random dice)
    {
        var tag = dice.Next(12) == 0 ? "place:unknown" : RandomArchive.Tags[dice.Next(RandomArchive.Tags.Length)];
        return (tag, article => article.Tags.Contains(tag));
    }

    private static void AddTags(Random dice, List<string> parts, List<Func<RandomArticle, bool>> conditions)
    {
        var (text, holds) = Expression(dice, 2);
        parts.Add($"tags={Uri.EscapeDataString(text)}");
        conditions.Add(holds);
    }

    private static void AddSections(Random dice, List<string> parts, List<Func<RandomArticle, bool>> conditions)
    {
        var sections = RandomArchive.Sections.Append("unknown").OrderBy(_ => dice.Next()).Take(dice.Next(1, 4)).ToList();
        var isAlone = dice.Next(3) == 0;
        parts.Add($"section={string.Join(',', sections)}{(isAlone ? "&depth=0" : string.Empty)}");
        conditions.Add(article => article.Section is { } stands && sections.Any(section => stands == section || (!isAlone && stands.StartsWith(section + "/", StringComparison.Ordinal))));
    }

    private static void AddLanguages(Random dice, List<string> parts, List<Func<RandomArticle, bool>> conditions)
    {
        var languages = RandomArchive.Languages.Append("de").OrderBy(_ => dice.Next()).Take(dice.Next(1, 4)).ToList();
        parts.Add($"language={string.Join(',', languages)}");
        conditions.Add(article => languages.Contains(article.Language));
    }

    private static void AddDates(string name, Func<RandomArticle, DateTimeOffset> of, string first, TimeSpan step, Random dice, List<string> parts, List<Func<RandomArticle, bool>> conditions)
    {
        var from = DateTimeOffset.Parse(first, CultureInfo.InvariantCulture) + (step * dice.Next(30));
        var to = from + (step * dice.Next(12));
        if (dice.Next(3) > 0)
        {
            parts.Add($"{name}After={from.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
            conditions.Add(article => of(article) >= from);
        }

        if (dice.Next(3) > 0)
        {
            parts.Add($"{name}Before={to.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
            conditions.Add(article => of(article) < to);
        }
    }
}
