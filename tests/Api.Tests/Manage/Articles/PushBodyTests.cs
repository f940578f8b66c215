using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Bodies: plain text that becomes paragraphs, or typed blocks.</summary>
public sealed class PushBodyTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Plain_text_becomes_one_paragraph_for_each_stretch_between_blank_lines()
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().Saying("One,\nstill one.\n\n\n \nTwo.\r\n\r\nThree."));

        Assert.Equal(["One,\nstill one.", "Two.", "Three."], article.Paragraphs());
        Assert.All(article.Blocks(), block => Assert.Equal(["id", "type", "text"], block.Members()));
    }

    [Fact]
    public async Task Blocks_of_every_type_come_back_as_they_were_sent()
    {
        var story = Given.Article().With("body", new { blocks = Rich.Blocks() });

        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        var read = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Blocks();
        var sent = JsonSerializer.SerializeToElement(Rich.Blocks()).EnumerateArray().ToList();
        Assert.Equal(sent.Count, read.Count);
        Assert.All(sent.Zip(read), pair => AssertSame(pair.First, pair.Second));
    }

    [Theory]
    [InlineData("""{"text":"a","blocks":[]}""", "/body invalid-value")]
    [InlineData("""{"html":"a","markdown":"a"}""", "/body invalid-value")]
    [InlineData("""{"html":"a","text":"a"}""", "/body invalid-value")]
    [InlineData("""{"html":["a"]}""", "/body/html wrong-type")]
    [InlineData("""{"html":"a\u0001"}""", "/body/html bad-character")]
    [InlineData("""{}""", "/body invalid-value")]
    [InlineData("""{"text":null}""", "/body invalid-value")]
    [InlineData("""{"tekst":"a"}""", "/body/tekst unknown-member")]
    [InlineData("""[]""", "/body wrong-type")]
    [InlineData("\"text\"", "/body wrong-type")]
    [InlineData("""{"text":["a"]}""", "/body/text wrong-type")]
    [InlineData("""{"blocks":{}}""", "/body/blocks wrong-type")]
    [InlineData("""{"blocks":["a"]}""", "/body/blocks/0 wrong-type")]
    [InlineData("""{"blocks":[null]}""", "/body/blocks/0 wrong-type")]
    [InlineData("""{"blocks":[{"text":"a"}]}""", "/body/blocks/0/type required")]
    [InlineData("""{"blocks":[{"type":"para","text":"a"}]}""", "/body/blocks/0/type invalid-value")]
    [InlineData("""{"blocks":[{"type":"paragraph"}]}""", "/body/blocks/0/text required")]
    [InlineData("""{"blocks":[{"type":"paragraph","text":null}]}""", "/body/blocks/0/text required")]
    [InlineData("""{"blocks":[{"type":"paragraph","text":"a","level":2}]}""", "/body/blocks/0/level unknown-member")]
    [InlineData("""{"blocks":[{"type":"paragraph","text":"a","colour":2}]}""", "/body/blocks/0/colour unknown-member")]
    [InlineData("""{"blocks":[{"type":"heading","text":"a"}]}""", "/body/blocks/0/level required")]
    [InlineData("""{"blocks":[{"type":"heading","text":"a","level":1}]}""", "/body/blocks/0/level out-of-range")]
    [InlineData("""{"blocks":[{"type":"heading","text":"a","level":5}]}""", "/body/blocks/0/level out-of-range")]
    [InlineData("""{"blocks":[{"type":"heading","text":"a","level":2.5}]}""", "/body/blocks/0/level wrong-type")]
    [InlineData("""{"blocks":[{"type":"quote","text":"a","sourceUrl":"javascript:x"}]}""", "/body/blocks/0/sourceUrl invalid-url")]
    [InlineData("""{"blocks":[{"type":"correction","text":"a"}]}""", "/body/blocks/0/at required")]
    [InlineData("""{"blocks":[{"type":"correction","text":"a","at":"yesterday"}]}""", "/body/blocks/0/at invalid-instant")]
    [InlineData("""{"blocks":[{"type":"list","items":[]}]}""", "/body/blocks/0/ordered required")]
    [InlineData("""{"blocks":[{"type":"list","ordered":"yes","items":[]}]}""", "/body/blocks/0/ordered wrong-type")]
    [InlineData("""{"blocks":[{"type":"list","ordered":true}]}""", "/body/blocks/0/items required")]
    [InlineData("""{"blocks":[{"type":"list","ordered":true,"items":[{}]}]}""", "/body/blocks/0/items/0/text required")]
    [InlineData("""{"blocks":[{"type":"list","ordered":true,"items":[{"text":"1","items":[{"text":"2","items":[{"text":"3"}]}]}]}]}""", "/body/blocks/0/items/0/items/0/items too-deep")]
    [InlineData("""{"blocks":[{"type":"table","header":[]}]}""", "/body/blocks/0/rows required")]
    [InlineData("""{"blocks":[{"type":"table","rows":[[{"text":"a"},{}]]}]}""", "/body/blocks/0/rows/0/1/text required")]
    [InlineData("""{"blocks":[{"type":"code","text":"a","marks":[]}]}""", "/body/blocks/0/marks unknown-member")]
    [InlineData("""{"blocks":[{"type":"embed","url":"https://example.org"}]}""", "/body/blocks/0/provider required")]
    [InlineData("""{"blocks":[{"type":"embed","provider":"x","url":"example.org"}]}""", "/body/blocks/0/url invalid-url")]
    [InlineData("""{"blocks":[{"type":"image"}]}""", "/body/blocks/0/image required")]
    [InlineData("""{"blocks":[{"type":"image","image":{}}]}""", "/body/blocks/0/image/url required")]
    [InlineData("""{"blocks":[{"type":"gallery","images":[{"url":"https://e.org/a.jpg","width":0}]}]}""", "/body/blocks/0/images/0/width out-of-range")]
    [InlineData("""{"blocks":[{"type":"divider","text":"a"}]}""", "/body/blocks/0/text unknown-member")]
    [InlineData("""{"blocks":[{"id":"a b","type":"divider"}]}""", "/body/blocks/0/id invalid-value")]
    [InlineData("""{"blocks":[{"id":"","type":"divider"}]}""", "/body/blocks/0/id invalid-value")]
    [InlineData("""{"blocks":[{"id":"a","type":"divider"},{"id":"a","type":"divider"}]}""", "/body/blocks/1/id duplicate")]
    public async Task What_is_no_body_is_refused_where_it_is_wrong(string body, string error)
    {
        var problem = await newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{Own.Word()}", Json.Raw($$"""{"language":"en","body":{{body}}}""")).ProblemAsync(422, "validation-failed");

        Assert.Equal([error], problem.Errors());
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_body_is_said_at_once()
    {
        const string Body = """
            {"blocks":[{"type":"heading","level":9},{"type":"paragraph","text":7},{"type":"list","ordered":true,"items":[{"text":"a","marks":[{"type":"bold","start":0,"end":1}]}]},
             {"type":"image","image":{"url":"x","focalPoint":{"x":2,"y":-1}}},{"type":"nothing"}]}
            """;

        var problem = await newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{Own.Word()}", Json.Raw($$"""{"language":"en","body":{{Body}}}""")).ProblemAsync(422, "validation-failed");

        Assert.Equal(
            [
                "/body/blocks/0/level out-of-range", "/body/blocks/0/text required", "/body/blocks/1/text wrong-type", "/body/blocks/2/items/0/marks/0/type invalid-value",
                "/body/blocks/3/image/focalPoint/x out-of-range", "/body/blocks/3/image/focalPoint/y out-of-range", "/body/blocks/3/image/url invalid-url", "/body/blocks/4/type invalid-value",
            ],
            problem.Errors());
    }

    [Fact]
    public async Task A_paragraph_has_at_most_20000_code_units()
    {
        await newsroom.Admin.PushAsync(Given.Article().Saying(new string('a', 20_000))).AnsweredAsync(201);
        var asText = await newsroom.Admin.PushAsync(Given.Article().Saying($"Short.\n\n{new string('a', 20_001)}")).ProblemAsync(422, "validation-failed");
        var asBlock = await newsroom.Admin.PushAsync(Given.Article().With("body", new { blocks = new[] { new { type = "paragraph", text = new string('a', 20_001) } } })).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/body/text too-long"], asText.Errors());
        Assert.Equal(["/body/blocks/0/text too-long"], asBlock.Errors());
        Assert.Equal(20_000, asBlock.GetProperty("errors")[0].Number("limit"));
    }

    [Fact]
    public async Task A_body_has_at_most_5000_blocks()
    {
        var blocks = Enumerable.Repeat(new { type = "divider" }, 5_000).ToList();

        await newsroom.Admin.PushAsync(Given.Article().With("body", new { blocks })).AnsweredAsync(201);
        var problem = await newsroom.Admin.PushAsync(Given.Article().With("body", new { blocks = blocks.Append(new { type = "divider" }) })).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/body/blocks too-many"], problem.Errors());
    }

    [Fact]
    public async Task A_body_has_at_most_2_mebibytes()
    {
        var paragraph = new string('é', 9_999);
        var fits = string.Join("\n\n", Enumerable.Repeat(paragraph, 104));
        var tooMuch = string.Join("\n\n", Enumerable.Repeat(paragraph, 105));

        await newsroom.Admin.PushAsync(Given.Article().Saying(fits)).AnsweredAsync(201);
        var asText = await newsroom.Admin.PushAsync(Given.Article().Saying(tooMuch)).ProblemAsync(422, "validation-failed");
        var asBlocks = await newsroom.Admin.PushAsync(Given.Article().With("body", new { blocks = Enumerable.Repeat(new { type = "paragraph", text = paragraph }, 105) })).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/body/text too-long"], asText.Errors());
        Assert.Equal(["/body/blocks too-long"], asBlocks.Errors());
        Assert.Equal(2 * 1024 * 1024, asText.GetProperty("errors")[0].Number("limit"));
    }

    // Everything that was sent is there, and nothing else but the block's id.
    private static void AssertSame(JsonElement sent, JsonElement read)
    {
        var expected = sent.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        Assert.Equal(expected.Keys.Append("id").Order(), read.Members().Order());
        Assert.All(expected, member => Assert.True(JsonElement.DeepEquals(member.Value, read.GetProperty(member.Key)), $"{member.Key}: {member.Value} became {read.GetProperty(member.Key)}"));
    }
}
