using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>How long an answer may be kept: the same for every address and state, so that a lifetime tells nothing of what is coming.</summary>
public sealed class CachingTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Fresh = "public, max-age=10, stale-while-revalidate=20, stale-if-error=60";
    private const string Brief = "public, max-age=10";

    [Fact]
    public async Task Every_answer_to_anybody_is_public_for_the_same_time()
    {
        foreach (var address in await AddressesAsync())
            Assert.Equal((200, Fresh), await FreshnessAsync(newsroom.Reader, address));
    }

    [Fact]
    public async Task What_is_not_there_is_kept_briefly()
    {
        var story = Given.Article().With("slug", Own.Word("a"));
        var former = (await newsroom.Admin.PushedAsync(story)).Text("path");
        var gone = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        await newsroom.Admin.PushedAsync(story.With("slug", Own.Word("b")));
        await newsroom.Admin.UnpublishAsync(gone);

        Assert.Equal((308, Brief), await FreshnessAsync(newsroom.Reader, $"/v1/articles/by-path/{former}"));
        Assert.Equal((410, Brief), await FreshnessAsync(newsroom.Reader, $"/v1/articles/{gone}"));
        Assert.Equal((404, Brief), await FreshnessAsync(newsroom.Reader, "/v1/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11"));
        Assert.Equal((404, Brief), await FreshnessAsync(newsroom.Reader, "/v1/sections/no-such"));
        Assert.Equal((404, Brief), await FreshnessAsync(newsroom.Reader, "/v1/no-such-route"));
    }

    [Fact]
    public async Task Any_other_refusal_is_not_stored()
    {
        Assert.Equal((400, "no-store"), await FreshnessAsync(newsroom.Reader, "/v1/articles?limit=0"));
        Assert.Equal((400, "no-store"), await FreshnessAsync(newsroom.Reader, "/v1/articles?cursor=x"));
        Assert.Equal((401, "no-store"), await FreshnessAsync(newsroom.Client("wrong"), "/v1/articles"));
        Assert.Equal((405, "no-store"), await FreshnessAsync(newsroom.Reader, "/v1/articles", HttpMethod.Post));
        Assert.Equal("no-store", (await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/articles", ("Accept", "text/html"))).Header("Cache-Control"));
    }

    [Fact]
    public async Task Answers_to_a_key_are_private_and_revalidated()
    {
        var reader = await newsroom.ClientMayAsync("content:read");

        foreach (var address in await AddressesAsync())
        {
            Assert.Equal((200, "no-cache, private"), await FreshnessAsync(reader, address));
            var tag = (await reader.GetAsync(address)).Tag();
            Assert.Equal(304, await reader.SendAsync(HttpMethod.Get, address, ("If-None-Match", tag)).StatusAsync());
        }

        Assert.Equal((404, "no-cache, private"), await FreshnessAsync(reader, "/v1/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11"));
        Assert.Equal((400, "no-store"), await FreshnessAsync(reader, "/v1/articles?limit=0"));
    }

    [Fact]
    public async Task Every_answer_of_delivery_varies_by_key_and_encoding()
    {
        string[] addresses = [.. await AddressesAsync(), "/v1/articles/7", "/v1/nothing", "/v1/articles?limit=0", "/v1/tags/person/nobody"];

        foreach (var address in addresses)
            Assert.Equal("Authorization, Accept-Encoding", (await newsroom.Reader.GetAsync(address)).Header("Vary"));
        Assert.Equal("Authorization, Accept-Encoding", (await newsroom.Reader.PostAsync("/v1/articles", null)).Header("Vary"));
        Assert.Equal("Authorization, Accept-Encoding", (await newsroom.Client("wrong").GetAsync("/v1/articles")).Header("Vary"));
    }

    [Fact]
    public async Task A_schedule_ahead_does_not_show_in_any_lifetime()
    {
        var section = Own.Section();
        var id = (await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id");
        await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", newsroom.Clock.In(TimeSpan.FromSeconds(5))));
        await newsroom.Admin.UnpublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromSeconds(5)) });

        Assert.Equal((200, Fresh), await FreshnessAsync(newsroom.Reader, $"/v1/articles/{id}"));
        Assert.Equal((200, Fresh), await FreshnessAsync(newsroom.Reader, $"/v1/articles?section={section}"));
        Assert.Equal((200, Fresh), await FreshnessAsync(newsroom.Reader, $"/v1/sections/{section}"));
    }

    [Theory]
    [InlineData(90_000, Fresh)]
    [InlineData(89_999, "public, must-revalidate, max-age=89")]
    [InlineData(60_000, "public, must-revalidate, max-age=60")]
    [InlineData(1_999, "public, must-revalidate, max-age=1")]
    [InlineData(999, "public, must-revalidate, max-age=0")]
    [InlineData(1, "public, must-revalidate, max-age=0")]
    public async Task An_end_that_the_answer_shows_shortens_its_life(int milliseconds, string freshness)
    {
        var pushed = await newsroom.Admin.PushedAsync(Given.Article().With("expiresAt", newsroom.Clock.In(TimeSpan.FromMilliseconds(milliseconds))));

        Assert.Equal((200, freshness), await FreshnessAsync(newsroom.Reader, $"/v1/articles/{pushed.Text("id")}"));
        Assert.Equal((200, freshness), await FreshnessAsync(newsroom.Reader, $"/v1/articles/by-path/{pushed.Text("path")}"));
        var tag = (await newsroom.Reader.GetAsync($"/v1/articles/{pushed.Text("id")}")).Tag();
        Assert.Equal(freshness, (await newsroom.Reader.SendAsync(HttpMethod.Get, $"/v1/articles/{pushed.Text("id")}", ("If-None-Match", tag))).Header("Cache-Control"));
    }

    [Fact]
    public async Task An_end_that_a_card_does_not_show_does_not()
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In(section).With("expiresAt", newsroom.Clock.In(TimeSpan.FromSeconds(30))));

        Assert.Equal((200, Fresh), await FreshnessAsync(newsroom.Reader, $"/v1/articles?section={section}"));
    }

    [Fact]
    public async Task Nothing_of_management_is_stored()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        foreach (var address in new[] { $"/v1/manage/articles/{id}", "/v1/manage/articles/7", "/v1/manage/keys", "/v1/manage/nothing", "/v1/manage/keys?limit=0" })
            Assert.Equal("no-store", (await newsroom.Admin.GetAsync(address)).Header("Cache-Control"));
        Assert.Equal("no-store", (await newsroom.Reader.GetAsync($"/v1/manage/articles/{id}")).Header("Cache-Control"));
        Assert.Equal("no-store", (await newsroom.Admin.DeleteArticleAsync(id)).Header("Cache-Control"));
    }

    [Fact]
    public async Task Nothing_can_be_taken_for_another_type()
    {
        foreach (var address in new[] { "/v1/articles", "/v1/nothing", "/v1/manage/keys", "/", "/health/live" })
            Assert.Equal("nosniff", (await newsroom.Reader.GetAsync(address)).Header("X-Content-Type-Options"));
        Assert.Null((await newsroom.Reader.GetAsync("/v1/articles")).Header("Server"));
    }

    private async Task<string[]> AddressesAsync()
    {
        var section = Own.Section();
        var pushed = await newsroom.Admin.PushedAsync(Rich.Article(newsroom.Clock).In(section).Tagged("place:syrie"));
        return
        [
            $"/v1/articles/{pushed.Text("id")}", $"/v1/articles/by-path/{pushed.Text("path")}", $"/v1/articles/by-path?path={pushed.Text("path")}", "/v1/articles", "/v1/articles?section=no-such",
            $"/v1/sections/{section}", "/v1/sections", "/v1/section-tree", "/v1/tags", "/v1/tags/place/syrie",
        ];
    }

    private static async Task<(int Status, string? Freshness)> FreshnessAsync(HttpClient client, string address, HttpMethod? method = null)
    {
        var response = await client.SendAsync(method ?? HttpMethod.Get, address);
        return ((int)response.StatusCode, response.Header("Cache-Control"));
    }
}
