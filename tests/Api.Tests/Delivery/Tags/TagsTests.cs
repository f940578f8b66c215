using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Tags;

/// <summary>Tags for readers: they exist while a visible article has them.</summary>
public sealed class TagsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_tag_has_its_kind_its_slug_and_its_names()
    {
        var name = Own.Word("Bashar al Assad");
        await newsroom.Admin.PushedAsync(Given.Article().Written("fr").With("tags", new[] { new { kind = "person", name } }));
        var slug = name.ToLowerInvariant().Replace(' ', '-');

        Assert.Equal(
            $$$"""{"kind":"person","slug":"{{{slug}}}","name":"{{{name}}}","names":{"fr":"{{{name}}}"}}""",
            (await newsroom.Reader.GetJsonAsync($"/v1/tags/person/{slug}?language=fr")).GetRawText());
    }

    [Theory]
    [InlineData("/v1/tags/place/%EF%BF%BE")]
    [InlineData("/v1/tags/person/no-such-person")]
    [InlineData("/v1/tags/planet/mars")]
    [InlineData("/v1/tags/person/UPPER")]
    [InlineData("/v1/tags/person/%F0%9F%98%80")]
    [InlineData("/v1/tags/person/%EF%BF%BF")]
    [InlineData("/v1/tags/person/a%2Fb")]
    [InlineData("/v1/tags/person/a%0Ab")]
    [InlineData("/v1/tags/person")]
    public async Task One_that_does_not_exist_is_404(string address) => await newsroom.Reader.GetAsync(address).ProblemAsync(404, "not-found");

    [Fact]
    public async Task A_slug_may_be_sent_composed_or_not()
    {
        var slug = Own.Word("café");
        await newsroom.Admin.PushedAsync(Given.Article().Tagged($"place:{slug}"));

        Assert.Equal(slug, (await newsroom.Reader.GetJsonAsync($"/v1/tags/place/{slug.Normalize(System.Text.NormalizationForm.FormD)}")).Text("slug"));
    }

    [Fact]
    public async Task One_that_only_hidden_articles_have_is_the_same_404_until_one_appears()
    {
        var slug = Own.Word("topic");
        await newsroom.Admin.PushedAsync(Given.Article().Tagged($"keyword:{slug}").AsDraft());
        var id = (await newsroom.Admin.PushedAsync(Given.Article().Tagged($"keyword:{slug}").With("publishedAt", newsroom.Clock.In(TimeSpan.FromMilliseconds(1))))).Text("id");

        await newsroom.Reader.GetAsync($"/v1/tags/keyword/{slug}").ProblemAsync(404, "not-found");
        Assert.DoesNotContain(slug, (await newsroom.Reader.WalkAsync("/v1/tags?limit=100")).Select(tag => tag.Text("slug")));
        newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(slug, (await newsroom.Reader.GetJsonAsync($"/v1/tags/keyword/{slug}")).Text("slug"));
        await newsroom.Admin.UnpublishAsync(id);
        await newsroom.Reader.GetAsync($"/v1/tags/keyword/{slug}").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task The_list_has_them_by_kind_and_slug_page_by_page_both_ways()
    {
        for (var i = 0; i < 3; i++)
            await newsroom.Admin.PushedAsync(Given.Article().Tagged(Own.Tag("place"), Own.Tag("event")));

        var pages = await newsroom.Reader.PagesAsync("/v1/tags?limit=2");
        var all = pages.SelectMany(page => page.Data()).Select(tag => (tag.Text("kind"), tag.Text("slug"))).ToList();
        var back = new List<(string, string)>(pages[^1].Data().Select(tag => (tag.Text("kind"), tag.Text("slug"))));
        for (var page = pages[^1]; page.Previous() is { } previous;)
        {
            page = await newsroom.Reader.GetJsonAsync($"/v1/tags?limit=2&cursor={previous}");
            back.InsertRange(0, page.Data().Select(tag => (tag.Text("kind"), tag.Text("slug"))));
        }

        Assert.True(all.Count >= 6);
        Assert.Equal(all.OrderBy(tag => tag.Item1, StringComparer.Ordinal).ThenBy(tag => tag.Item2, StringComparer.Ordinal), all);
        Assert.Equal(all, back);
    }

    [Fact]
    public async Task The_list_can_be_limited_to_a_kind()
    {
        await newsroom.Admin.PushedAsync(Given.Article().Tagged(Own.Tag("series"), Own.Tag("genre")));

        var series = await newsroom.Reader.WalkAsync("/v1/tags?kind=series");

        Assert.NotEmpty(series);
        Assert.All(series, tag => Assert.Equal("series", tag.Text("kind")));
    }

    [Fact]
    public async Task The_list_completes_a_name_in_any_language_whatever_its_case_and_spaces()
    {
        var word = Own.Word("Zq");
        await newsroom.Admin.PushedAsync(Given.Article().With("tags", new object[] { new { kind = "person", name = $"{word} Anna  Maria" }, new { kind = "place", name = $"{word} ort" } }));
        await newsroom.Admin.PushedAsync(Given.Article().Written("ar").With("tags", new[] { new { kind = "place", name = $"دمشق {word}" } }));
        await newsroom.Admin.PushedAsync(Given.Article().With("tags", new[] { new { kind = "person", name = $"{word} anna hidden" } }).AsDraft());

        Assert.Equal([$"{word} Anna  Maria"], await NamesAsync($"q={word.ToLowerInvariant()}%20ANNA"));
        Assert.Equal([$"{word} Anna  Maria"], await NamesAsync($"q=+{word}++anna+m&kind=person"));
        Assert.Equal(2, (await NamesAsync($"q={word}")).Count);
        Assert.Empty(await NamesAsync($"q={word}&kind=event"));
        Assert.Empty(await NamesAsync($"q=Anna%20Maria%20{word}"));
        Assert.Equal([$"دمشق {word}"], await NamesAsync($"q=دمشق%20{word}&language=fr"));
    }

    [Fact]
    public async Task A_prefix_is_no_pattern()
    {
        var word = Own.Word("Zx");
        await newsroom.Admin.PushedAsync(Given.Article().With("tags", new[] { new { kind = "person", name = $"{word} 100%_[a" } }));

        Assert.Single(await NamesAsync($"q={Uri.EscapeDataString($"{word} 100%_[")}"));
        Assert.Empty(await NamesAsync($"q={Uri.EscapeDataString($"{word} %")}"));
        Assert.Empty(await NamesAsync($"q={Uri.EscapeDataString($"{word} 100%__")}"));
    }

    [Theory]
    [InlineData("/v1/tags?kind=planet", "kind invalid-parameter")]
    [InlineData("/v1/tags?kind=place,person", "kind invalid-parameter")]
    [InlineData("/v1/tags?q=", "q invalid-parameter")]
    [InlineData("/v1/tags?query=a", "query unknown-parameter")]
    [InlineData("/v1/tags/place/a?kind=place", "kind unknown-parameter")]
    public async Task A_query_that_cannot_be_read_is_refused(string address, string error)
    {
        var response = await newsroom.Reader.GetAsync(address);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal([error], (await response.JsonAsync()).Errors());
    }

    private async Task<IReadOnlyList<string>> NamesAsync(string query) => [.. (await newsroom.Reader.WalkAsync($"/v1/tags?{query}")).Select(tag => tag.Text("name"))];
}
