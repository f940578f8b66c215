using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>The body in the forms a reader asks for.</summary>
public sealed class FormatTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("html", "html")]
    [InlineData("markdown", "markdown")]
    [InlineData("text", "text")]
    [InlineData("blocks", "blocks")]
    [InlineData("text,html", "html,text")]
    [InlineData("text,markdown,html,blocks", "blocks,html,markdown,text")]
    public async Task Gives_the_members_that_were_asked_for_and_everything_else_as_ever(string format, string members)
    {
        var id = (await newsroom.Admin.PushedAsync(Rich.Article(newsroom.Clock))).Text("id");
        var whole = await newsroom.Reader.GetStringAsync(new Uri($"/v1/articles/{id}", UriKind.Relative));

        var answer = await newsroom.Reader.GetStringAsync(new Uri($"/v1/articles/{id}?format={format}", UriKind.Relative));

        Assert.Equal(members.Split(','), BodyOf(answer).Members());
        Assert.Equal(whole.Replace(BodyOf(whole).GetRawText(), string.Empty, StringComparison.Ordinal), answer.Replace(BodyOf(answer).GetRawText(), string.Empty, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Writes_each_form()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("body", new { html = "<p>One <b>word</b> &amp; <i>two</i>.</p><blockquote><p>Yes.</p><footer>Ana</footer></blockquote>" }))).Text("id");

        var body = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}?format=html,markdown,text")).GetProperty("body");

        Assert.Equal("<p>One <strong>word</strong> &amp; <em>two</em>.</p><blockquote><p>Yes.</p><footer>Ana</footer></blockquote>", body.Text("html"));
        Assert.Equal("One **word** & *two*.\n\n> Yes.\n>\n> — Ana\n", body.Text("markdown"));
        Assert.Equal("One word & two.\n\nYes.\n— Ana", body.Text("text"));
    }

    [Fact]
    public async Task Gives_an_article_without_text_empty_members()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().Without("body"))).Text("id");

        Assert.Equal("""{"html":"","markdown":"","text":""}""", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}?format=html,markdown,text")).GetProperty("body").GetRawText());
    }

    [Fact]
    public async Task The_default_is_blocks_with_the_same_bytes_and_tag()
    {
        var address = $"/v1/articles/{(await newsroom.Admin.PushedAsync(Given.Article())).Text("id")}";
        var (plain, blocks) = (await newsroom.Reader.GetAsync(address), await newsroom.Reader.GetAsync($"{address}?format=blocks"));

        Assert.Equal(await plain.Content.ReadAsStringAsync(), await blocks.Content.ReadAsStringAsync());
        Assert.Equal(plain.Tag(), blocks.Tag());
    }

    [Fact]
    public async Task Each_combination_has_a_tag_of_its_own_that_moves_with_the_article()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        string[] formats = ["blocks", "html", "markdown", "text", "blocks,html", "html,text"];
        var before = await TagsAsync(id, formats);
        await newsroom.Admin.PushedAsync(story.Headed("Another"));

        Assert.Equal(formats.Length * 2, before.Concat(await TagsAsync(id, formats)).Distinct().Count());
        Assert.Equal(await TagsAsync(id, ["html,text"]), await TagsAsync(id, ["text,html"]));
    }

    [Fact]
    public async Task By_path_in_both_forms_gives_the_same_and_a_former_path_leads_to_the_same_form()
    {
        var story = Given.Article().With("slug", Own.Word("old"));
        var old = (await newsroom.Admin.PushedAsync(story)).Text("path");
        var pushed = await newsroom.Admin.PushedAsync(story.With("slug", Own.Word("new")));
        var path = pushed.Text("path");
        var byId = await newsroom.Reader.GetAsync($"/v1/articles/{pushed.Text("id")}?format=text,html");

        foreach (var address in new[] { $"/v1/articles/by-path/{path}?format=html,text", $"/v1/articles/by-path?path={path}&format=html,text" })
        {
            var response = await newsroom.Reader.GetAsync(address);
            Assert.Equal((await byId.Content.ReadAsStringAsync(), byId.Tag()), (await response.Content.ReadAsStringAsync(), response.Tag()));
        }

        foreach (var address in new[] { $"/v1/articles/by-path/{old}?format=text,html", $"/v1/articles/by-path?path={old}&format=text,html" })
            Assert.Equal($"/v1/articles/by-path/{path}?format=html,text", (await newsroom.Reader.GetAsync(address)).Header("Location"));
        Assert.Equal($"/v1/articles/by-path/{path}", (await newsroom.Reader.GetAsync($"/v1/articles/by-path/{old}?format=blocks")).Header("Location"));
    }

    [Fact]
    public async Task What_others_decide_stands_in_every_form()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("breakingUntil", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");
        var plain = await newsroom.Reader.GetAsync($"/v1/articles/{id}?format=html");
        Assert.True((await plain.JsonAsync()).GetProperty("breaking").GetBoolean());

        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.NotEqual(plain.Tag(), (await newsroom.Reader.GetAsync($"/v1/articles/{id}?format=html")).Tag());
    }

    [Theory]
    [InlineData("format=htm")]
    [InlineData("format=html,html")]
    [InlineData("format=HTML")]
    [InlineData("format=2")]
    [InlineData("format=html,")]
    [InlineData("format=")]
    [InlineData("format=html&format=text")]
    public async Task Refuses_what_is_no_form(string query)
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        await newsroom.Reader.GetAsync($"/v1/articles/{id}?{query}").ProblemAsync(400, "invalid-parameter");
    }

    private async Task<IReadOnlyList<string>> TagsAsync(string id, IReadOnlyList<string> formats) =>
        await Task.WhenAll(formats.Select(async format => (await newsroom.Reader.GetAsync($"/v1/articles/{id}?format={format}")).Tag()));

    private static JsonElement BodyOf(string article) => JsonDocument.Parse(article).RootElement.GetProperty("body");
}
