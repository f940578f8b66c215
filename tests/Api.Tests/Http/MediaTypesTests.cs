using System.Net.Http.Headers;
using System.Text;
using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>What may be asked for, and what may be sent.</summary>
public sealed class MediaTypesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/*")]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8")]
    [InlineData("text/html;q=0.1, application/json;q=0.001")]
    [InlineData("application/*;q=0, application/json")]
    [InlineData("garbage")]
    [InlineData("")]
    public async Task An_accept_that_lets_json_through_gets_it(string accept) => Assert.Equal(200, await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/articles", ("Accept", accept)).StatusAsync());

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml, text/*")]
    [InlineData("application/json;q=0")]
    [InlineData("*/*, application/json;q=0")]
    [InlineData("application/problem+json")]
    [InlineData("application/rss+xml")]
    public async Task An_accept_that_rules_it_out_is_406_and_told_what_there_is(string accept)
    {
        foreach (var address in new[] { "/v1/articles", "/v1/section-tree", "/v1/articles/7" })
        {
            var problem = await newsroom.Reader.SendAsync(HttpMethod.Get, address, ("Accept", accept)).ProblemAsync(406, "not-acceptable");

            Assert.Contains("application/json", problem.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/problems")]
    [InlineData("/health/live")]
    [InlineData("/openapi/v1.json")]
    public async Task Addresses_outside_the_two_worlds_ignore_accept(string address) =>
        Assert.Equal(200, await newsroom.Reader.SendAsync(HttpMethod.Get, address, ("Accept", "image/png")).StatusAsync());

    [Theory]
    [InlineData("PUT", "/v1/manage/sources/wire/articles/media-type", "Accept")]
    [InlineData("PUT", "/v1/manage/articles/by-source?source=wire&externalId=media-type", "Accept")]
    [InlineData("POST", "/v1/manage/keys", "Accept-Post")]
    [InlineData("POST", "/v1/manage/sources/wire/publish", "Accept-Post")]
    public async Task A_body_of_another_type_is_415_and_told_the_right_one(string method, string address, string header)
    {
        foreach (var type in new[] { "text/plain", "application/xml", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/merge-patch+json", "application/jsonx" })
        {
            var content = new ByteArrayContent("{}"u8.ToArray());
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

            var response = await newsroom.Admin.SendAsync(new HttpMethod(method), address, content);

            await response.ProblemAsync(415, "unsupported-media-type");
            Assert.Equal("application/json", response.Header(header));
        }
    }

    [Fact]
    public async Task A_body_without_a_type_and_no_body_at_all_are_415_too()
    {
        await newsroom.Admin.PutAsync("/v1/manage/sources/wire/articles/a", new ByteArrayContent("{}"u8.ToArray())).ProblemAsync(415, "unsupported-media-type");
        await newsroom.Admin.PutAsync("/v1/manage/sources/wire/articles/a", null).ProblemAsync(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("Application/JSON; charset=\"utf-8\"")]
    public async Task Json_in_utf8_is_taken_however_it_is_written(string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"language":"en"}"""));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.Equal(201, await newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{Own.Word()}", content).StatusAsync());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task A_compressed_body_is_415_and_told_to_send_it_plain(string encoding)
    {
        var content = Json.Raw("""{"language":"en"}""");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        var response = await newsroom.Admin.PutAsync("/v1/manage/sources/wire/articles/compressed", content);

        await response.ProblemAsync(415, "unsupported-media-type");
        Assert.Equal("identity", response.Header("Accept-Encoding"));
        Assert.Equal(404, await newsroom.Admin.GetAsync("/v1/manage/sources/wire/articles/compressed").StatusAsync());
    }

    [Fact]
    public async Task A_compressed_request_is_refused_wherever_it_is_sent()
    {
        foreach (var address in new[] { "/v1/articles", "/v1/manage/keys" })
        {
            var content = new ByteArrayContent([]);
            content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");

            await newsroom.Admin.SendAsync(HttpMethod.Get, address, content).ProblemAsync(415, "unsupported-media-type");
        }
    }
}
