using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>Breaking news ends by itself.</summary>
public sealed class BreakingTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_breaks_until_its_instant_to_the_millisecond_in_the_article_and_in_lists(bool isSettled)
    {
        var section = Own.Section();
        var id = (await newsroom.Admin.PushedAsync(Given.Article().In(section).With("breakingUntil", newsroom.Clock.In(TimeSpan.FromMilliseconds(2))))).Text("id");

        foreach (var isBreaking in new[] { true, true, false, false })
        {
            if (isSettled)
                await newsroom.SettleAsync();
            Assert.Equal(isBreaking, (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Flag("breaking"));
            Assert.Equal(isBreaking, (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}")).Data()[0].Flag("breaking"));
            newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public async Task Its_end_changes_the_tags_but_not_the_version()
    {
        var section = Own.Section();
        var id = (await newsroom.Admin.PushedAsync(Given.Article().In(section).With("breakingUntil", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");
        var (article, list) = (await newsroom.Reader.GetAsync($"/v1/articles/{id}"), await newsroom.Reader.GetAsync($"/v1/articles?section={section}"));

        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(200, await newsroom.Reader.SendAsync(HttpMethod.Get, $"/v1/articles/{id}", ("If-None-Match", article.Tag())).StatusAsync());
        Assert.Equal(200, await newsroom.Reader.SendAsync(HttpMethod.Get, $"/v1/articles?section={section}", ("If-None-Match", list.Tag())).StatusAsync());
        Assert.Equal(1, (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Number("version"));
    }

    [Fact]
    public async Task An_instant_that_has_passed_breaks_nothing()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("breakingUntil", newsroom.Clock.In(TimeSpan.Zero)))).Text("id");

        Assert.False((await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Flag("breaking"));
    }

    [Fact]
    public async Task A_scheduled_article_breaks_from_its_appearance_on()
    {
        var story = Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))).With("breakingUntil", newsroom.Clock.In(TimeSpan.FromHours(2)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Flag("breaking"));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False((await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Flag("breaking"));
    }

    [Fact]
    public async Task The_sender_can_end_it_sooner()
    {
        var story = Given.Article().With("breakingUntil", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        await newsroom.Admin.PushedAsync(story.Without("breakingUntil"));

        Assert.False((await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Flag("breaking"));
    }

    [Fact]
    public async Task Readers_do_not_see_when_it_will_end()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("breakingUntil", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");

        Assert.False((await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Has("breakingUntil"));
    }
}
