using System.Globalization;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>Walking the list page by page, forwards and backwards, with many ties.</summary>
public sealed class ListArticlesPagesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("newest", 1)]
    [InlineData("newest", 3)]
    [InlineData("newest", 7)]
    [InlineData("oldest", 1)]
    [InlineData("oldest", 3)]
    [InlineData("oldest", 7)]
    public async Task Every_article_is_met_exactly_once_both_ways(string sort, int limit)
    {
        var section = await SectionWithTiesAsync(21);
        var address = $"/v1/articles?section={section}&sort={sort}&limit={limit}";
        var whole = (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&sort={sort}&limit=100")).Ids();

        var pages = await newsroom.Reader.PagesAsync(address);
        var back = new List<IReadOnlyList<string>>();
        for (var page = pages[^1]; page.Previous() is { } previous; back.Insert(0, page.Ids()))
            page = await newsroom.Reader.GetJsonAsync(address.WithCursor(previous));

        Assert.Equal(21, whole.Count);
        Assert.Equal(whole, pages.SelectMany(page => page.Ids()));
        Assert.Equal(pages.SkipLast(1).Select(page => page.Ids()), back);
    }

    [Fact]
    public async Task Oldest_is_exactly_the_reverse_of_newest()
    {
        var section = await SectionWithTiesAsync(15);

        var newest = await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={section}&limit=4");

        Assert.Equal(newest.Reverse(), await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={section}&limit=4&sort=oldest"));
    }

    [Fact]
    public async Task The_first_page_has_no_previous_and_the_last_no_next()
    {
        var section = await SectionWithTiesAsync(5);

        var pages = await newsroom.Reader.PagesAsync($"/v1/articles?section={section}&limit=2");

        Assert.Equal([false, true, true], pages.Select(page => page.Previous() is not null));
        Assert.Equal([true, true, false], pages.Select(page => page.Next() is not null));
        var single = await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=5");
        Assert.Equal("{}", single.GetProperty("page").GetRawText());
    }

    [Fact]
    public async Task The_page_reached_by_going_back_to_the_start_has_no_previous()
    {
        var section = await SectionWithTiesAsync(5);
        var address = $"/v1/articles?section={section}&limit=2";
        var pages = await newsroom.Reader.PagesAsync(address);

        var first = await newsroom.Reader.GetJsonAsync(address.WithCursor(pages[1].Previous()!));

        Assert.Equal(pages[0].Ids(), first.Ids());
        Assert.Null(first.Previous());
        Assert.Equal(pages[1].Ids(), (await newsroom.Reader.GetJsonAsync(address.WithCursor(first.Next()!))).Ids());
    }

    [Fact]
    public async Task A_cursor_does_not_depend_on_the_page_size()
    {
        var section = await SectionWithTiesAsync(10);
        var whole = (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}")).Ids();
        var next = (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=3")).Next()!;

        Assert.Equal(whole.Skip(3).Take(5), (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=5&cursor={next}")).Ids());
        Assert.Equal(whole.Skip(3), (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&cursor={next}")).Ids());
    }

    [Fact]
    public async Task A_cursor_does_not_depend_on_the_order_or_spelling_of_the_query()
    {
        var section = await SectionWithTiesAsync(4);
        var next = (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&language=en&publishedAfter=2025-01-01T00:00:00Z&limit=2")).Next()!;

        var page = await newsroom.Reader.GetJsonAsync($"/v1/articles?publishedAfter=2025-01-01T01:00:00%2B01:00&cursor={next}&language=EN&sort=newest&section={section}");

        Assert.Equal(2, page.Ids().Count);
    }

    [Theory]
    [InlineData("section={0}&sort=oldest")]
    [InlineData("section={0}&depth=0")]
    [InlineData("section={0},other")]
    [InlineData("section=other")]
    [InlineData("section={0}&language=en")]
    [InlineData("section={0}&tags=-place:a")]
    [InlineData("section={0}&publishedAfter=2025-01-01T00:00:00Z")]
    [InlineData("section={0}&publishedBefore=2027-01-01T00:00:00Z")]
    [InlineData("limit=2")]
    public async Task A_cursor_of_another_list_is_refused(string query)
    {
        var section = await SectionWithTiesAsync(3);
        var next = (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=2")).Next()!;

        var problem = await newsroom.Reader.GetAsync($"/v1/articles?{string.Format(CultureInfo.InvariantCulture, query, section)}&cursor={next}").ProblemAsync(400, "invalid-cursor");

        Assert.Equal(["cursor invalid-cursor"], problem.Errors());
    }

    [Theory]
    [InlineData("%20")]
    [InlineData("=")]
    [InlineData("%0A")]
    [InlineData("A")]
    public async Task A_cursor_is_taken_as_it_was_written_only(string more)
    {
        var section = await SectionWithTiesAsync(3);
        var next = (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=2")).Next()!;

        Assert.Equal(400, await newsroom.Reader.GetAsync($"/v1/articles?section={section}&cursor={next}{more}").StatusAsync());
    }

    [Fact]
    public async Task A_cursor_of_another_kind_of_list_is_refused()
    {
        var section = await SectionWithTiesAsync(3);
        var articles = (await newsroom.Reader.GetJsonAsync("/v1/articles?limit=1")).Next()!;
        await SectionWithTiesAsync(1);
        var sections = (await newsroom.Reader.GetJsonAsync("/v1/sections?limit=1")).Next()!;

        await newsroom.Reader.GetAsync($"/v1/sections?cursor={articles}").ProblemAsync(400, "invalid-cursor");
        await newsroom.Reader.GetAsync($"/v1/tags?cursor={sections}").ProblemAsync(400, "invalid-cursor");
        await newsroom.Reader.GetAsync($"/v1/articles?cursor={sections}").ProblemAsync(400, "invalid-cursor");
        Assert.NotEmpty(section);
    }

    [Fact]
    public async Task A_cursor_of_another_installation_is_refused()
    {
        var other = new Newsroom();
        await other.InitializeAsync();
        for (var i = 0; i < 2; i++)
            await other.Admin.PushedAsync(Given.Article());
        var foreign = (await other.Reader.GetJsonAsync("/v1/articles?limit=1")).Next()!;
        await other.DisposeAsync();

        await newsroom.Reader.GetAsync($"/v1/articles?cursor={foreign}").ProblemAsync(400, "invalid-cursor");
    }

    [Fact]
    public async Task A_cursor_that_was_changed_anywhere_is_refused()
    {
        var section = await SectionWithTiesAsync(3);
        var next = (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=2")).Next()!;
        var changed = Enumerable.Range(0, next.Length).SelectMany(i => new[] { 'A', 'z', '-', '0' }.Where(c => c != next[i]).Select(c => $"{next[..i]}{c}{next[(i + 1)..]}"))
            .Concat([next[1..], next[..^1], next + "A", next + next, "x", "AA", new string('A', 40), "%00", "é", "a b", $"{next}=="]);

        foreach (var cursor in changed)
        {
            var response = await newsroom.Reader.GetAsync($"/v1/articles?section={section}&limit=2&cursor={Uri.EscapeDataString(cursor)}");
            Assert.True((int)response.StatusCode == 400, $"{cursor} instead of {next} answers {(int)response.StatusCode}");
        }
    }

    private async Task<string> SectionWithTiesAsync(int count)
    {
        var section = Own.Section();
        // Three instants only: most articles stand beside others of the same millisecond.
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", $"2025-12-0{1 + (i % 3)}T00:00:00Z"))));
        return section;
    }
}
