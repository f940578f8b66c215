using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>How a push names its section and tags, and when it may make new ones.</summary>
public sealed class PushSectionsAndTagsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Unknown_ones_are_refused_each_where_it_stands()
    {
        var story = Given.Article().In("unknown/deep").With("tags", new object[] { "place:unknown", new { kind = "person", name = "Nobody Known" } }).With("contributors", new[] { new { name = "Nobody" } });

        var problem = await newsroom.Admin.PushAsync(story, query: string.Empty).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/section unknown-section", "/tags/0 unknown-tag", "/tags/1 unknown-tag", "/contributors/0 unknown-tag"], problem.Errors());
    }

    [Theory]
    [InlineData("?createMissing=sections", "/tags/0 unknown-tag")]
    [InlineData("?createMissing=tags", "/section unknown-section")]
    public async Task Only_what_is_asked_for_is_made(string query, string error)
    {
        var problem = await newsroom.Admin.PushAsync(Given.Article().In(Own.Section()).Tagged(Own.Tag()), query).ProblemAsync(422, "validation-failed");

        Assert.Equal([error], problem.Errors());
    }

    [Theory]
    [InlineData("?createMissing=sections,tags")]
    [InlineData("?createMissing=tags,sections")]
    [InlineData("?createMissing=tags%2Csections")]
    public async Task Both_are_made_in_one_push(string query) => await newsroom.Admin.PushAsync(Given.Article().In(Own.Section()).Tagged(Own.Tag()), query).AnsweredAsync(201);

    [Theory]
    [InlineData("?createMissing=everything")]
    [InlineData("?createMissing=")]
    [InlineData("?createMissing=sections,sections")]
    [InlineData("?createMissing=sections&createMissing=tags")]
    public async Task Anything_else_that_should_be_made_is_a_bad_parameter(string query) => await newsroom.Admin.PushAsync(Given.Article(), query).ProblemAsync(400, "invalid-parameter");

    [Fact]
    public async Task A_key_that_may_not_make_them_is_answered_as_if_it_had_not_asked()
    {
        var writer = await newsroom.ClientMayAsync("content:write");

        var problem = await writer.PushAsync(Given.Article().AsDraft().In(Own.Section())).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/section unknown-section"], problem.Errors());
    }

    [Fact]
    public async Task A_refused_push_makes_none()
    {
        var (section, tag) = (Own.Section(), Own.Tag());
        await newsroom.Admin.PushAsync(Given.Article().In(section).Tagged(tag).With("version", 9)).ProblemAsync(422, "validation-failed");

        var problem = await newsroom.Admin.PushAsync(Given.Article().In(section).Tagged(tag), query: string.Empty).ProblemAsync(422, "validation-failed");

        Assert.Equal(2, problem.Errors().Count);
    }

    [Fact]
    public async Task A_breadcrumb_makes_each_level_with_its_name_and_a_path_of_slugs()
    {
        var top = Own.Word("Étranger");

        var section = (await newsroom.Admin.PushedAsync(Given.Article().With("section", new { breadcrumb = new[] { top, "Moyen-Orient", "L’Iran & l’Irak" } }))).GetProperty("section");

        var path = top.Replace('É', 'e');
        Assert.Equal($"{path}/moyen-orient/l-iran-l-irak", section.Text("path"));
        Assert.Equal("L’Iran & l’Irak", section.Text("name"));
        Assert.Equal([(path, top), ($"{path}/moyen-orient", "Moyen-Orient")], section.GetProperty("ancestors").EnumerateArray().Select(above => (above.Text("path"), above.Text("name"))));
    }

    [Fact]
    public async Task A_level_is_found_by_its_name_whatever_case_and_spaces()
    {
        var name = Own.Word("Moyen Orient");
        var first = await newsroom.Admin.PushedAsync(Given.Article().With("section", new { breadcrumb = new[] { name } }));

        var second = await newsroom.Admin.PushAsync(Given.Article().With("section", new { breadcrumb = new[] { $"  {name.ToUpperInvariant().Replace(" ", "   ", StringComparison.Ordinal)} " } }), query: string.Empty).AnsweredAsync(201);

        Assert.Equal(first.GetProperty("section").Text("path"), second.GetProperty("section").Text("path"));
        Assert.Equal(name, second.GetProperty("section").Text("name"));
    }

    [Fact]
    public async Task A_level_is_found_by_the_slug_made_of_its_name_too()
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In(section));

        var found = await newsroom.Admin.PushAsync(Given.Article().Written("fr").With("section", new { breadcrumb = new[] { section.Replace('-', ' ') } }), query: string.Empty).AnsweredAsync(201);

        Assert.Equal(section, found.GetProperty("section").Text("path"));
    }

    [Fact]
    public async Task A_path_makes_sections_of_exactly_these_slugs()
    {
        var path = $"{Own.Section()}/café/الشرق-الأوسط";
        var first = await newsroom.Admin.PushedAsync(Given.Article().In(path));

        var second = await newsroom.Admin.PushAsync(Given.Article().In(path), query: string.Empty).AnsweredAsync(201);

        Assert.Equal(path, first.GetProperty("section").Text("path"));
        Assert.Equal(path, second.GetProperty("section").Text("path"));
    }

    [Fact]
    public async Task The_path_decides_where_a_breadcrumb_stands_beside_it()
    {
        var section = Own.Section();

        var article = await newsroom.Admin.PushedAsync(Given.Article().With("section", new { path = section, breadcrumb = new[] { "Somewhere else" } }));

        Assert.Equal(section, article.GetProperty("section").Text("path"));
    }

    [Fact]
    public async Task A_tag_by_name_gets_the_slug_made_of_it_and_is_found_again()
    {
        var name = Own.Word("Bashar al Assad");
        var made = (await newsroom.Admin.PushedAsync(Given.Article().With("tags", new[] { new { kind = "person", name } }))).GetProperty("tags")[0];

        var found = (await newsroom.Admin.PushAsync(Given.Article().With("tags", new[] { new { kind = "person", name = name.ToUpperInvariant() } }), query: string.Empty).AnsweredAsync(201)).GetProperty("tags")[0];

        Assert.Equal(("person", name, "about"), (made.Text("kind"), made.Text("name"), made.Text("relation")));
        Assert.Equal($"bashar-al-assad{name[15..]}", made.Text("slug"));
        Assert.Equal(made.GetRawText(), found.GetRawText());
    }

    [Fact]
    public async Task The_slug_decides_where_a_name_stands_beside_it()
    {
        var slug = Own.Word("slug");

        var tag = (await newsroom.Admin.PushedAsync(Given.Article().With("tags", new[] { new { kind = "person", slug, name = "Another name" } }))).GetProperty("tags")[0];

        Assert.Equal((slug, "Another name"), (tag.Text("slug"), tag.Text("name")));
    }

    [Fact]
    public async Task Tags_keep_the_senders_order_and_their_relation()
    {
        var (a, b) = (Own.Word("z"), Own.Word("a"));

        var tags = (await newsroom.Admin.PushedAsync(Given.Article().With("tags", new object[] { $"place:{a}", new { kind = "event", slug = b, relation = "mentions" } }))).GetProperty("tags");

        Assert.Equal([(a, "about"), (b, "mentions")], tags.EnumerateArray().Select(tag => (tag.Text("slug"), tag.Text("relation"))));
    }

    [Fact]
    public async Task A_tag_that_is_sent_twice_stands_there_once()
    {
        var tag = Own.Tag();

        Assert.Single((await newsroom.Admin.PushedAsync(Given.Article().Tagged(tag, tag))).GetProperty("tags").EnumerateArray());
    }

    [Fact]
    public async Task The_same_slug_in_two_kinds_is_two_tags()
    {
        var word = Own.Word("paris");

        Assert.Equal(2, (await newsroom.Admin.PushedAsync(Given.Article().Tagged($"place:{word}", $"person:{word}"))).GetProperty("tags").GetArrayLength());
    }

    [Fact]
    public async Task Contributors_are_tags_of_their_own_kind_but_not_among_the_tags()
    {
        var name = Own.Word("Jeanne Dupont");

        var article = await newsroom.Admin.PushedAsync(Given.Article().With("contributors", new[] { new { name } }));

        Assert.Empty(article.GetProperty("tags").EnumerateArray());
        Assert.Equal(name, article.GetProperty("contributors")[0].Text("name"));
        var slug = article.GetProperty("contributors")[0].Text("slug");
        Assert.Equal(name, (await newsroom.Reader.GetJsonAsync($"/v1/tags/contributor/{slug}")).Text("name"));
        Assert.Equal([article.Text("id")], (await newsroom.Reader.GetJsonAsync($"/v1/articles?tags=contributor:{slug}")).Ids());
    }

    [Fact]
    public async Task Making_one_never_changes_an_existing_one()
    {
        var slug = Own.Word("place");
        await newsroom.Admin.PushedAsync(Given.Article().With("tags", new[] { new { kind = "place", slug, name = "First Name" } }));

        await newsroom.Admin.PushedAsync(Given.Article().With("tags", new[] { new { kind = "place", slug, name = "Second Name" } }));

        Assert.Equal("First Name", (await newsroom.Reader.GetJsonAsync($"/v1/tags/place/{slug}")).Text("name"));
    }

    [Fact]
    public async Task An_empty_list_takes_all_tags_away()
    {
        var story = Given.Article().Tagged(Own.Tag());
        await newsroom.Admin.PushedAsync(story);

        Assert.Empty((await newsroom.Admin.PushedAsync(story.Tagged())).GetProperty("tags").EnumerateArray());
    }
}
