using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Tags;

/// <summary>What sections and tags are called: as the first visible article spelt it, in the language asked for where there is one.</summary>
public sealed class NamesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task The_first_visible_spelling_is_the_name_for_all()
    {
        var slug = Own.Word("assad");
        await newsroom.Admin.PushedAsync(Tagged(slug, "Bashar al-Assad"));

        var second = (await newsroom.Admin.PushedAsync(Tagged(slug, "BASHAR AL ASSAD"))).Text("id");

        Assert.Equal("Bashar al-Assad", (await newsroom.Reader.GetJsonAsync($"/v1/tags/person/{slug}")).Text("name"));
        Assert.Equal("Bashar al-Assad", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{second}")).GetProperty("tags")[0].Text("name"));
    }

    [Fact]
    public async Task A_hidden_spelling_gives_no_name_and_gives_way_to_the_visible_one()
    {
        var slug = Own.Word("assad");
        var hidden = (await newsroom.Admin.PushedAsync(Tagged(slug, "Hidden Spelling").With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");
        await newsroom.Admin.PushedAsync(Tagged(slug, "Visible Spelling"));

        Assert.Equal("Visible Spelling", (await newsroom.Reader.GetJsonAsync($"/v1/tags/person/{slug}")).Text("name"));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Visible Spelling", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{hidden}")).GetProperty("tags")[0].Text("name"));
        await newsroom.SettleAsync();
        Assert.Equal("Visible Spelling", (await newsroom.Reader.GetJsonAsync($"/v1/tags/person/{slug}")).Text("name"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_two_scheduled_spellings_that_of_the_first_to_appear_counts(bool isSettledBetween)
    {
        var slug = Own.Word("assad");
        var later = (await newsroom.Admin.PushedAsync(Tagged(slug, "Later").With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(2))))).Text("id");
        var sooner = (await newsroom.Admin.PushedAsync(Tagged(slug, "Sooner").With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");

        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        if (isSettledBetween)
            await newsroom.SettleAsync();
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await newsroom.SettleAsync();

        Assert.Equal("Sooner", (await newsroom.Reader.GetJsonAsync($"/v1/tags/person/{slug}")).Text("name"));
        foreach (var id in new[] { later, sooner })
            Assert.Equal("Sooner", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).GetProperty("tags")[0].Text("name"));
    }

    [Fact]
    public async Task Of_two_that_appear_at_one_instant_both_say_the_same_name()
    {
        var (slug, at) = (Own.Word("assad"), newsroom.Clock.In(TimeSpan.FromHours(1)));
        var one = (await newsroom.Admin.PushedAsync(Tagged(slug, "One Spelling").With("publishedAt", at))).Text("id");
        var other = (await newsroom.Admin.PushedAsync(Tagged(slug, "Another Spelling").With("publishedAt", at))).Text("id");

        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await newsroom.SettleAsync();

        var name = (await newsroom.Reader.GetJsonAsync($"/v1/tags/person/{slug}")).Text("name");
        foreach (var id in new[] { one, other })
            Assert.Equal(name, (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).GetProperty("tags")[0].Text("name"));
    }

    [Fact]
    public async Task A_tag_that_appeared_unannounced_is_called_as_its_article_calls_it()
    {
        var (slug, at) = (Own.Word("assad"), newsroom.Clock.In(TimeSpan.FromHours(1)));
        await newsroom.Admin.PushedAsync(Tagged(slug, "A Name").With("contributors", new[] { new { name = "A Contributor", slug } }).With("publishedAt", at));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        var unannounced = (await TextAsync($"/v1/tags/person/{slug}"), await TextAsync($"/v1/tags/contributor/{slug}"));
        await newsroom.SettleAsync();

        Assert.Equal((await TextAsync($"/v1/tags/person/{slug}"), await TextAsync($"/v1/tags/contributor/{slug}")), unannounced);
    }

    [Fact]
    public async Task A_section_that_appeared_unannounced_is_called_as_its_article_calls_it()
    {
        var name = Own.Word("Moyen Orient");
        var path = name.ToLowerInvariant().Replace(' ', '-');
        await newsroom.Admin.PushedAsync(Given.Article().With("section", new { breadcrumb = new[] { name } }).Tagged($"place:{path}").With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        var unannounced = await TextAsync($"/v1/sections/{path}");
        await newsroom.SettleAsync();

        Assert.Equal(await TextAsync($"/v1/sections/{path}"), unannounced);
    }

    [Fact]
    public async Task A_name_comes_in_the_language_asked_for_else_in_the_sites_else_in_any_and_says_which()
    {
        var slug = Own.Word("assad");
        await newsroom.Admin.PushedAsync(Tagged(slug, "Bachar el-Assad").Written("fr"));

        var asked = await newsroom.Reader.GetJsonAsync($"/v1/tags/person/{slug}?language=fr");
        var other = await newsroom.Reader.GetJsonAsync($"/v1/tags/person/{slug}?language=de");
        var unasked = await newsroom.Reader.GetJsonAsync($"/v1/tags/person/{slug}");

        Assert.False(asked.Has("nameLanguage"));
        Assert.Equal(("Bachar el-Assad", "fr"), (other.Text("name"), other.Text("nameLanguage")));
        Assert.Equal(("Bachar el-Assad", "fr"), (unasked.Text("name"), unasked.Text("nameLanguage")));
    }

    [Fact]
    public async Task Inside_an_article_the_articles_language_is_asked_for()
    {
        var (slug, section) = (Own.Word("assad"), Own.Word("International"));
        await newsroom.Admin.PushedAsync(Tagged(slug, "Bachar el-Assad").Written("fr").With("section", new { breadcrumb = new[] { section, "Moyen-Orient" } }));

        var english = await newsroom.Admin.PushedAsync(Tagged(slug, "Bashar al-Assad").In($"{section.ToLowerInvariant()}/moyen-orient"));

        var article = await newsroom.Reader.GetJsonAsync($"/v1/articles/{english.Text("id")}");
        Assert.Equal(("Bachar el-Assad", "fr"), (article.GetProperty("tags")[0].Text("name"), article.GetProperty("tags")[0].Text("nameLanguage")));
        Assert.Equal(("Moyen-Orient", "fr"), (article.GetProperty("section").Text("name"), article.GetProperty("section").Text("nameLanguage")));
        Assert.Equal(("International", "fr"), (article.GetProperty("section").GetProperty("ancestors")[0].Text("name")[..13], article.GetProperty("section").GetProperty("ancestors")[0].Text("nameLanguage")));
    }

    [Fact]
    public async Task The_tree_and_the_list_of_sections_take_a_language_too()
    {
        var name = Own.Word("Étranger");
        await newsroom.Admin.PushedAsync(Given.Article().Written("fr").With("section", new { breadcrumb = new[] { name } }));

        var french = (await newsroom.Reader.GetJsonAsync("/v1/section-tree?language=fr")).Data().Single(node => node.Text("name") == name);
        var german = (await newsroom.Reader.GetJsonAsync("/v1/section-tree?language=de")).Data().Single(node => node.Text("name") == name);
        var listed = (await newsroom.Reader.WalkAsync("/v1/sections?language=de")).Single(section => section.Text("name") == name);

        Assert.False(french.Has("nameLanguage"));
        Assert.Equal("fr", german.Text("nameLanguage"));
        Assert.Equal("fr", listed.Text("nameLanguage"));
    }

    [Fact]
    public async Task A_renamed_place_makes_no_version_but_another_tag()
    {
        var slug = Own.Word("assad");
        var hidden = (await newsroom.Admin.PushedAsync(Tagged(slug, "Hidden Spelling").With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");
        await newsroom.Admin.PushedAsync(Tagged(slug, "Visible Spelling"));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, (await newsroom.Reader.GetJsonAsync($"/v1/articles/{hidden}")).Number("version"));
    }

    private Task<string> TextAsync(string address) => newsroom.Reader.GetStringAsync(new Uri(address, UriKind.Relative));

    private static Given Tagged(string slug, string name) => Given.Article().With("tags", new[] { new { kind = "person", slug, name } });
}
