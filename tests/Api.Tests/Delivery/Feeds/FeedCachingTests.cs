using Galley.Http.Cache;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Delivery.Feeds;

/// <summary>Nothing changed: the same bytes, and none at all for who has them. Something did: other bytes at once.</summary>
public sealed class FeedCachingTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    public static TheoryData<string> Formats => [.. Feeds.Formats];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Unchanged_means_the_same_bytes_however_late_and_304_for_who_has_them(string format)
    {
        var address = Feeds.Address(format, $"section={await OneAsync(Given.Article())}");
        var first = await newsroom.Reader.GetAsync(address);
        newsroom.Clock.Advance(TimeSpan.FromHours(30));
        await newsroom.Admin.PushedAsync(Given.Article());
        var again = await newsroom.Reader.GetAsync(address);

        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Tag(), again.Tag());
        Assert.Equal(304, await newsroom.Reader.SendAsync(HttpMethod.Get, address, ("If-None-Match", first.Tag())).StatusAsync());
        Assert.Equal("public, max-age=10, stale-while-revalidate=20, stale-if-error=60", first.Header("Cache-Control"));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_change_changes_bytes_and_tag_also_of_what_is_kept(string format)
    {
        var story = Given.Article();
        var address = Feeds.Address(format, $"section={await OneAsync(story)}");
        var (before, given) = (await ThriceAsync(address), newsroom.Services.GetRequiredService<ResponseCache>().Given);
        Assert.True(given > 0);

        await newsroom.Admin.PushedAsync(story.Headed("Another headline"));
        var after = await newsroom.Reader.GetAsync(address);

        Assert.NotEqual(before.Tag(), after.Tag());
        Assert.Contains("Another headline", await after.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await newsroom.Admin.PushedAsync(story.With("rights", new { syndication = "deny" }));
        Assert.DoesNotContain("Another headline", await newsroom.Reader.GetStringAsync(address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rss", "application/rss+xml")]
    [InlineData("atom", "application/atom+xml")]
    [InlineData("json", "application/feed+json")]
    public async Task Each_has_its_media_type_whatever_is_accepted_kept_or_not(string format, string mediaType)
    {
        var address = Feeds.Address(format, $"section={await OneAsync(Given.Article())}");
        foreach (var accept in new[] { mediaType, "text/html", "application/atom+xml, text/xml;q=0.9, */*;q=0.1", "application/atom+xml, text/xml;q=0.9, */*;q=0.1" })
        {
            var answer = await newsroom.Reader.SendAsync(HttpMethod.Get, address, ("Accept", accept));
            Assert.Equal((200, mediaType), ((int)answer.StatusCode, answer.Header("Content-Type")));
        }
    }

    [Fact]
    public async Task A_page_is_given_from_what_is_kept_to_a_reader_of_feeds_and_to_a_key()
    {
        var cache = newsroom.Services.GetRequiredService<ResponseCache>();
        var address = Feeds.Address("rss", $"section={await OneAsync(Given.Article())}");
        var keyed = await newsroom.ClientMayAsync("content:read");
        foreach (var client in new[] { newsroom.Reader, keyed })
        {
            var (last, before) = (string.Empty, cache.Given);
            for (var i = 0; i < 4; i++)
                last = await (await client.SendAsync(HttpMethod.Get, address, ("Accept", "application/rss+xml, */*;q=0.1"))).Content.ReadAsStringAsync();
            Assert.Equal(before + 2, cache.Given);
            Assert.Contains("<rss", last, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_feed_and_every_page_of_it_has_a_tag_of_its_own()
    {
        var section = await OneAsync(Given.Article());
        await newsroom.Admin.PushedAsync(Given.Article().In(section));
        var tags = new List<string>();
        foreach (var format in Feeds.Formats)
        {
            foreach (var query in new[] { $"section={section}", $"section={section}&limit=1", $"section={section}&limit=2", $"limit=2&section={section}" })
                tags.Add((await newsroom.Reader.GetAsync(Feeds.Address(format, query))).Tag());
        }

        Assert.Equal(tags.Count, tags.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_date_of_a_feed_is_that_of_its_newest_change(string format)
    {
        var section = await OneAsync(Given.Article().With("publishedAt", "2024-05-06T07:08:09Z"));
        var story = Given.Article().In(section).With("publishedAt", "2023-05-06T07:08:09Z");
        await newsroom.Admin.PushedAsync(story);
        var updatedAt = (await newsroom.Admin.PushedAsync(story.Headed("Changed"))).GetProperty("updatedAt").GetDateTimeOffset();

        var feed = await newsroom.Reader.GetStringAsync(Feeds.Address(format, $"section={section}"));

        if (format == "rss")
            Assert.Contains($"<lastBuildDate>{updatedAt:ddd, dd MMM yyyy HH:mm:ss} +0000</lastBuildDate>", feed, StringComparison.Ordinal);
        if (format == "atom")
            Assert.Contains($"<updated>{updatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)}", feed[..feed.IndexOf("<entry", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> ThriceAsync(string address)
    {
        await newsroom.Reader.GetAsync(address);
        await newsroom.Reader.GetAsync(address);
        return await newsroom.Reader.GetAsync(address);
    }

    private async Task<string> OneAsync(Given article)
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(article.In(section));
        return section;
    }
}
