using System.Globalization;
using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>A client that has the bytes already is told so, without them.</summary>
public sealed class ConditionalRequestsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Every_address_of_delivery_answers_304_to_its_own_tag()
    {
        foreach (var address in await AddressesAsync())
        {
            var first = await newsroom.Reader.GetAsync(address);
            Assert.Matches("^\"[A-Za-z0-9_-]{22}\"$", first.Tag());

            var again = await newsroom.Reader.SendAsync(HttpMethod.Get, address, ("If-None-Match", first.Tag()));

            Assert.Equal(304, (int)again.StatusCode);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
            foreach (var header in new[] { "ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin", "Link" })
                Assert.Equal(first.Header(header), again.Header(header));
            Assert.Null(again.Header("Content-Type"));
        }
    }

    [Fact]
    public async Task The_tag_is_found_in_a_list_in_its_weak_form_and_under_a_star()
    {
        var address = await ArticleAsync();
        var tag = (await newsroom.Reader.GetAsync(address)).Tag();

        foreach (var known in new[] { $"\"other\", {tag}", $"{tag},\"other\"", $"W/{tag}", "*", $"W/\"x\", W/{tag}" })
            Assert.Equal(304, await newsroom.Reader.SendAsync(HttpMethod.Get, address, ("If-None-Match", known)).StatusAsync());
    }

    [Fact]
    public async Task Another_tag_or_one_that_cannot_be_read_gets_the_article()
    {
        var address = await ArticleAsync();
        var tag = (await newsroom.Reader.GetAsync(address)).Tag();

        foreach (var other in new[] { "\"other\"", tag.Trim('"'), tag.ToUpperInvariant(), "W/\"other\"", "\"\"", "garbage" })
            Assert.Equal(200, await newsroom.Reader.SendAsync(HttpMethod.Get, address, ("If-None-Match", other)).StatusAsync());
    }

    [Fact]
    public async Task A_star_does_not_hide_that_nothing_is_there() =>
        await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11", ("If-None-Match", "*")).ProblemAsync(404, "not-found");

    [Fact]
    public async Task The_tag_changes_with_the_bytes_and_only_with_them()
    {
        var section = Own.Section();
        var story = Given.Article().In(section);
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        var (article, list) = ((await newsroom.Reader.GetAsync($"/v1/articles/{id}")).Tag(), (await newsroom.Reader.GetAsync($"/v1/articles?section={section}")).Tag());

        await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.PushedAsync(story.Headed("Draft").AsDraft());
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await newsroom.SettleAsync();
        Assert.Equal((article, list), ((await newsroom.Reader.GetAsync($"/v1/articles/{id}")).Tag(), (await newsroom.Reader.GetAsync($"/v1/articles?section={section}")).Tag()));

        await newsroom.Admin.PushedAsync(story.With("status", "published"));
        Assert.NotEqual(article, (await newsroom.Reader.GetAsync($"/v1/articles/{id}")).Tag());
        Assert.NotEqual(list, (await newsroom.Reader.GetAsync($"/v1/articles?section={section}")).Tag());
    }

    [Fact]
    public async Task The_same_bytes_at_two_addresses_have_one_tag_and_two_articles_two()
    {
        var pushed = await newsroom.Admin.PushedAsync(Given.Article());

        Assert.Equal((await newsroom.Reader.GetAsync($"/v1/articles/{pushed.Text("id")}")).Tag(), (await newsroom.Reader.GetAsync($"/v1/articles/by-path/{pushed.Text("path")}")).Tag());
        Assert.NotEqual((await newsroom.Reader.GetAsync($"/v1/articles/{pushed.Text("id")}")).Tag(), (await newsroom.Reader.GetAsync(await ArticleAsync())).Tag());
        Assert.NotEqual((await newsroom.Reader.GetAsync("/v1/tags?language=fr&limit=1")).Tag(), (await newsroom.Reader.GetAsync("/v1/articles?limit=1")).Tag());
    }

    [Fact]
    public async Task The_last_change_is_told_once_no_other_can_hide_behind_its_second()
    {
        var address = await ArticleAsync();
        var changedAt = newsroom.Clock.Now;
        Assert.Null((await newsroom.Reader.GetAsync(address)).Header("Last-Modified"));

        newsroom.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(changedAt.ToString("R", CultureInfo.InvariantCulture), (await newsroom.Reader.GetAsync(address)).Header("Last-Modified"));
    }

    [Fact]
    public async Task It_is_the_last_change_of_the_bytes_and_not_updatedAt()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await newsroom.Admin.PushedAsync(story.Headed("Minor").With("minorEdit", true));
        var changedAt = newsroom.Clock.Now;
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        var response = await newsroom.Reader.GetAsync($"/v1/articles/{id}");

        Assert.Equal(changedAt.ToString("R", CultureInfo.InvariantCulture), response.Header("Last-Modified"));
        Assert.NotEqual(changedAt, (await response.JsonAsync()).GetProperty("updatedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task It_is_left_out_where_others_may_change_the_bytes()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("translationKey", Own.Word("key")))).Text("id");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Null((await newsroom.Reader.GetAsync($"/v1/articles/{id}")).Header("Last-Modified"));
    }

    [Fact]
    public async Task If_modified_since_counts_where_the_last_change_is_known()
    {
        var address = await ArticleAsync();
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        var lastModified = (await newsroom.Reader.GetAsync(address)).Header("Last-Modified")!;

        Assert.Equal(304, await SinceAsync(address, lastModified));
        Assert.Equal(304, await SinceAsync(address, newsroom.Clock.Now.ToString("R", CultureInfo.InvariantCulture)));
        Assert.Equal(200, await SinceAsync(address, "Mon, 01 Dec 2025 00:00:00 GMT"));
        Assert.Equal(200, await SinceAsync(address, "yesterday"));
    }

    [Fact]
    public async Task If_none_match_wins_over_if_modified_since()
    {
        var address = await ArticleAsync();
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        var (tag, now) = ((await newsroom.Reader.GetAsync(address)).Tag(), newsroom.Clock.Now.ToString("R", CultureInfo.InvariantCulture));

        Assert.Equal(200, await newsroom.Reader.SendAsync(HttpMethod.Get, address, ("If-None-Match", "\"other\""), ("If-Modified-Since", now)).StatusAsync());
        Assert.Equal(304, await newsroom.Reader.SendAsync(HttpMethod.Get, address, ("If-None-Match", tag), ("If-Modified-Since", "Mon, 01 Dec 2025 00:00:00 GMT")).StatusAsync());
    }

    [Fact]
    public async Task Head_is_get_without_the_body()
    {
        string[] addresses = [.. await AddressesAsync(), "/v1/articles/7", "/v1/nothing", "/v1/articles?limit=0", "/health/live", "/", "/problems"];
        foreach (var address in addresses)
        {
            var get = await newsroom.Reader.GetAsync(address);
            var head = await newsroom.Reader.SendAsync(HttpMethod.Head, address);

            Assert.Equal(get.StatusCode, head.StatusCode);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
            foreach (var header in new[] { "ETag", "Cache-Control", "Vary", "Content-Type", "Content-Language", "Link", "Last-Modified", "Access-Control-Allow-Origin" })
                Assert.Equal(get.Header(header), head.Header(header));
            if (address.StartsWith("/v1", StringComparison.Ordinal) && get.IsSuccessStatusCode)
                Assert.Equal((await get.Content.ReadAsByteArrayAsync()).Length, head.Content.Headers.ContentLength);
        }
    }

    [Fact]
    public async Task Head_answers_304_too()
    {
        var address = await ArticleAsync();
        var tag = (await newsroom.Reader.GetAsync(address)).Tag();

        Assert.Equal(304, await newsroom.Reader.SendAsync(HttpMethod.Head, address, ("If-None-Match", tag)).StatusAsync());
    }

    private async Task<string> ArticleAsync() => $"/v1/articles/{(await newsroom.Admin.PushedAsync(Given.Article())).Text("id")}";

    private async Task<string[]> AddressesAsync()
    {
        var section = Own.Section();
        var pushed = await newsroom.Admin.PushedAsync(Rich.Article(newsroom.Clock).In(section).Tagged("place:syrie", "place:liban"));
        return [$"/v1/articles/{pushed.Text("id")}", $"/v1/articles/{pushed.Text("id")}?format=html,markdown,text", $"/v1/articles/by-path/{pushed.Text("path")}", "/v1/articles?limit=1", "/v1/feeds/rss?limit=1", "/v1/feeds/atom?limit=1", "/v1/feeds/json?limit=1", $"/v1/sections/{section}", "/v1/sections?limit=1", "/v1/section-tree", "/v1/tags?limit=1", "/v1/tags/place/syrie"];
    }

    private Task<int> SinceAsync(string address, string since) => newsroom.Reader.SendAsync(HttpMethod.Get, address, ("If-Modified-Since", since)).StatusAsync();
}
