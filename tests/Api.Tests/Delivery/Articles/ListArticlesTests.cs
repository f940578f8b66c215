using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>The list of visible articles and its filters.</summary>
public sealed class ListArticlesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Gives_cards_without_the_text()
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(Rich.Article(newsroom.Clock).In(section));

        var card = (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}")).Data().Single();

        Assert.Equal(
            [
                "id", "type", "version", "language", "direction", "slug", "path", "canonicalUrl", "kicker", "headline", "standfirst", "byline", "section", "tags", "leadImage", "urgency", "publishedAt",
                "updatedAt", "breaking",
            ],
            card.Members());
    }

    [Fact]
    public async Task Is_newest_first_or_oldest_first()
    {
        var section = Own.Section();
        var ids = new List<string>();
        foreach (var day in new[] { 3, 1, 2 })
            ids.Add((await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", $"2025-12-0{day}T00:00:00Z"))).Text("id"));

        Assert.Equal([ids[0], ids[2], ids[1]], (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}")).Ids());
        Assert.Equal([ids[0], ids[2], ids[1]], (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&sort=newest")).Ids());
        Assert.Equal([ids[1], ids[2], ids[0]], (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&sort=oldest")).Ids());
    }

    [Fact]
    public async Task Takes_in_what_stands_below_a_section_unless_told_not_to()
    {
        var top = Own.Section();
        var above = (await newsroom.Admin.PushedAsync(Given.Article().In(top))).Text("id");
        var below = (await newsroom.Admin.PushedAsync(Given.Article().In($"{top}/below/deep"))).Text("id");
        await newsroom.Admin.PushedAsync(Given.Article().In($"{top}-not"));

        Assert.Equal(Sorted(above, below), Sorted(await IdsAsync($"section={top}")));
        Assert.Equal([above], await IdsAsync($"section={top}&depth=0"));
        Assert.Equal([below], await IdsAsync($"section={top}/below"));
        Assert.Empty(await IdsAsync($"section={top}/below&depth=0"));
    }

    [Fact]
    public async Task Takes_any_of_several_sections_and_each_article_once()
    {
        var (a, b) = (Own.Section(), Own.Section());
        var first = (await newsroom.Admin.PushedAsync(Given.Article().In(a))).Text("id");
        var second = (await newsroom.Admin.PushedAsync(Given.Article().In($"{b}/below"))).Text("id");

        Assert.Equal(Sorted(first, second), Sorted(await IdsAsync($"section={a},{b}")));
        Assert.Equal(Sorted(first, second), Sorted(await IdsAsync($"section={a}%2C{b}")));
        Assert.Equal([second], await IdsAsync($"section={b},{b}/below"));
        Assert.Equal([first], await IdsAsync($"section={a},{b}&depth=0"));
        Assert.Equal([first], await IdsAsync($"section={a},no-such-section"));
    }

    [Theory]
    [InlineData("section=no-such-section")]
    [InlineData("section=no-such-section,nor-this-one&depth=0")]
    [InlineData("tags=place:no-such-place")]
    [InlineData("language=tlh")]
    [InlineData("section=no-such-section&language=tlh&tags=-place:no-such-place")]
    public async Task Is_empty_for_what_does_not_exist(string query) => Assert.Equal("""{"data":[],"page":{}}""", (await newsroom.Reader.GetJsonAsync($"/v1/articles?{query}")).GetRawText());

    [Fact]
    public async Task Says_the_same_of_a_section_that_only_hidden_articles_use_as_of_none()
    {
        var (section, tag) = (Own.Section(), Own.Tag());
        await newsroom.Admin.PushedAsync(Given.Article().In(section).Tagged(tag).Written("cy").AsDraft());

        var none = await newsroom.Reader.GetAsync("/v1/articles?section=no-such-section");
        foreach (var query in new[] { $"section={section}", $"tags={tag}", "language=cy" })
        {
            var hidden = await newsroom.Reader.GetAsync($"/v1/articles?{query}");
            Assert.Equal(await none.Content.ReadAsStringAsync(), await hidden.Content.ReadAsStringAsync());
            Assert.Equal(none.Tag(), hidden.Tag());
        }
    }

    [Fact]
    public async Task Filters_by_language_compared_whole()
    {
        var section = Own.Section();
        var french = (await newsroom.Admin.PushedAsync(Given.Article().Written("fr").In(section))).Text("id");
        var canadian = (await newsroom.Admin.PushedAsync(Given.Article().Written("fr-CA").In(section))).Text("id");
        var arabic = (await newsroom.Admin.PushedAsync(Given.Article().Written("ar").In(section))).Text("id");

        Assert.Equal([french], await IdsAsync($"section={section}&language=fr"));
        Assert.Equal([canadian], await IdsAsync($"section={section}&language=FR-ca"));
        Assert.Equal(Sorted(french, arabic), Sorted(await IdsAsync($"section={section}&language=fr,ar,de")));
        Assert.Contains(canadian, await newsroom.Reader.WalkIdsAsync("/v1/articles?language=fr-CA"));
        Assert.DoesNotContain(french, await newsroom.Reader.WalkIdsAsync("/v1/articles?language=fr-CA,ar"));
    }

    [Fact]
    public async Task Filters_by_publication_from_an_instant_on_and_before_another()
    {
        var section = Own.Section();
        var ids = new List<string>();
        foreach (var second in new[] { "00", "00.001", "01" })
            ids.Add((await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", $"2025-12-01T00:00:{second}Z"))).Text("id"));

        Assert.Equal([ids[2], ids[1]], await IdsAsync($"section={section}&publishedAfter=2025-12-01T00:00:00.001Z"));
        Assert.Equal([ids[0]], await IdsAsync($"section={section}&publishedBefore=2025-12-01T00:00:00.001Z"));
        Assert.Equal([ids[1]], await IdsAsync($"section={section}&publishedAfter=2025-12-01T00:00:00.001Z&publishedBefore=2025-12-01T00:00:01Z"));
        Assert.Equal([ids[1]], await IdsAsync($"section={section}&publishedAfter=2025-12-01T01:00:00.001%2B01:00&publishedBefore=2025-12-01T00:00:01Z&sort=oldest"));
        Assert.Empty(await IdsAsync($"section={section}&publishedAfter=2025-12-01T00:00:00Z&publishedBefore=2025-12-01T00:00:00Z"));
        Assert.Equal(3, (await IdsAsync($"section={section}&publishedAfter=1700-01-01T00:00:00Z&publishedBefore=2200-12-31T23:59:59Z")).Count);
    }

    [Fact]
    public async Task Compares_the_instant_that_readers_see_and_not_the_senders_own()
    {
        var section = Own.Section();
        var id = (await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", "2025-12-01T00:00:00Z").With("embargoedUntil", "2025-12-03T00:00:00Z"))).Text("id");

        Assert.Equal([id], await IdsAsync($"section={section}&publishedAfter=2025-12-02T00:00:00Z"));
        Assert.Empty(await IdsAsync($"section={section}&publishedBefore=2025-12-02T00:00:00Z"));
    }

    [Fact]
    public async Task Filters_by_an_expression_over_tags()
    {
        var section = Own.Section();
        var (a, b, c) = (Own.Tag("place"), Own.Tag("organisation"), Own.Tag("event"));
        var ab = await TaggedAsync(section, a, b);
        var ac = await TaggedAsync(section, a, c);
        var onlyB = await TaggedAsync(section, b);
        var none = await TaggedAsync(section);

        Assert.Equal(Sorted(ab, ac), Sorted(await IdsAsync($"tags={a}")));
        Assert.Equal([ab], await IdsAsync($"tags={a},{b}"));
        Assert.Equal(Sorted(ab, ac, onlyB), Sorted(await IdsAsync($"tags={a}|{b}")));
        Assert.Equal(Sorted(ab, onlyB), Sorted(await IdsAsync($"tags=({a}%7C{b}),-{c}")));
        Assert.Equal(Sorted(onlyB, none), Sorted(await IdsAsync($"section={section}&tags=-{a}")));
        Assert.Equal(Sorted(ab, ac), Sorted(await IdsAsync($"tags={a},-place:no-such-place")));
        Assert.Equal([none], await IdsAsync($"section={section}&tags=-({a}|{b})"));
    }

    [Theory]
    [InlineData("place", 1)]
    [InlineData("place:a,,place:b", 9)]
    [InlineData("(place:a", 9)]
    [InlineData("place:a,planet:b", 9)]
    public async Task Says_in_which_column_an_expression_cannot_be_read(string tags, int column)
    {
        var problem = await newsroom.Reader.GetAsync($"/v1/articles?tags={tags}").ProblemAsync(400, "invalid-parameter");

        Assert.Equal(["tags invalid-parameter"], problem.Errors());
        Assert.Equal(column, problem.GetProperty("errors")[0].Number("column"));
    }

    [Fact]
    public async Task Has_a_page_of_20_by_default_and_of_100_at_most()
    {
        var section = Own.Section();
        await Task.WhenAll(Enumerable.Range(0, 101).Select(_ => newsroom.Admin.PushedAsync(Given.Article().In(section))));

        Assert.Equal(20, (await IdsAsync($"section={section}")).Count);
        Assert.Equal(100, (await IdsAsync($"section={section}&limit=100")).Count);
        Assert.Single(await IdsAsync($"section={section}&limit=1"));
    }

    [Fact]
    public async Task Shows_what_is_live_and_not_the_draft_beside_it()
    {
        var section = Own.Section();
        var story = Given.Article().In(section).Headed("Live");
        await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.PushedAsync(story.Headed("Draft").In(Own.Section()).AsDraft());

        Assert.Equal(["Live"], (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}")).Data().Select(card => card.Text("headline")));
    }

    [Fact]
    public async Task Moves_an_article_with_its_section_tags_and_language()
    {
        var (from, to, tag) = (Own.Section(), Own.Section(), Own.Tag());
        var story = Given.Article().In(from).Tagged(tag);
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        await newsroom.Admin.PushedAsync(story.In(to).Tagged().Written("de"));

        Assert.Empty(await IdsAsync($"section={from}"));
        Assert.Empty(await IdsAsync($"tags={tag}"));
        Assert.Empty(await IdsAsync($"section={to}&language=en"));
        Assert.Equal([id], await IdsAsync($"section={to}&language=de"));
    }

    private async Task<string> TaggedAsync(string section, params string[] tags) => (await newsroom.Admin.PushedAsync(Given.Article().In(section).Tagged(tags))).Text("id");

    private async Task<IReadOnlyList<string>> IdsAsync(string query) => (await newsroom.Reader.GetJsonAsync($"/v1/articles?{query}")).Ids();

    private static IReadOnlyList<string> Sorted(params IEnumerable<string> ids) => [.. ids.Order()];
}
