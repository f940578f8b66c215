using System.Globalization;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Publishing again while readers see an article: its newest revision takes over, now or at an instant.</summary>
public sealed class PublishLiveArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Puts_the_draft_in_the_place_of_what_readers_have()
    {
        var id = await LiveWithDraftAsync();

        var live = await newsroom.Admin.PublishAsync(id).AnsweredAsync(200);

        Assert.Equal((false, 2), (live.Flag("hasDraft"), live.Number("version")));
        Assert.Equal("Draft", await HeadlineAsync(id));
    }

    [Fact]
    public async Task Keeps_what_readers_have_until_the_instant_to_the_millisecond()
    {
        var id = await LiveWithDraftAsync();
        var at = newsroom.Clock.In(TimeSpan.FromHours(1));

        var pending = await newsroom.Admin.PublishAsync(id, new { at }).AnsweredAsync(200);

        Assert.Equal(("published", "live", true, 1), (pending.Text("status"), pending.Text("state"), pending.Flag("hasDraft"), pending.Number("version")));
        Assert.Equal(At(at), pending.GetProperty("pendingAt").GetDateTimeOffset());
        newsroom.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("Live", await HeadlineAsync(id));
        newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("Draft", await HeadlineAsync(id));
        var done = await newsroom.Admin.ManagedAsync(id);
        Assert.Equal(("live", false, 2), (done.Text("state"), done.Flag("hasDraft"), done.Number("version")));
        Assert.False(done.Has("pendingAt"));
    }

    [Fact]
    public async Task Does_not_move_the_publication_instant()
    {
        var id = await LiveWithDraftAsync();
        var before = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("publishedAt");
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);
        newsroom.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(before, (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("publishedAt"));
    }

    [Fact]
    public async Task Shows_one_article_in_lists_before_at_and_after_the_instant()
    {
        var (section, id) = (Own.Section(), string.Empty);
        id = await LiveWithDraftAsync(section);
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromMilliseconds(2)) }).AnsweredAsync(200);

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal([id], (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}")).Ids());
            Assert.Equal(1, (await newsroom.Reader.GetJsonAsync($"/v1/sections/{section}")).Number("articleCount"));
            newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await newsroom.SettleAsync();
        Assert.Equal([id], (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}")).Ids());
        Assert.Equal(1, (await newsroom.Reader.GetJsonAsync($"/v1/sections/{section}")).Number("articleCount"));
    }

    [Fact]
    public async Task Replaces_the_pending_update()
    {
        var id = await LiveWithDraftAsync();
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        var replaced = await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(2)) }).AnsweredAsync(200);

        Assert.Contains(" pending-dropped", replaced.Warnings());
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Live", await HeadlineAsync(id));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Draft", await HeadlineAsync(id));
    }

    [Fact]
    public async Task Says_unchanged_where_the_same_update_is_pending_at_that_instant()
    {
        var id = await LiveWithDraftAsync();
        var at = newsroom.Clock.In(TimeSpan.FromHours(1));
        var pending = await newsroom.Admin.PublishAsync(id, new { at }).AnsweredAsync(200);

        var again = await newsroom.Admin.PublishAsync(id, new { at }).AnsweredAsync(200);

        Assert.Equal(("unchanged", pending.Text("etag")), (again.Text("outcome"), again.Text("etag")));
    }

    [Fact]
    public async Task Now_drops_the_pending_update()
    {
        var id = await LiveWithDraftAsync();
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        var live = await newsroom.Admin.PublishAsync(id).AnsweredAsync(200);

        Assert.False(live.Has("pendingAt"));
        Assert.Equal("Draft", await HeadlineAsync(id));
    }

    [Fact]
    public async Task At_an_instant_that_has_passed_is_now()
    {
        var id = await LiveWithDraftAsync();
        var before = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("publishedAt");

        await newsroom.Admin.PublishAsync(id, new { at = "2025-01-01T00:00:00Z" }).AnsweredAsync(200);
        var again = await newsroom.Admin.PublishAsync(id, new { at = "2025-01-01T00:00:00Z" }).AnsweredAsync(200);

        Assert.Equal("Draft", await HeadlineAsync(id));
        Assert.Equal(before, (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("publishedAt"));
        Assert.Equal("unchanged", again.Text("outcome"));
    }

    [Fact]
    public async Task Takes_a_future_end_back()
    {
        var id = await LiveWithDraftAsync();
        await newsroom.Admin.UnpublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        var live = await newsroom.Admin.PublishAsync(id).AnsweredAsync(200);
        newsroom.Clock.Advance(TimeSpan.FromHours(2));

        Assert.False(live.Has("unpublishAt"));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task At_an_instant_takes_the_end_before_it_back_too()
    {
        var id = await LiveWithDraftAsync();
        await newsroom.Admin.UnpublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        var pending = await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(2)) }).AnsweredAsync(200);

        Assert.Equal((true, false), (pending.Has("pendingAt"), pending.Has("unpublishAt")));
        Assert.Empty(pending.Warnings());
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Live", await HeadlineAsync(id));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Draft", await HeadlineAsync(id));
    }

    [Fact]
    public async Task Of_what_readers_have_already_waits_for_nothing()
    {
        var story = Given.Article().Headed("Live");
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.AsDraft());

        var kept = await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await newsroom.SettleAsync();

        Assert.Equal((false, false), (kept.Flag("hasDraft"), kept.Has("pendingAt")));
        Assert.Equal(["published"], await newsroom.ChangesAsync(id));
    }

    [Fact]
    public async Task Refuses_an_instant_behind_the_end_of_the_article()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");

        var problem = await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(2)) }).ProblemAsync(409, "state-conflict");

        Assert.Equal("live", problem.Text("state"));
    }

    [Fact]
    public async Task Leaves_readers_a_gap_where_the_live_article_ends_before_the_update_begins()
    {
        var story = Given.Article().Headed("Live").With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Draft").Without("expiresAt").AsDraft());
        var answer = await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(2)) }).AnsweredAsync(200);

        Assert.Equal([" gap-ahead"], answer.Warnings());
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        await newsroom.SettleAsync();
        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        Assert.Equal("scheduled", (await newsroom.Admin.ManagedAsync(id)).Text("state"));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Draft", await HeadlineAsync(id));
    }

    private async Task<string> LiveWithDraftAsync(string? section = null)
    {
        var story = Given.Article().Headed("Live");
        if (section is not null)
            story.In(section);
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Draft").AsDraft());
        return id;
    }

    private async Task<string> HeadlineAsync(string id) => (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("headline");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
