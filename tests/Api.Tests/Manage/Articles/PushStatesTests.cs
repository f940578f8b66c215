using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Where a push leaves its article: draft, scheduled, live or expired. A write never hides what is live.</summary>
public sealed class PushStatesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Who_may_not_publish_may_not_cancel_what_is_scheduled_either()
    {
        var story = Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        var writer = await newsroom.ClientMayAsync("content:write");

        await writer.PushAsync(story.AsDraft(), query: string.Empty).ProblemAsync(403, "insufficient-scope");

        Assert.Equal("scheduled", (await newsroom.Admin.ManagedAsync(id)).Text("state"));
        Assert.Equal("draft", (await newsroom.Admin.PushAsync(story).AnsweredAsync(200)).Text("state"));
    }

    [Fact]
    public async Task Without_a_status_it_is_a_draft()
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().Without("status"));

        Assert.Equal(("draft", "draft", 0), (article.Text("status"), article.Text("state"), article.Number("version")));
        Assert.Equal(["publish", "delete"], article.Texts("allowed"));
        Assert.Equal(404, await newsroom.Reader.GetAsync($"/v1/articles/{article.Text("id")}").StatusAsync());
    }

    [Theory]
    [InlineData("publishedAt")]
    [InlineData("embargoedUntil")]
    public async Task With_an_instant_ahead_it_is_scheduled(string member)
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().With(member, newsroom.Clock.In(TimeSpan.FromHours(1))));

        Assert.Equal(("published", "scheduled", 0), (article.Text("status"), article.Text("state"), article.Number("version")));
        Assert.Equal(["publish", "unpublish", "takedown", "delete"], article.Texts("allowed"));
        Assert.False(article.Has("firstPublishedAt"));
        Assert.Equal(404, await newsroom.Reader.GetAsync($"/v1/articles/{article.Text("id")}").StatusAsync());
    }

    [Fact]
    public async Task A_backdated_one_is_live_at_once_at_its_own_instant()
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", "1987-06-05T00:00:00Z"));

        Assert.Equal("live", article.Text("state"));
        Assert.Equal("1987-06-05T00:00:00Z", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}")).Text("publishedAt"));
    }

    [Fact]
    public async Task One_whose_end_has_passed_was_never_visible()
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", "2025-06-05T00:00:00Z").With("expiresAt", "2025-06-06T00:00:00Z"));

        Assert.Equal(("expired", 0), (article.Text("state"), article.Number("version")));
        Assert.Equal(["publish", "takedown", "delete"], article.Texts("allowed"));
        Assert.Equal(404, await newsroom.Reader.GetAsync($"/v1/articles/{article.Text("id")}").StatusAsync());
    }

    [Fact]
    public async Task A_draft_on_a_scheduled_article_cancels_the_schedule()
    {
        var story = Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        await newsroom.Admin.PushedAsync(story);

        var draft = await newsroom.Admin.PushedAsync(story.AsDraft());
        newsroom.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("draft", draft.Text("state"));
        Assert.Equal(404, await newsroom.Reader.GetAsync($"/v1/articles/{draft.Text("id")}").StatusAsync());
    }

    [Fact]
    public async Task A_push_on_a_scheduled_article_moves_the_schedule()
    {
        var story = Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        await newsroom.Admin.PushedAsync(story.With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(2))));

        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(404, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task A_draft_on_a_live_article_leaves_readers_what_they_have()
    {
        var story = Given.Article().Headed(Own.Word("live"));
        var live = await newsroom.Admin.PushedAsync(story);
        var seen = await newsroom.Reader.GetStringAsync(new Uri($"/v1/articles/{live.Text("id")}", UriKind.Relative));

        var draft = await newsroom.Admin.PushedAsync(story.Headed("Draft").AsDraft());

        Assert.Equal(("draft", "live", true), (draft.Text("status"), draft.Text("state"), draft.Flag("hasDraft")));
        Assert.Equal(["/status live-unchanged"], draft.Warnings());
        Assert.Equal("Draft", draft.Text("headline"));
        Assert.Equal(seen, await newsroom.Reader.GetStringAsync(new Uri($"/v1/articles/{live.Text("id")}", UriKind.Relative)));
    }

    [Fact]
    public async Task A_publication_on_a_live_article_is_live_at_once()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        var update = await newsroom.Admin.PushedAsync(story.Headed("New"));

        Assert.False(update.Flag("hasDraft"));
        Assert.Equal("New", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("headline"));
    }

    [Fact]
    public async Task A_publication_drops_a_pending_update_and_says_so()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Pending").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        var update = await newsroom.Admin.PushedAsync(story.Headed("At once").With("status", "published"));
        newsroom.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Contains("/status pending-dropped", update.Warnings());
        Assert.False(update.Has("pendingAt"));
        Assert.Equal("At once", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("headline"));
    }

    [Fact]
    public async Task A_later_draft_keeps_a_pending_update()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Pending").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        var draft = await newsroom.Admin.PushedAsync(story.Headed("Still a draft").AsDraft());
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.True(draft.Has("pendingAt"));
        Assert.Equal("Pending", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("headline"));
    }

    [Theory]
    [InlineData("publishedAt", 1, "published")]
    [InlineData("publishedAt", 1, "draft")]
    [InlineData("embargoedUntil", 1, "published")]
    [InlineData("embargoedUntil", 1, "draft")]
    [InlineData("expiresAt", -1, "published")]
    [InlineData("expiresAt", -1, "draft")]
    [InlineData("expiresAt", 0, "published")]
    public async Task What_would_hide_a_live_article_is_a_conflict(string member, int minutes, string status)
    {
        var story = Given.Article().With("publishedAt", "2025-12-01T17:05:00Z");
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        var problem = await newsroom.Admin.PushAsync(story.Headed("Other").With("status", status).With(member, newsroom.Clock.In(TimeSpan.FromMinutes(minutes)))).ProblemAsync(409, "state-conflict");

        Assert.Equal("live", problem.Text("state"));
        Assert.Equal(["publish", "unpublish", "takedown", "delete"], problem.Texts("allowed"));
        Assert.Contains("unpublish", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(1, (await newsroom.Admin.ManagedAsync(id)).Number("revision"));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task A_live_article_may_get_an_end_ahead()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        await newsroom.Admin.PushedAsync(story.With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task An_expired_article_comes_back_with_a_later_end()
    {
        var story = Given.Article().With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());

        var back = await newsroom.Admin.PushedAsync(story.With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(1))));

        Assert.Equal("live", back.Text("state"));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task A_withdrawn_article_that_is_scheduled_again_is_gone_until_then()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);

        var waiting = await newsroom.Admin.PushedAsync(story.With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));

        Assert.Equal("scheduled", waiting.Text("state"));
        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }
}
