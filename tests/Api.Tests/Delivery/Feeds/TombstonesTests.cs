using System.Xml.Linq;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Feeds;

/// <summary>What left a list lately is told at the head of its Atom feed.</summary>
public sealed class TombstonesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly XNamespace At = "http://purl.org/atompub/tombstones/1.0";

    [Fact]
    public async Task Each_way_of_leaving_is_told_with_its_reason_the_newest_first()
    {
        var section = Own.Section();
        var stays = await PushAsync(section);
        var unpublished = await PushAsync(section);
        await newsroom.Admin.UnpublishAsync(unpublished).AnsweredAsync(200);
        var takenDown = await PushAsync(section);
        await newsroom.Admin.TakeDownAsync(takenDown).AnsweredAsync(200);
        var deleted = await PushAsync(section);
        await newsroom.Admin.DeleteArticleAsync(deleted).StatusAsync();
        var moved = Given.Article().In(section);
        var movedId = (await newsroom.Admin.PushedAsync(moved)).Text("id");
        await newsroom.Admin.PushedAsync(moved.In(Own.Section()));
        var expired = (await newsroom.Admin.PushedAsync(Given.Article().In(section).With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        var feed = await newsroom.Reader.XmlAsync(Feeds.Address("atom", $"section={section}"));

        Assert.Equal([$"{expired} expired", $"{movedId} left-scope", $"{deleted} deleted", $"{takenDown} takedown", $"{unpublished} unpublished"], Told(feed));
        Assert.Equal([stays], (await newsroom.Reader.PageAsync("atom", Feeds.Address("atom", $"section={section}"))).Ids);
        Assert.Equal(newsroom.Clock.Now, DateTimeOffset.Parse(feed.Elements(At + "deleted-entry").First().Attribute("when")!.Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(feed.Elements(At + "deleted-entry").First().Attribute("when")!.Value, feed.Element(Feeds.Atom + "updated")!.Value);
    }

    [Fact]
    public async Task What_came_back_and_what_was_never_seen_is_not_told()
    {
        var section = Own.Section();
        var returned = await PushAsync(section);
        await newsroom.Admin.UnpublishAsync(returned).AnsweredAsync(200);
        await newsroom.Admin.PublishAsync(returned).AnsweredAsync(200);
        var hidden = await newsroom.Admin.PushedAsync(Given.Article().In(section).With("embargoedUntil", newsroom.Clock.In(TimeSpan.FromHours(1))));
        await newsroom.Admin.DeleteArticleAsync(hidden.Text("id")).StatusAsync();
        var elsewhere = await PushAsync(Own.Section());
        await newsroom.Admin.UnpublishAsync(elsewhere).AnsweredAsync(200);

        Assert.Empty(Told(await newsroom.Reader.XmlAsync(Feeds.Address("atom", $"section={section}"))));
    }

    [Fact]
    public async Task They_stand_on_the_first_page_by_date_under_filters_that_the_log_knows_and_nowhere_else()
    {
        var section = Own.Section();
        await PushAsync(section);
        await PushAsync(section);
        await newsroom.Admin.UnpublishAsync(await PushAsync(section)).AnsweredAsync(200);
        var second = (await newsroom.Reader.PageAsync("atom", Feeds.Address("atom", $"section={section}&limit=1"))).Next!;

        foreach (var query in new[] { string.Empty, "&limit=1", "&sort=newest", "&language=en&source=wire&depth=0" })
            Assert.Single(Told(await newsroom.Reader.XmlAsync(Feeds.Address("atom", $"section={section}{query}"))));
        foreach (var query in new[] { "&sort=oldest", "&q=headline", "&publishedAfter=2020-01-01T00:00:00Z", $"&cursor={second[(second.IndexOf("cursor=", StringComparison.Ordinal) + 7)..]}" })
            Assert.Empty(Told(await newsroom.Reader.XmlAsync(Feeds.Address("atom", $"section={section}{query}"))));
    }

    [Fact]
    public async Task Seven_days_later_they_are_told_no_more_also_of_what_was_kept()
    {
        var section = Own.Section();
        await newsroom.Admin.UnpublishAsync(await PushAsync(section)).AnsweredAsync(200);
        var address = Feeds.Address("atom", $"section={section}");
        var told = new List<int>();
        for (var i = 0; i < 3; i++)
            told.Add(Told(await newsroom.Reader.XmlAsync(address)).Count);

        newsroom.Clock.Advance(TimeSpan.FromDays(7));
        await newsroom.SettleAsync();

        Assert.Equal([1, 1, 1], told);
        Assert.Empty(Told(await newsroom.Reader.XmlAsync(address)));
    }

    [Fact]
    public async Task One_from_far_down_the_list_is_told_at_once_where_the_first_page_is_kept()
    {
        var section = Own.Section();
        var story = Given.Article().In(section).With("publishedAt", "2020-01-01T00:00:00Z");
        var oldest = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", "2021-01-01T00:00:00Z"));
        await PushAsync(section);
        var address = Feeds.Address("atom", $"section={section}&limit=1");
        for (var i = 0; i < 3; i++)
            Assert.Empty(Told(await newsroom.Reader.XmlAsync(address)));

        await newsroom.Admin.PushedAsync(story.In(Own.Section()));

        Assert.Equal([$"{oldest} left-scope"], Told(await newsroom.Reader.XmlAsync(address)));
    }

    [Fact]
    public async Task A_key_with_limits_is_told_of_nothing_outside_them()
    {
        var section = Own.Section();
        var within = await PushAsync($"{section}/a");
        var outside = await PushAsync($"{section}/b");
        var key = (await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:read" }, limits = new { sections = new[] { $"{section}/a" } } })).AnsweredAsync(201)).Text("key");
        foreach (var id in new[] { within, outside })
            await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);

        Assert.Equal([$"{within} unpublished"], Told(await newsroom.Client(key).XmlAsync(Feeds.Address("atom"))));
    }

    private async Task<string> PushAsync(string section) => (await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id");

    private static IReadOnlyList<string> Told(XElement feed) => [.. feed.Elements(At + "deleted-entry").Select(each => $"{each.Attribute("ref")!.Value[9..]} {each.Element(At + "comment")!.Value}")];
}
