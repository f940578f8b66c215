using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Search;

/// <summary>The order of what was found, and walking through it.</summary>
public sealed class SearchPagesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Relevance_is_by_where_the_words_stand_and_the_newest_first_within()
    {
        var (section, a, b) = (Own.Section(), Word(), Word());
        (string Headline, string Standfirst, string Text)[] stories =
        [
            ("x", "y", $"{a} z {b}"), ($"{a} {b} x", "y", "z"), ($"{b} x {a}", "y", "z"), ("x", $"{b}, {a}", "z"), ($"{a}", $"{b} {a}", "z"), ($"{a}", "y", b), ($"x {a} {b}", $"{a} {b}", $"{a} {b}"), ($"{a} x", "y", "z"),
        ];
        var ids = new List<string>();
        foreach (var story in stories)
        {
            var article = Given.Article().In(section).Headed(story.Headline).With("standfirst", story.Standfirst).Saying(story.Text).With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(-ids.Count - 1)));
            ids.Add((await newsroom.Admin.PushedAsync(article)).Text("id"));
        }

        var q = $"/v1/articles?q={a}%20{b}&limit=2";
        int[] ranked = [1, 6, 2, 3, 4, 0, 5];
        Assert.Equal(ranked.Select(i => ids[i]), await newsroom.Reader.WalkIdsAsync(q));
        Assert.Equal(ranked.Select(i => ids[i]), await newsroom.Reader.WalkIdsAsync($"{q}&sort=relevance&fields=whole"));
        Assert.Equal(ranked.Order().Select(i => ids[i]), await newsroom.Reader.WalkIdsAsync($"{q}&sort=newest"));
        Assert.Equal(ranked.OrderDescending().Select(i => ids[i]), await newsroom.Reader.WalkIdsAsync($"{q}&sort=oldest"));
        Assert.Equal(new[] { 1, 2, 4, 5, 6, 7, 3, 0 }.Select(i => ids[i]), await newsroom.Reader.WalkIdsAsync($"/v1/articles?q={a}"));
    }

    [Theory]
    [InlineData("relevance")]
    [InlineData("newest")]
    [InlineData("oldest")]
    public async Task The_way_back_shows_the_same_pages(string sort)
    {
        var (section, word) = (Own.Section(), Word());
        for (var i = 0; i < 11; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In(section).Headed(i % 3 == 0 ? word : "x").With("standfirst", i % 3 == 1 ? word : "x").Saying(word).With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(-i - 1))));

        foreach (var limit in new[] { 1, 2, 3, 5, 11 })
        {
            var address = $"/v1/articles?section={section}&q={word}&sort={sort}&limit={limit}";
            var pages = await newsroom.Reader.PagesAsync(address);
            Assert.Equal(11, pages.SelectMany(page => page.Ids()).Distinct().Count());
            var back = pages[^1];
            for (var i = pages.Count - 2; i >= 0; i--)
            {
                back = await newsroom.Reader.GetJsonAsync(address.WithCursor(back.Previous()!));
                Assert.Equal(pages[i].Ids(), back.Ids());
                Assert.Equal(pages[i + 1].Ids(), (await newsroom.Reader.GetJsonAsync(address.WithCursor(back.Next()!))).Ids());
            }

            Assert.Null(back.Previous());
        }
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_question_and_order()
    {
        var (section, word) = (Own.Section(), Word());
        for (var i = 0; i < 3; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In(section).Headed(word));
        var next = (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&q={word}&limit=1")).Next()!;

        await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&q={word}&sort=relevance&limit=2&highlight=true&fields=headline&cursor={next}");
        foreach (var other in new[] { $"section={section}", $"section={section}&q={word}x", $"section={section}&q={word}&sort=newest", $"q={word}" })
            await newsroom.Reader.GetAsync($"/v1/articles?{other}&cursor={next}").ProblemAsync(400, "invalid-cursor");
    }

    [Fact]
    public async Task Relevance_ends_after_the_best_thousand_and_the_other_orders_do_not()
    {
        var (section, word) = (Own.Section(), Word());
        for (var i = 0; i < 1_020; i += 60)
            await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => newsroom.Admin.PushedAsync(Given.Article().In(section).Headed(word))));

        Assert.Equal(1_000, (await newsroom.Reader.WalkIdsAsync($"/v1/articles?q={word}&limit=100")).Count);
        Assert.Equal(1_020, (await newsroom.Reader.WalkIdsAsync($"/v1/articles?q={word}&limit=100&sort=newest")).Count);
    }

    private static string Word() => Own.Word("word").Replace("-", "x", StringComparison.Ordinal);
}
