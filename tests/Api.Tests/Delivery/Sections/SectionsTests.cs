using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Sections;

/// <summary>Sections for readers: they exist while a visible article stands in them or below.</summary>
public sealed class SectionsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_section_has_its_names_its_parent_and_its_count()
    {
        var top = Own.Word("Top");
        await newsroom.Admin.PushedAsync(Given.Article().With("section", new { breadcrumb = new[] { top, "Moyen-Orient" } }));
        var path = top.ToLowerInvariant();

        Assert.Equal(
            $$$"""{"path":"{{{path}}}/moyen-orient","name":"Moyen-Orient","names":{"en":"Moyen-Orient"},"parent":"{{{path}}}","articleCount":1}""",
            (await newsroom.Reader.GetJsonAsync($"/v1/sections/{path}/moyen-orient")).GetRawText());
        Assert.Equal(
            $$$"""{"path":"{{{path}}}","name":"{{{top}}}","names":{"en":"{{{top}}}"},"articleCount":1}""",
            (await newsroom.Reader.GetJsonAsync($"/v1/sections/{path}")).GetRawText());
    }

    [Fact]
    public async Task A_path_may_have_its_slash_encoded_and_any_script()
    {
        var path = $"{Own.Section()}/الشرق-الأوسط";
        await newsroom.Admin.PushedAsync(Given.Article().In(path));

        Assert.Equal(path, (await newsroom.Reader.GetJsonAsync($"/v1/sections/{path}")).Text("path"));
        Assert.Equal(path, (await newsroom.Reader.GetJsonAsync($"/v1/sections/{Uri.EscapeDataString(path)}")).Text("path"));
    }

    [Theory]
    [InlineData("no-such-section")]
    [InlineData("a/b/c/d/e/f/g/h/i/j")]
    [InlineData("UPPER")]
    public async Task One_that_does_not_exist_is_404(string path) => await newsroom.Reader.GetAsync($"/v1/sections/{path}").ProblemAsync(404, "not-found");

    [Fact]
    public async Task One_that_only_hidden_articles_use_is_the_same_404()
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In(section).AsDraft());
        await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", newsroom.Clock.In(TimeSpan.FromDays(1))));

        var hidden = await newsroom.Reader.GetAsync($"/v1/sections/{section}").ProblemAsync(404, "not-found");
        var unknown = await newsroom.Reader.GetAsync("/v1/sections/no-such").ProblemAsync(404, "not-found");

        Assert.Equal(unknown.Text("detail"), hidden.Text("detail"));
        Assert.Equal(unknown.Members(), hidden.Members());
    }

    [Fact]
    public async Task The_list_has_them_by_path_page_by_page()
    {
        var top = Own.Section();
        foreach (var below in new[] { "c", "a", "b/deep" })
            await newsroom.Admin.PushedAsync(Given.Article().In($"{top}/{below}"));

        var all = (await newsroom.Reader.WalkAsync("/v1/sections?limit=2")).Select(section => section.Text("path")).ToList();

        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Equal([top, $"{top}/a", $"{top}/b", $"{top}/b/deep", $"{top}/c"], all.Where(path => path.Split('/')[0] == top));
    }

    [Fact]
    public async Task The_list_can_be_limited_to_the_children_of_one_and_walked_both_ways()
    {
        var top = Own.Section();
        foreach (var below in new[] { "c", "a", "b/deep" })
            await newsroom.Admin.PushedAsync(Given.Article().In($"{top}/{below}"));
        var address = $"/v1/sections?parent={top}&limit=2";

        var pages = await newsroom.Reader.PagesAsync(address);
        var back = await newsroom.Reader.GetJsonAsync(address.WithCursor(pages[1].Previous()!));

        Assert.Equal([$"{top}/a", $"{top}/b", $"{top}/c"], pages.SelectMany(page => page.Data()).Select(section => section.Text("path")));
        Assert.Equal(pages[0].GetProperty("data").GetRawText(), back.GetProperty("data").GetRawText());
        Assert.Null(back.Previous());
        Assert.Equal("""{"data":[],"page":{}}""", (await newsroom.Reader.GetJsonAsync("/v1/sections?parent=no-such-section")).GetRawText());
    }

    [Fact]
    public async Task The_children_of_a_hidden_section_are_those_of_none_byte_for_byte()
    {
        var top = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In($"{top}/below").AsDraft());

        var hidden = await newsroom.Reader.GetAsync($"/v1/sections?parent={top}");
        var none = await newsroom.Reader.GetAsync("/v1/sections?parent=no-such-section");

        Assert.Equal(await none.Content.ReadAsStringAsync(), await hidden.Content.ReadAsStringAsync());
        Assert.Equal(none.Tag(), hidden.Tag());
    }

    [Fact]
    public async Task The_tree_has_each_below_its_parent()
    {
        var top = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In($"{top}/a/b"));
        await newsroom.Admin.PushedAsync(Given.Article().In($"{top}/c"));
        await newsroom.Admin.PushedAsync(Given.Article().In($"{top}/hidden").AsDraft());

        var tree = await newsroom.Reader.GetJsonAsync("/v1/section-tree");

        Assert.Equal(
            $$"""
            {"path":"{{top}}","name":"{{top}}","children":[{"path":"{{top}}/a","name":"a","children":[{"path":"{{top}}/a/b","name":"b","children":[]}]},{"path":"{{top}}/c","name":"c","children":[]}]}
            """,
            tree.Data().Single(node => node.Text("path") == top).GetRawText());
        Assert.Equal(["data"], tree.Members());
    }

    [Theory]
    [InlineData("/v1/sections?parnet=a", "parnet unknown-parameter")]
    [InlineData("/v1/sections?parent=A", "parent invalid-parameter")]
    [InlineData("/v1/sections?parent=a,b", "parent invalid-parameter")]
    [InlineData("/v1/sections?language=fr,en", "language invalid-parameter")]
    [InlineData("/v1/sections?limit=0", "limit invalid-parameter")]
    [InlineData("/v1/section-tree?limit=5", "limit unknown-parameter")]
    [InlineData("/v1/section-tree?language=fr_FR", "language invalid-parameter")]
    public async Task A_query_that_cannot_be_read_is_refused(string address, string error)
    {
        var response = await newsroom.Reader.GetAsync(address);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal([error], (await response.JsonAsync()).Errors());
    }
}
