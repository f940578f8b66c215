using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>Addresses as they come over the wire: cut from the raw target, decoded exactly once.</summary>
public sealed class AddressesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Article = """{"language":"en"}""";

    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("c%2Fd", "c/d")]
    [InlineData("c%2fd2", "c/d2")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("a%25b", "a%b")]
    [InlineData("a+b", "a+b")]
    [InlineData("a%20b", "a b")]
    [InlineData("a%3Fb%23c", "a?b#c")]
    [InlineData("https:%2F%2Fexample.org%2Fa", "https://example.org/a")]
    [InlineData("tag:example.org,2024:1", "tag:example.org,2024:1")]
    [InlineData("..a/b..", "..a/b..")]
    [InlineData("...", "...")]
    [InlineData("a%2F..%2Fb", "a/../b")]
    [InlineData("..%2Fa", "../a")]
    [InlineData("%2F", "/")]
    [InlineData("a%2F", "a/")]
    [InlineData("%C3%A9", "é")]
    [InlineData("%F0%9F%98%80", "😀")]
    [InlineData("%41", "A")]
    [InlineData("~!$&'()*,;=:@", "~!$&'()*,;=:@")]
    public async Task An_own_id_is_what_its_path_says_once_decoded(string path, string externalId)
    {
        var pushed = await newsroom.RawAsync("PUT", $"/v1/manage/sources/wire/articles/{path}", Newsroom.AdminKey, Article);

        Assert.Equal(201, pushed.Status);
        Assert.Equal(externalId, pushed.Json().Text("externalId"));
        Assert.Equal(externalId, (await newsroom.Admin.GetJsonAsync($"/v1/manage/articles/by-source?source=wire&externalId={Uri.EscapeDataString(externalId)}")).Text("externalId"));
    }

    [Fact]
    public async Task A_slash_is_the_same_encoded_or_not()
    {
        var word = Own.Word();
        await newsroom.RawAsync("PUT", $"/v1/manage/sources/wire/articles/{word}/b", Newsroom.AdminKey, Article);

        Assert.Equal(200, (await newsroom.RawAsync("PUT", $"/v1/manage/sources/wire/articles/{word}%2Fb", Newsroom.AdminKey, Article)).Status);
        Assert.Equal(201, (await newsroom.RawAsync("PUT", $"/v1/manage/sources/wire/articles/{word}%252Fb", Newsroom.AdminKey, Article)).Status);
    }

    [Theory]
    [InlineData("/v1/manage/sources/wire/articles/a//b")]
    [InlineData("/v1/manage/sources/wire/articles/a/")]
    [InlineData("/v1/manage/sources/wire/articles//a")]
    [InlineData("/v1/manage/sources/wire/articles/a/./b")]
    [InlineData("/v1/manage/sources/wire/articles/.")]
    [InlineData("/v1/manage/sources/wire/articles/..")]
    [InlineData("/v1/manage/sources/wire/articles/a/../b")]
    [InlineData("/v1/manage/sources/wire/articles/a/%2E/b")]
    [InlineData("/v1/manage/sources/wire/articles/a/%2e%2E")]
    [InlineData("/v1/manage/sources/wire/articles/a/.%2e/b")]
    [InlineData("/v1/manage/sources/../sources/wire/articles/a")]
    [InlineData("/v1/manage/sources/wire/articles/")]
    [InlineData("/v1/articles/by-path/en//a")]
    [InlineData("/v1/articles/by-path/en/a/")]
    [InlineData("/v1/articles/by-path/en/../a")]
    [InlineData("/v1/articles/by-path/%2e%2e/a")]
    [InlineData("/v1/sections/a//b")]
    [InlineData("/v1/sections/a/")]
    [InlineData("/v1/sections/./a")]
    [InlineData("/v1/manage/../articles")]
    [InlineData("/v1/articles/..")]
    public async Task An_empty_or_dot_segment_is_refused(string target)
    {
        var answer = await newsroom.RawAsync("GET", target, Newsroom.AdminKey);

        Assert.Equal(400, answer.Status);
        Assert.Equal("malformed-request", answer.Json().Text("code"));
    }

    [Theory]
    [InlineData("/v1/articles/by-path/en/a%FFb")]
    [InlineData("/v1/articles/by-path/en/%C3")]
    [InlineData("/v1/articles/by-path/en/%C0%AE")]
    [InlineData("/v1/articles/by-path/en/%ED%A0%80")]
    [InlineData("/v1/manage/sources/wire/articles/a%ZZ")]
    [InlineData("/v1/manage/sources/wire/articles/a%")]
    [InlineData("/v1/manage/sources/wire/articles/a%4")]
    public async Task What_is_not_utf8_percent_encoded_is_refused(string target)
    {
        var answer = await newsroom.RawAsync("GET", target, Newsroom.AdminKey);

        Assert.Equal(400, answer.Status);
        Assert.Equal("bad-encoding", answer.Json().Text("code"));
    }

    [Theory]
    [InlineData("/v1/articles?section=%FF")]
    [InlineData("/v1/articles?tags=place:%C3")]
    [InlineData("/v1/tags?q=%ZZ")]
    [InlineData("/v1/tags?%FF=a")]
    public async Task A_query_that_is_not_utf8_is_refused_too(string target)
    {
        var answer = await newsroom.RawAsync("GET", target);

        Assert.Equal(400, answer.Status);
        Assert.Equal("bad-encoding", answer.Json().Text("code"));
    }

    [Theory]
    [InlineData("/v1/articles/by-path/en/a%0Ab")]
    [InlineData("/v1/articles/by-path/en/a%7F")]
    [InlineData("/v1/sections/a%EF%BF%BE")]
    [InlineData("/v1/tags?q=a%01b")]
    [InlineData("/v1/articles/by-path?path=en/a%00b")]
    public async Task Controls_and_noncharacters_answer_400_or_404_and_never_fail(string target) => Assert.InRange((await newsroom.RawAsync("GET", target)).Status, 400, 404);

    [Theory]
    [InlineData("GET /v1/articles/by-path/en/a%00b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /v1/articles HTTP/1.1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET  /v1/articles HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /v1/articles HTTP/3.0\r\nHost: x\r\n\r\n")]
    [InlineData("GARBAGE\r\n\r\n")]
    public async Task What_is_no_http_is_a_client_error_and_never_a_failure(string request) => Assert.InRange((await newsroom.ExchangeAsync(request)).Status, 400, 505);

    [Fact]
    public async Task A_source_cannot_smuggle_a_slash() =>
        Assert.Equal(400, (await newsroom.RawAsync("PUT", "/v1/manage/sources/wi%2Fre/articles/a", Newsroom.AdminKey, Article)).Status);

    [Fact]
    public async Task A_fixed_part_may_be_percent_encoded_without_moving_what_follows()
    {
        var word = Own.Word();

        var answer = await newsroom.RawAsync("PUT", $"/v1/%6Danage/sources/w%69re/articles/{word}/b", Newsroom.AdminKey, Article);

        Assert.Equal(201, answer.Status);
        Assert.Equal(($"{word}/b", "wire"), (answer.Json().Text("externalId"), answer.Json().GetProperty("source").Text("slug")));
    }

    [Fact]
    public async Task The_instance_of_a_problem_is_the_path_without_its_query()
    {
        var problem = await newsroom.Reader.GetAsync("/v1/articles/7?x=secret").ProblemAsync(404, "not-found");

        Assert.Equal("/v1/articles/7", problem.Text("instance"));
    }
}
