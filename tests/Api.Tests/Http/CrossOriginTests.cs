using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>Pages of any site may read delivery, and never with a key.</summary>
public sealed class CrossOriginTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly (string, string)[] Preflight = [("Origin", "https://partner.example"), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "if-none-match")];

    [Theory]
    [InlineData("/v1/articles")]
    [InlineData("/v1/articles/7")]
    [InlineData("/v1/sections?limit=0")]
    [InlineData("/v1/nothing")]
    [InlineData("/v1/section-tree")]
    [InlineData("/v1/tags")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_of_delivery_may_be_read_by_any_site_problems_included(string address)
    {
        var response = await newsroom.Reader.SendAsync(HttpMethod.Get, address, ("Origin", "https://partner.example"));

        Assert.Equal("*", response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("ETag, Link, Last-Modified, Content-Language, Retry-After, Deprecation, Sunset", response.Header("Access-Control-Expose-Headers"));
        Assert.Null(response.Header("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task It_says_so_without_being_asked_because_caches_share_the_answer() =>
        Assert.Equal("*", (await newsroom.Reader.GetAsync("/v1/articles")).Header("Access-Control-Allow-Origin"));

    [Fact]
    public async Task Refusals_of_keys_and_methods_may_be_read_too()
    {
        Assert.Equal("*", (await newsroom.Client("wrong").GetAsync("/v1/articles")).Header("Access-Control-Allow-Origin"));
        Assert.Equal("*", (await newsroom.Reader.DeleteAsync("/v1/articles")).Header("Access-Control-Allow-Origin"));
        Assert.Equal("*", (await newsroom.RawAsync("GET", "/v1/articles/by-path/a//b")).Headers["Access-Control-Allow-Origin"]);
    }

    [Theory]
    [InlineData("/v1/articles")]
    [InlineData("/v1/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11")]
    [InlineData("/v1/articles/by-path/en/a")]
    [InlineData("/v1/tags/place/syrie")]
    public async Task A_preflight_allows_reading_with_these_headers(string address)
    {
        var response = await newsroom.Reader.SendAsync(HttpMethod.Options, address, Preflight);

        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal("*", response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("GET, HEAD", response.Header("Access-Control-Allow-Methods"));
        Assert.Equal("If-None-Match, If-Modified-Since, Last-Event-ID, Min-Change-Seq, Cache-Control", response.Header("Access-Control-Allow-Headers"));
        Assert.Equal("7200", response.Header("Access-Control-Max-Age"));
        Assert.DoesNotContain("Authorization", response.Header("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        Assert.Null(response.Header("Access-Control-Allow-Credentials"));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/v1/manage/keys")]
    [InlineData("/v1/manage/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11")]
    [InlineData("/v1/manage/sources/wire/articles/a")]
    public async Task Management_allows_no_site_anything(string address)
    {
        foreach (var client in new[] { newsroom.Reader, newsroom.Admin })
        {
            var read = await client.SendAsync(HttpMethod.Get, address, ("Origin", "https://partner.example"));
            var preflight = await client.SendAsync(HttpMethod.Options, address, Preflight);

            foreach (var header in new[] { "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Expose-Headers" })
                Assert.Equal((null, null), (read.Header(header), preflight.Header(header)));
        }
    }
}
