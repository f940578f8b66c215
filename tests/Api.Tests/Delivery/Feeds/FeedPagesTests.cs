using System.Text;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Feeds;

/// <summary>Which articles a feed holds, page by page, and what it may not be asked.</summary>
public sealed class FeedPagesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    public static TheoryData<string> Formats => [.. Feeds.Formats];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_feed_holds_what_the_list_does_in_its_order_under_every_filter(string format)
    {
        var (section, tag) = (Own.Section(), Own.Tag());
        for (var i = 0; i < 12; i++)
        {
            var article = Given.Article().In(i % 3 == 0 ? section : $"{section}/below").Written(i % 2 == 0 ? "en" : "fr").With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(-i - 1)));
            await newsroom.Admin.PushedAsync(i % 4 == 0 ? article.Tagged(tag) : article);
        }

        foreach (var filter in new[] { string.Empty, "&depth=0", $"&tags=-{tag}", "&language=fr", "&sort=oldest", $"&publishedBefore={newsroom.Clock.In(TimeSpan.FromMinutes(-5))}", "&source=wire", "&q=headline" })
        {
            var expected = await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={section}{filter}");
            Assert.NotEmpty(expected);
            Assert.Equal(expected, await newsroom.Reader.WalkFeedAsync(format, $"section={section}{filter}&limit=5"));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_may_not_be_syndicated_is_left_out_and_ends_nothing(string format)
    {
        var section = Own.Section();
        var shared = new List<string>();
        for (var i = 0; i < 9; i++)
        {
            var isDenied = i is >= 3 and < 7;
            var article = await newsroom.Admin.PushedAsync(Given.Article().In(section).With("rights", new { syndication = isDenied ? "deny" : "allow" }).With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(-i - 1))));
            if (!isDenied)
                shared.Add(article.Text("id"));
        }

        Assert.Equal(9, (await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={section}")).Count);
        Assert.Equal(shared, await newsroom.Reader.WalkFeedAsync(format, $"section={section}&limit=2"));
        var second = await newsroom.Reader.PageAsync(format, new Uri((await newsroom.Reader.PageAsync(format, Feeds.Address(format, $"section={section}&limit=4"))).Next!).PathAndQuery);
        Assert.Equal((1, true), (second.Ids.Count, second.Next is not null));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task An_empty_feed_is_a_feed_with_nothing_in_it(string format)
    {
        var (ids, next) = await newsroom.Reader.PageAsync(format, Feeds.Address(format, "section=nowhere/at-all"));

        Assert.Empty(ids);
        Assert.Null(next);
    }

    [Fact]
    public async Task A_page_links_itself_its_neighbours_and_its_other_forms()
    {
        var section = Own.Section();
        for (var i = 0; i < 3; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In(section));

        var first = await newsroom.Reader.XmlAsync(Feeds.Address("atom", $"section={section}&limit=1"));
        var address = new Uri(first.LinkOf("next")!).PathAndQuery;
        var second = await newsroom.Reader.XmlAsync(address);
        var rss = await newsroom.Reader.XmlAsync(address.Replace("atom", "rss", StringComparison.Ordinal));

        Assert.Equal($"https://news.example.org/v1/feeds/atom?section={section}&limit=1", first.LinkOf("self"));
        Assert.Equal($"https://news.example.org{address}", second.LinkOf("self"));
        Assert.Equal(first.LinkOf("self"), second.LinkOf("first"));
        Assert.Null(first.LinkOf("previous"));
        Assert.Equal(first.Element(Feeds.Atom + "entry")!.Value, (await newsroom.Reader.XmlAsync(new Uri(second.LinkOf("previous")!).PathAndQuery)).Element(Feeds.Atom + "entry")!.Value);
        Assert.Equal(first.Element(Feeds.Atom + "id")!.Value, second.Element(Feeds.Atom + "id")!.Value);
        Assert.Equal(second.LinkOf("self"), rss.LinkOf("alternate"));
        Assert.Equal((await newsroom.Reader.GetJsonAsync(address.Replace("atom", "json", StringComparison.Ordinal))).Text("feed_url"), rss.LinkOf("self")!.Replace("rss", "json", StringComparison.Ordinal));
        Assert.Contains("rel=\"next\"", (await newsroom.Reader.GetAsync(address)).Header("Link"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_feeds_have_two_ids_whatever_the_order_of_their_parameters()
    {
        string[] queries = ["section=a&language=fr", "language=fr&section=a", "section=a&language=fr&limit=3", "section=a", "section=a&sort=oldest", string.Empty];
        var ids = new List<string>();
        foreach (var query in queries)
            ids.Add((await newsroom.Reader.XmlAsync(Feeds.Address("atom", query))).Element(Feeds.Atom + "id")!.Value);

        Assert.All(ids, id => Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id));
        Assert.Single(ids.Take(3).Distinct());
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_feed_is_called_by_the_site_and_by_what_it_is_filtered_by()
    {
        var feed = await newsroom.Reader.XmlAsync(Feeds.Address("rss", "sort=oldest&section=world/%C3%A9&limit=3&q=a+%26+b&depth=0"));

        Assert.Equal("Galley · a & b · world/é", feed.Element("channel")!.Element("title")!.Value);
        Assert.Equal("https://news.example.org/", feed.Element("channel")!.Element("link")!.Value);
        Assert.Equal("Galley", (await newsroom.Reader.GetJsonAsync(Feeds.Address("json"))).Text("title"));
    }

    [Theory]
    [InlineData("fields=headline")]
    [InlineData("format=html")]
    [InlineData("q=word&highlight=true")]
    [InlineData("count=exact")]
    [InlineData("facets=section")]
    [InlineData("preset=whole")]
    [InlineData("sectoin=a")]
    public async Task What_is_for_lists_alone_is_unknown_here(string query)
    {
        foreach (var format in Feeds.Formats)
            await newsroom.Reader.GetAsync(Feeds.Address(format, query)).ProblemAsync(400, "unknown-parameter");
    }

    [Fact]
    public async Task A_cursor_is_good_in_every_format_and_under_other_filters_in_none()
    {
        await newsroom.Admin.PushedAsync(Given.Article());
        await newsroom.Admin.PushedAsync(Given.Article());
        var cursor = (await newsroom.Reader.GetJsonAsync("/v1/articles?limit=1")).Next()!;

        foreach (var format in Feeds.Formats)
        {
            Assert.NotEmpty((await newsroom.Reader.PageAsync(format, Feeds.Address(format, $"cursor={cursor}"))).Ids);
            await newsroom.Reader.GetAsync(Feeds.Address(format, $"language=fr&cursor={cursor}")).ProblemAsync(400, "invalid-cursor");
        }
    }

    [Fact]
    public async Task A_page_of_large_articles_is_short_and_leads_on()
    {
        var section = Own.Section();
        for (var i = 0; i < 5; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In(section).Saying(string.Join("\n\n", Enumerable.Repeat(new string('a', 9_000), 160))));

        var first = await newsroom.Reader.PageAsync("atom", Feeds.Address("atom", $"section={section}&limit=100"));

        Assert.Equal(3, first.Ids.Count);
        Assert.Equal(2, (await newsroom.Reader.PageAsync("atom", new Uri(first.Next!).PathAndQuery)).Ids.Count);
    }

    [Fact]
    public async Task A_key_with_limits_gets_what_is_within_them_also_as_the_password_of_a_feed_reader()
    {
        var section = Own.Section();
        var within = await newsroom.Admin.PushedAsync(Given.Article().In($"{section}/a"));
        await newsroom.Admin.PushedAsync(Given.Article().In($"{section}/b"));
        var key = (await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:read" }, limits = new { sections = new[] { $"{section}/a" } } })).AnsweredAsync(201)).Text("key");
        var basic = newsroom.Client();
        basic.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"reader:{key}")));

        foreach (var format in Feeds.Formats)
        {
            Assert.Equal([within.Text("id")], await newsroom.Client(key).WalkFeedAsync(format, $"section={section}"));
            Assert.Equal([within.Text("id")], await basic.WalkFeedAsync(format, $"section={section}"));
            Assert.Equal(2, (await newsroom.Reader.WalkFeedAsync(format, $"section={section}")).Count);
        }
    }
}
