using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Emphasis and links on stretches of text.</summary>
public sealed class PushMarksTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("cafe\\u0301 noir", 6, 10, "noir")]
    [InlineData("one\\r\\ntwo\\r\\nthree", 10, 15, "three")]
    [InlineData("😀😀 rire", 5, 9, "rire")]
    [InlineData("\\u1112\\u1161\\u11ab\\u1100\\u1173\\u11af 글", 7, 8, "글")]
    [InlineData("e\\u0301\\r\\ne\\u0301 fin", 7, 10, "fin")]
    public async Task A_mark_moves_with_its_words_when_the_text_is_normalised(string text, int start, int end, string marked)
    {
        var block = await PushBlockAsync($$"""{"type":"paragraph","text":"{{text}}","marks":[{"type":"strong","start":{{start}},"end":{{end}}}]}""");

        var mark = block.GetProperty("marks")[0];
        Assert.Equal(marked, block.Text("text")[(int)mark.Number("start")..(int)mark.Number("end")]);
    }

    [Fact]
    public async Task Marks_in_lists_and_tables_move_too()
    {
        var list = await PushBlockAsync("""{"type":"list","ordered":false,"items":[{"text":"e\u0301 a","items":[{"text":"e\u0301 b","marks":[{"type":"strong","start":3,"end":4}]}]}]}""");
        var table = await PushBlockAsync("""{"type":"table","header":[{"text":"e\u0301 c","marks":[{"type":"strong","start":3,"end":4}]}],"rows":[[{"text":"e\u0301 d","marks":[{"type":"strong","start":3,"end":4}]}]]}""");

        Assert.Equal(2, list.GetProperty("items")[0].GetProperty("items")[0].GetProperty("marks")[0].Number("start"));
        Assert.Equal(2, table.GetProperty("header")[0].GetProperty("marks")[0].Number("start"));
        Assert.Equal(2, table.GetProperty("rows")[0][0].GetProperty("marks")[0].Number("start"));
    }

    [Fact]
    public async Task Marks_come_sorted_by_start_then_longest_first()
    {
        var block = await PushBlockAsync("""
            {"type":"paragraph","text":"abcdef","marks":[{"type":"code","start":3,"end":4},{"type":"emphasis","start":0,"end":2},{"type":"strong","start":0,"end":5}]}
            """);

        Assert.Equal(["strong", "emphasis", "code"], block.GetProperty("marks").EnumerateArray().Select(mark => mark.Text("type")));
    }

    [Fact]
    public async Task No_marks_are_absent()
    {
        var block = await PushBlockAsync("""{"type":"paragraph","text":"abc","marks":[]}""");

        Assert.False(block.Has("marks"));
    }

    [Fact]
    public async Task A_link_is_stored_as_a_uri()
    {
        var block = await PushBlockAsync("""{"type":"paragraph","text":"abc","marks":[{"type":"link","start":0,"end":3,"href":"https://bücher.example/été"}]}""");

        Assert.Equal("https://xn--bcher-kva.example/%C3%A9t%C3%A9", block.GetProperty("marks")[0].Text("href"));
    }

    [Fact]
    public async Task Marks_of_one_type_may_touch()
    {
        var block = await PushBlockAsync("""{"type":"paragraph","text":"abcd","marks":[{"type":"strong","start":0,"end":2},{"type":"strong","start":2,"end":4}]}""");

        Assert.Equal(2, block.GetProperty("marks").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"type":"bold","start":0,"end":1}""", "/type invalid-value")]
    [InlineData("""{"start":0,"end":1}""", "/type required")]
    [InlineData("""{"type":"strong","start":0}""", "/end required")]
    [InlineData("""{"type":"strong","end":1}""", "/start required")]
    [InlineData("""{"type":"strong","start":-1,"end":1}""", "/start out-of-range")]
    [InlineData("""{"type":"strong","start":1,"end":1}""", "/end out-of-range")]
    [InlineData("""{"type":"strong","start":2,"end":1}""", "/end out-of-range")]
    [InlineData("""{"type":"strong","start":0,"end":6}""", "/end out-of-range")]
    [InlineData("""{"type":"strong","start":0,"end":3}""", "/end out-of-range")]
    [InlineData("""{"type":"strong","start":3,"end":5}""", "/start out-of-range")]
    [InlineData("""{"type":"strong","start":0,"end":2147483648}""", "/end wrong-type")]
    [InlineData("""{"type":"strong","start":"0","end":1}""", "/start wrong-type")]
    [InlineData("""{"type":"strong","start":0,"end":1,"href":"https://example.org"}""", "/href unknown-member")]
    [InlineData("""{"type":"link","start":0,"end":1}""", "/href required")]
    [InlineData("""{"type":"link","start":0,"end":1,"href":"javascript:alert(1)"}""", "/href invalid-url")]
    [InlineData("""{"type":"link","start":0,"end":1,"href":"/relative"}""", "/href invalid-url")]
    [InlineData("""{"type":"link","start":0,"end":1,"href":"https://user:pass@example.org/"}""", "/href invalid-url")]
    public async Task A_mark_that_cannot_stand_there_is_refused(string mark, string error)
    {
        // The text has 5 code units; the pair of the emoji are the third and fourth.
        var problem = await PutBlockAsync($$"""{"type":"paragraph","text":"ab😀c","marks":[{{mark}}]}""").ProblemAsync(422, "validation-failed");

        Assert.Equal([$"/body/blocks/0/marks/0{error}"], problem.Errors());
    }

    [Fact]
    public async Task Marks_of_one_type_may_not_overlap()
    {
        var problem = await PutBlockAsync("""{"type":"paragraph","text":"abcd","marks":[{"type":"strong","start":1,"end":3},{"type":"emphasis","start":0,"end":4},{"type":"strong","start":2,"end":4}]}""")
            .ProblemAsync(422, "validation-failed");

        Assert.Equal(["/body/blocks/0/marks/2 overlap"], problem.Errors());
    }

    private Task<HttpResponseMessage> PutBlockAsync(string block) =>
        newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{Own.Word()}", Json.Raw($$$"""{"language":"en","headline":"H","body":{"blocks":[{{{block}}}]}}"""));

    private async Task<JsonElement> PushBlockAsync(string block) => (await PutBlockAsync(block).AnsweredAsync(201)).Blocks()[0];
}
