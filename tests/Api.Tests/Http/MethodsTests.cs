using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>Which methods an address has, and what it says to others.</summary>
public sealed class MethodsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    public static readonly TheoryData<string, string> Addresses = new()
    {
        { "/v1/articles", "GET, HEAD, OPTIONS" },
        { "/v1/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11", "GET, HEAD, OPTIONS" },
        { "/v1/articles/by-path/en/a", "GET, HEAD, OPTIONS" },
        { "/v1/sections", "GET, HEAD, OPTIONS" },
        { "/v1/sections/a/b", "GET, HEAD, OPTIONS" },
        { "/v1/section-tree", "GET, HEAD, OPTIONS" },
        { "/v1/tags", "GET, HEAD, OPTIONS" },
        { "/v1/tags/place/syrie", "GET, HEAD, OPTIONS" },
        { "/v1/manage/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11", "DELETE, GET, OPTIONS, PATCH, PUT" },
        { "/v1/manage/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11/publish", "OPTIONS, POST" },
        { "/v1/manage/articles/by-source", "DELETE, GET, OPTIONS, PATCH, PUT" },
        { "/v1/manage/sources/wire/articles/a", "DELETE, GET, OPTIONS, PATCH, PUT" },
        { "/v1/manage/articles", "GET, OPTIONS, POST" },
        { "/v1/manage/sources/wire/unpublish", "OPTIONS, POST" },
        { "/v1/manage/sections", "GET, OPTIONS" },
        { "/v1/manage/sections/", "GET, OPTIONS" },
        { "/v1/manage/sections/a", "DELETE, GET, OPTIONS, PUT" },
        { "/v1/manage/sections/a/b", "DELETE, GET, OPTIONS, PUT" },
        { "/v1/manage/tags", "GET, OPTIONS" },
        { "/v1/manage/tags/place/a", "DELETE, GET, OPTIONS, PUT" },
        { "/v1/articles/by-path", "GET, HEAD, OPTIONS" },
        { "/v1/manage/keys", "GET, OPTIONS, POST" },
        { "/v1/manage/keys/x", "DELETE, GET, OPTIONS" },
        { "/health/live", "GET, HEAD, OPTIONS" },
        { "/openapi/v1.json", "GET, HEAD, OPTIONS" },
        { "/", "GET, HEAD, OPTIONS" },
        { "/problems", "GET, HEAD, OPTIONS" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Options_lists_them_without_a_body_to_anybody(string address, string methods)
    {
        var response = await newsroom.Reader.SendAsync(HttpMethod.Options, address);

        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal(methods, Sorted(response));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Another_method_is_405_and_lists_them(string address, string methods)
    {
        foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Trace, new HttpMethod("PURGE") }.Where(method => !methods.Contains(method.Method, StringComparison.Ordinal)))
        {
            var response = await newsroom.Admin.SendAsync(method, address);

            await response.ProblemAsync(405, "method-not-allowed");
            Assert.Equal(methods, Sorted(response));
        }
    }

    [Theory]
    [InlineData("/v1/articles")]
    [InlineData("/v1/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11")]
    [InlineData("/v1/sections/a")]
    [InlineData("/v1/tags/place/a")]
    public async Task Delivery_changes_nothing_whoever_asks(string address)
    {
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
            await newsroom.Admin.SendAsync(method, address, Json.Raw("{}")).ProblemAsync(405, "method-not-allowed");
    }

    [Fact]
    public async Task A_list_is_not_what_stands_below_it()
    {
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete })
            await newsroom.Admin.SendAsync(method, "/v1/manage/sections", Json.Raw("{}")).ProblemAsync(405, "method-not-allowed");
    }

    [Theory]
    [InlineData("/v2/articles")]
    [InlineData("/v1")]
    [InlineData("/v1/")]
    [InlineData("/v1/article")]
    [InlineData("/v1/articles/a/b")]
    [InlineData("/v1/manage")]
    [InlineData("/v1/manage/nothing")]
    [InlineData("/favicon.ico")]
    [InlineData("/admin.php")]
    public async Task An_unknown_address_is_404_for_every_method(string address)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Options, HttpMethod.Delete })
            await newsroom.Reader.SendAsync(method, address).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_request_for_the_server_as_a_whole_breaks_nothing()
    {
        Assert.InRange((await newsroom.RawAsync("OPTIONS", "*")).Status, 200, 499);
        Assert.Equal(200, (await newsroom.RawAsync("GET", "http://other.example/v1/articles")).Status);
    }

    private static string Sorted(HttpResponseMessage response) => string.Join(", ", response.Header("Allow")!.Split(',', StringSplitOptions.TrimEntries).Order());
}
