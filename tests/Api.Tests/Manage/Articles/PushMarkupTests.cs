using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Bodies sent as HTML or Markdown.</summary>
public sealed class PushMarkupTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("html", "<h2>Un titre</h2><p>Le <b>roi</b><script>alert(1)</script></p>")]
    [InlineData("markdown", "## Un titre\n\nLe **roi**<script>alert(1)</script>")]
    public async Task Becomes_blocks_and_what_was_dropped_is_a_warning(string form, string markup)
    {
        var pushed = await newsroom.Admin.PushedAsync(Sent(form, markup));

        var blocks = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{pushed.Text("id")}")).Blocks();
        Assert.Equal(["heading Un titre", "paragraph Le roi"], blocks.Select(block => $"{block.Text("type")} {block.Text("text")}"));
        Assert.Equal("""[{"type":"strong","start":3,"end":6}]""", blocks[1].GetProperty("marks").GetRawText());
        Assert.Equal([$"/body/{form} dropped-element"], pushed.Warnings());
        Assert.Equal("<script>: dropped once.", pushed.GetProperty("warnings")[0].Text("detail"));
    }

    [Theory]
    [InlineData("html", "<p>One.</p><object>x</object><p>Two.</p>")]
    [InlineData("markdown", "One.\n\n<object>x</object>\n\nTwo.")]
    public async Task The_same_again_is_unchanged_and_warns_again(string form, string markup)
    {
        var story = Sent(form, markup);
        var first = await newsroom.Admin.PushedAsync(story);

        var again = await newsroom.Admin.PushedAsync(story);

        Assert.Equal("unchanged", again.Text("outcome"));
        Assert.Equal(first.Warnings(), again.Warnings());
        Assert.Equal(first.Blocks().Select(block => block.Text("id")), again.Blocks().Select(block => block.Text("id")));
    }

    [Fact]
    public async Task Other_markup_for_the_same_blocks_is_unchanged()
    {
        var story = Sent("html", "<p>One <b>word</b>.</p>");
        await newsroom.Admin.PushedAsync(story);

        var again = await newsroom.Admin.PushedAsync(story.With("body", new { markdown = "One **word**." }));

        Assert.Equal("unchanged", again.Text("outcome"));
    }

    [Fact]
    public async Task A_block_that_did_not_change_keeps_its_id()
    {
        var story = Sent("html", "<p>One.</p><p>Two.</p>");
        var first = await newsroom.Admin.PushedAsync(story);

        var second = await newsroom.Admin.PushedAsync(story.With("body", new { html = "<p>New.</p><p>Two.</p>" }));

        Assert.Equal(first.Blocks()[1].Text("id"), second.Blocks()[1].Text("id"));
    }

    [Fact]
    public async Task A_combining_mark_after_a_tag_does_not_break_the_tag()
    {
        var pushed = await newsroom.Admin.PushedAsync(Sent("html", "<p>e<b>\u0338x</b></p>"));

        Assert.Equal(["e\u0338x"], pushed.Paragraphs());
    }

    [Fact]
    public async Task Pictures_are_warned_of_where_they_were_sent()
    {
        var pushed = await newsroom.Admin.PushedAsync(Sent("html", "<img src='https://e.org/a.jpg'><img src='https://e.org/b.jpg'>"));

        Assert.Equal(["/body/html image-without-alt", "/body/html image-without-credit"], pushed.Warnings());
    }

    [Theory]
    [InlineData("html", "<p>", 20_001, "</p>", "too-long")]
    [InlineData("markdown", "", 20_001, "", "too-long")]
    public async Task What_its_blocks_may_not_hold_is_refused(string form, string before, int length, string after, string code)
    {
        var problem = await newsroom.Admin.PushAsync(Sent(form, before + new string('a', length) + after)).ProblemAsync(422, "validation-failed");

        Assert.Equal([$"/body/{form} {code}"], problem.Errors());
    }

    [Theory]
    [InlineData("<div>", 10_000, "too-deep")]
    [InlineData("<p>a", 5_001, "too-many")]
    [InlineData("<br>", 50_001, "too-many")]
    [InlineData("<!-- 2 MiB -->", 149_797, "too-long")]
    public async Task What_is_too_much_is_refused(string piece, int times, string code)
    {
        var problem = await newsroom.Admin.PushAsync(Sent("html", string.Concat(Enumerable.Repeat(piece, times)))).ProblemAsync(422, "validation-failed");

        Assert.Equal([$"/body/html {code}"], problem.Errors());
    }

    [Fact]
    public async Task Markup_without_text_is_a_body_without_blocks()
    {
        var pushed = await newsroom.Admin.PushedAsync(Sent("html", "<!-- nothing --><p> </p>"));

        Assert.Equal(JsonValueKind.Array, pushed.GetProperty("body").GetProperty("blocks").ValueKind);
        Assert.Empty(pushed.Blocks());
    }

    private static Given Sent(string form, string markup) => Given.Article().With("body", new Dictionary<string, string> { [form] = markup });
}
