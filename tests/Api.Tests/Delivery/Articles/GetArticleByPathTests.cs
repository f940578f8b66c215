using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>One article by its path: language, section, slug.</summary>
public sealed class GetArticleByPathTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Gives_the_same_bytes_as_by_id()
    {
        var pushed = await newsroom.Admin.PushedAsync(Given.Article().In($"{Own.Section()}/{Own.Section()}"));

        var byPath = await newsroom.Reader.GetAsync($"/v1/articles/by-path/{pushed.Text("path")}");
        var byId = await newsroom.Reader.GetAsync($"/v1/articles/{pushed.Text("id")}");

        Assert.Equal(await byId.Content.ReadAsStringAsync(), await byPath.Content.ReadAsStringAsync());
        Assert.Equal(byId.Tag(), byPath.Tag());
        Assert.Equal("en", byPath.Header("Content-Language"));
    }

    [Fact]
    public async Task Takes_the_path_in_the_query_too()
    {
        var pushed = await newsroom.Admin.PushedAsync(Given.Article().In(Own.Section()));

        Assert.Equal(pushed.Text("id"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path?path={pushed.Text("path")}")).Text("id"));
        Assert.Equal(pushed.Text("id"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path?path={Uri.EscapeDataString(pushed.Text("path"))}")).Text("id"));
    }

    [Fact]
    public async Task Takes_slashes_as_they_are_and_encoded()
    {
        var pushed = await newsroom.Admin.PushedAsync(Given.Article().In(Own.Section()));

        Assert.Equal(pushed.Text("id"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path/{Uri.EscapeDataString(pushed.Text("path"))}")).Text("id"));
    }

    [Fact]
    public async Task Takes_letters_of_any_script_composed_or_not()
    {
        var pushed = await newsroom.Admin.PushedAsync(Given.Article().Written("ar").Headed(Own.Word("الأمم المتحدة")));
        var path = pushed.Text("path");

        Assert.Equal(pushed.Text("id"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path/{path}")).Text("id"));
        Assert.Equal(pushed.Text("id"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path/{path.Normalize(System.Text.NormalizationForm.FormD)}")).Text("id"));
    }

    [Fact]
    public async Task Leads_from_a_former_section_to_the_present_one_in_one_hop()
    {
        var story = Given.Article().With("slug", Own.Word("slug")).In(Own.Section());
        var former = (await newsroom.Admin.PushedAsync(story)).Text("path");
        var between = (await newsroom.Admin.PushedAsync(story.In(Own.Section()))).Text("path");
        var present = (await newsroom.Admin.PushedAsync(story.Without("section"))).Text("path");

        await MovesAsync(former, present);
        await MovesAsync(between, present);
    }

    [Fact]
    public async Task Leads_from_a_former_language_to_the_present_one()
    {
        var story = Given.Article().With("slug", Own.Word("slug"));
        var former = (await newsroom.Admin.PushedAsync(story)).Text("path");

        var present = (await newsroom.Admin.PushedAsync(story.Written("fr"))).Text("path");

        await MovesAsync(former, present);
    }

    [Fact]
    public async Task Leads_from_a_language_in_another_spelling()
    {
        var pushed = await newsroom.Admin.PushedAsync(Given.Article().Written("pt-BR"));

        await MovesAsync(pushed.Text("path").Replace("pt-BR", "PT-br", StringComparison.Ordinal), pushed.Text("path"));
    }

    [Fact]
    public async Task Encodes_the_address_it_leads_to()
    {
        var story = Given.Article().Written("ar").With("slug", Own.Word("a"));
        var former = (await newsroom.Admin.PushedAsync(story)).Text("path");
        await newsroom.Admin.PushedAsync(story.With("slug", Own.Word("الأمم")));

        var location = (await newsroom.Reader.GetAsync($"/v1/articles/by-path/{former}")).Header("Location")!;

        Assert.Matches("^/v1/articles/by-path/ar/(%[0-9A-F]{2})+-[0-9]+$", location);
        Assert.Equal(200, await newsroom.Reader.GetAsync(location).StatusAsync());
    }

    [Fact]
    public async Task Leads_on_from_the_query_form_too()
    {
        var story = Given.Article().With("slug", Own.Word("a"));
        var former = (await newsroom.Admin.PushedAsync(story)).Text("path");
        var present = (await newsroom.Admin.PushedAsync(story.With("slug", Own.Word("b")))).Text("path");

        var response = await newsroom.Reader.GetAsync($"/v1/articles/by-path?path={former}");

        Assert.Equal((308, $"/v1/articles/by-path/{present}"), ((int)response.StatusCode, response.Header("Location")));
    }

    [Fact]
    public async Task Is_404_in_a_section_where_it_never_stood()
    {
        var (section, other) = (Own.Section(), Own.Section());
        var slug = (await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("slug");
        await newsroom.Admin.PushedAsync(Given.Article().In(other));

        foreach (var path in new[] { $"en/{slug}", $"en/{other}/{slug}", $"en/{section}/deeper/{slug}", $"fr/{section}/{slug}", $"{section}/{slug}", slug })
            await newsroom.Reader.GetAsync($"/v1/articles/by-path/{path}").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Is_404_at_the_path_a_hidden_article_will_have()
    {
        var draft = await newsroom.Admin.PushedAsync(Given.Article().In(Own.Section()).AsDraft());
        var scheduled = await newsroom.Admin.PushedAsync(Given.Article().In(Own.Section()).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));

        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{draft.Text("path")}").ProblemAsync(404, "not-found");
        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{scheduled.Text("path")}").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Is_404_at_the_new_path_of_a_pending_update_and_308_at_the_old_one_afterwards()
    {
        var story = Given.Article().With("slug", Own.Word("old"));
        var old = await newsroom.Admin.PushedAsync(story);
        var slug = Own.Word("new");
        await newsroom.Admin.PushedAsync(story.With("slug", slug).AsDraft());
        await newsroom.Admin.PublishAsync(old.Text("id"), new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        await newsroom.Reader.GetAsync($"/v1/articles/by-path/en/{slug}").ProblemAsync(404, "not-found");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await MovesAsync(old.Text("path"), $"en/{slug}");
        await newsroom.SettleAsync();
        await MovesAsync(old.Text("path"), $"en/{slug}");
    }

    [Fact]
    public async Task Is_410_at_every_former_address_of_an_article_that_is_not_visible()
    {
        var story = Given.Article().With("slug", Own.Word("a")).In(Own.Section());
        var former = (await newsroom.Admin.PushedAsync(story)).Text("path");
        var present = await newsroom.Admin.PushedAsync(story.With("slug", Own.Word("b")).In(Own.Section()));

        await newsroom.Admin.UnpublishAsync(present.Text("id"));

        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{former}").ProblemAsync(410, "gone");
        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{present.Text("path")}").ProblemAsync(410, "gone");
    }

    [Theory]
    [InlineData("/v1/articles/by-path")]
    [InlineData("/v1/articles/by-path?path=")]
    [InlineData("/v1/articles/by-path?paht=en/a")]
    [InlineData("/v1/articles/by-path?path=en/a&path=en/b")]
    public async Task Needs_a_path(string address) => Assert.Equal(400, await newsroom.Reader.GetAsync(address).StatusAsync());

    private async Task MovesAsync(string from, string to)
    {
        var response = await newsroom.Reader.GetAsync($"/v1/articles/by-path/{from}");

        Assert.Equal((308, $"/v1/articles/by-path/{to}"), ((int)response.StatusCode, response.Header("Location")));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(200, await newsroom.Reader.GetAsync(response.Header("Location")).StatusAsync());
    }
}
