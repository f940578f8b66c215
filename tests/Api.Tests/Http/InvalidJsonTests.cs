using System.Text;
using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>What is not one JSON text is refused with the place where reading stopped.</summary>
public sealed class InvalidJsonTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{", 1, 2)]
    [InlineData("{\"language\": \"en\",}", 1, 19)]
    [InlineData("{\n  \"language\": \"en\"\n  \"headline\": \"x\"\n}", 3, 3)]
    [InlineData("{\"a\": 01}", 1, 8)]
    [InlineData("{\"a\": tru}", 1, 10)]
    [InlineData("{'a': 1}", 1, 2)]
    [InlineData("{a: 1}", 1, 2)]
    [InlineData("{\"é😀\": x}", 1, 9)]
    [InlineData("{} {}", 1, 4)]
    [InlineData("// comment\n{}", 1, 1)]
    [InlineData("{\"a\": \"\t\"}", 1, 8)]
    [InlineData("{\"a\": \"\\x\"}", 1, 9)]
    [InlineData("NaN", 1, 1)]
    public async Task Says_line_and_column(string json, int line, int column)
    {
        var problem = await PutAsync(Encoding.UTF8.GetBytes(json)).ProblemAsync(400, "invalid-json");

        Assert.Equal((line, column), (problem.Number("line"), problem.Number("column")));
        Assert.False(problem.Has("errors"));
    }

    [Theory]
    [InlineData("{\"language\":\"en\",\"language\":\"fr\"}", 1, 18)]
    [InlineData("{\"language\":\"en\",\n\"lang\\u0075age\":\"fr\"}", 2, 1)]
    [InlineData("{\"tags\":[{\"kind\":\"place\",\"kind\":\"person\"}]}", 1, 26)]
    [InlineData("{\"x\":{\"y\":{\"z\":1,\"z\":1}}}", 1, 18)]
    public async Task Refuses_a_member_that_stands_twice(string json, int line, int column)
    {
        var problem = await PutAsync(Encoding.UTF8.GetBytes(json)).ProblemAsync(400, "invalid-json");

        Assert.Equal((line, column), (problem.Number("line"), problem.Number("column")));
    }

    [Theory]
    [InlineData("{\"language\":\"en\",\"\\ud800\":null}")]
    [InlineData("{\"language\":\"en\",\"\\ud800\":1}")]
    public async Task Half_a_surrogate_pair_is_the_name_of_no_member(string json)
    {
        var problem = await PutAsync(Encoding.UTF8.GetBytes(json)).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/… unknown-member"], problem.Errors());
    }

    [Fact]
    public async Task Takes_32_levels_and_refuses_33()
    {
        var inside = await PutAsync(Encoding.UTF8.GetBytes(Nested(32))).ProblemAsync(422, "validation-failed");
        await PutAsync(Encoding.UTF8.GetBytes(Nested(33))).ProblemAsync(400, "invalid-json");
        await PutAsync(Encoding.UTF8.GetBytes(Nested(100_000))).ProblemAsync(400, "invalid-json");

        Assert.Contains("/a unknown-member", inside.Errors());

        static string Nested(int depth) => $"{string.Concat(Enumerable.Repeat("{\"a\":", depth))}1{new string('}', depth)}";
    }

    [Theory]
    [InlineData(new byte[] { 0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D }, 3)]
    [InlineData(new byte[] { 0x7B, 0x22, 0xC3, 0x22, 0x3A, 0x31, 0x7D }, 3)]
    [InlineData(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 }, 2)]
    [InlineData(new byte[] { 0x22, 0xC0, 0x80, 0x22 }, 2)]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x7B, 0x00, 0x7D }, 1)]
    [InlineData(new byte[] { 0x7B, 0x00, 0x7D, 0x00 }, 2)]
    public async Task Refuses_what_is_not_utf8(byte[] json, int column)
    {
        var problem = await PutAsync(json).ProblemAsync(400, "invalid-json");

        Assert.Equal(column, problem.Number("column"));
    }

    [Fact]
    public async Task Takes_a_byte_order_mark()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{"language":"en"}""")];

        await PutAsync(marked).AnsweredAsync(201);
    }

    [Fact]
    public async Task Takes_what_rfc_8259_allows_however_odd()
    {
        const string Odd = "\r\n\t {\"lang\\u0075age\" :\t\"e\\u006e\" , \"urgency\":3.0e0,\"headline\":\"\\ud83d\\ude00\\/\\\"\" }\n ";

        var article = await PutAsync(Encoding.UTF8.GetBytes(Odd)).AnsweredAsync(201);

        Assert.Equal(("😀/\"", 3), (article.Text("headline"), article.Number("urgency")));
    }

    [Fact]
    public async Task Stores_nothing_of_it()
    {
        var address = $"/v1/manage/sources/wire/articles/{Own.Word()}";

        await newsroom.Admin.PutAsync(address, Json.Raw("""{"language":"en","headline":"x"} trailing""")).ProblemAsync(400, "invalid-json");

        Assert.Equal(404, await newsroom.Admin.GetAsync(address).StatusAsync());
    }

    private Task<HttpResponseMessage> PutAsync(byte[] json) => newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{Own.Word()}", Json.Raw(json));
}
