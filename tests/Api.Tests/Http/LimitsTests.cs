using System.Net;
using System.Text;
using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>How large a request may be.</summary>
public sealed class LimitsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const int MebiByte = 1024 * 1024;

    [Fact]
    public async Task An_article_may_have_4_mebibytes_of_json()
    {
        var padding = new string(' ', (4 * MebiByte) - 20);

        await PutAsync($"{{\"language\":\"en\"{padding}}}").AnsweredAsync(201);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_larger_one_is_413(bool isChunked)
    {
        var content = Json.Raw($"{{\"language\":\"en\"{new string(' ', 5 * MebiByte)}}}");
        var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/manage/sources/wire/articles/{Own.Word()}") { Content = content };
        request.Headers.TransferEncodingChunked = isChunked;

        var problem = await (await newsroom.Admin.SendAsync(request)).ProblemAsync(413, "too-large");

        Assert.Contains("4", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transition_or_a_key_may_have_64_kibibytes(bool isChunked)
    {
        foreach (var address in new[] { "/v1/manage/keys", "/v1/manage/sources/wire/publish" })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Json.Raw($"{{\"scopes\":[]{new string(' ', 64 * 1024)}}}") };
            request.Headers.TransferEncodingChunked = isChunked;

            await (await newsroom.Admin.SendAsync(request)).ProblemAsync(413, "too-large");
        }
    }

    [Fact]
    public async Task The_connection_can_be_used_again_after_a_refusal()
    {
        for (var i = 0; i < 3; i++)
        {
            await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Raw(new string(' ', 100_000))).ProblemAsync(413, "too-large");
            Assert.Equal(200, await newsroom.Admin.GetAsync("/v1/manage/keys").StatusAsync());
        }
    }

    [Fact]
    public async Task A_target_may_have_8_kibibytes()
    {
        var fits = await newsroom.RawAsync("GET", "/v1/articles/by-path/en/".PadRight(8 * 1024, 'a'));
        var longer = await newsroom.RawAsync("GET", "/v1/articles/by-path/en/".PadRight((8 * 1024) + 1, 'a'));
        var query = await newsroom.RawAsync("GET", "/v1/articles?tags=".PadRight(10_000, 'a'));

        Assert.Equal(404, fits.Status);
        Assert.Equal((414, "uri-too-long"), (longer.Status, longer.Json().Text("code")));
        Assert.Equal(414, query.Status);
        Assert.Equal("*", longer.Headers["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Headers_may_have_16_kibibytes()
    {
        Assert.Equal(200, await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/articles", ("X-Filler", new string('x', 12_000))).StatusAsync());
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/articles", ("X-Filler", new string('x', 17_000)))).StatusCode);
    }

    [Fact]
    public async Task A_long_list_of_known_tags_in_if_none_match_is_read()
    {
        var tags = string.Join(", ", Enumerable.Range(0, 300).Select(i => $"\"tag-{i}\""));

        Assert.Equal(304, await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/articles", ("If-None-Match", $"{tags}, {(await newsroom.Reader.GetAsync("/v1/articles")).Tag()}")).StatusAsync());
    }

    private Task<HttpResponseMessage> PutAsync(string json) => newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{Own.Word()}", Json.Raw(Encoding.UTF8.GetBytes(json)));
}
