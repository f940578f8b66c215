using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>What counts as a version, what moves updatedAt, and what never moves.</summary>
public sealed class VersionsAndInstantsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Every_write_is_a_revision_and_only_what_readers_saw_a_version()
    {
        var story = Given.Article().AsDraft();

        Assert.Equal((0, 1), Counts(await newsroom.Admin.PushedAsync(story)));
        Assert.Equal((0, 2), Counts(await newsroom.Admin.PushedAsync(story.Headed("A second draft"))));
        Assert.Equal((1, 3), Counts(await newsroom.Admin.PushedAsync(story.With("status", "published"))));
        Assert.Equal((1, 4), Counts(await newsroom.Admin.PushedAsync(story.AsDraft().Headed("A draft beside"))));
        Assert.Equal((2, 5), Counts(await newsroom.Admin.PushedAsync(story.With("status", "published"))));
    }

    [Fact]
    public async Task Withdrawing_and_publishing_the_same_again_is_two_revisions_and_no_version()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        var withdrawn = await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);
        var back = await newsroom.Admin.PublishAsync(id).AnsweredAsync(200);

        Assert.Equal((1, 2), Counts(withdrawn));
        Assert.Equal((1, 3), Counts(back));
        Assert.Equal(1, (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Number("version"));
    }

    [Fact]
    public async Task Coming_back_with_other_words_is_a_version()
    {
        var story = Given.Article();
        await newsroom.Admin.UnpublishAsync((await newsroom.Admin.PushedAsync(story)).Text("id"));

        Assert.Equal((2, 3), Counts(await newsroom.Admin.PushedAsync(story.Headed("Other words"))));
    }

    [Fact]
    public async Task A_scheduled_article_is_version_1_from_its_instant_on_and_0_before()
    {
        var scheduled = await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, scheduled.Number("version"));
        Assert.Equal(1, (await newsroom.Admin.ManagedAsync(scheduled.Text("id"))).Number("version"));
        Assert.Equal(1, (await newsroom.Reader.GetJsonAsync($"/v1/articles/{scheduled.Text("id")}")).Number("version"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_article_that_came_and_went_unannounced_was_visible_all_the_same(bool isSettled)
    {
        var story = Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))).With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(2)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        newsroom.Clock.Advance(TimeSpan.FromHours(3));
        if (isSettled)
            await newsroom.SettleAsync();

        var managed = await newsroom.Admin.ManagedAsync(id);
        Assert.Equal(("expired", 1), (managed.Text("state"), managed.Number("version")));
        Assert.True(managed.Has("firstPublishedAt"));
    }

    [Fact]
    public async Task A_replaced_pending_update_leaves_no_version_behind()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Pending").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        var update = await newsroom.Admin.PushedAsync(story.Headed("At once").With("status", "published"));

        Assert.Equal(2, update.Number("version"));
    }

    [Fact]
    public async Task An_update_moves_updatedAt_and_nothing_else()
    {
        var story = Given.Article();
        var first = await newsroom.Admin.PushedAsync(story);
        newsroom.Clock.Advance(TimeSpan.FromMinutes(5));

        var second = await newsroom.Admin.PushedAsync(story.Headed("Updated"));

        Assert.Equal(newsroom.Clock.Now, second.GetProperty("updatedAt").GetDateTimeOffset());
        Assert.Equal(first.Text("publishedAt"), second.Text("publishedAt"));
        Assert.Equal(first.Text("firstPublishedAt"), second.Text("firstPublishedAt"));
        Assert.Equal(first.Text("createdAt"), second.Text("createdAt"));
    }

    [Fact]
    public async Task A_minor_edit_is_a_version_but_moves_no_instant_that_readers_see()
    {
        var story = Given.Article();
        var first = await newsroom.Admin.PushedAsync(story);
        newsroom.Clock.Advance(TimeSpan.FromMinutes(5));

        var minor = await newsroom.Admin.PushedAsync(story.Headed("A comma less").With("minorEdit", true));

        Assert.Equal(2, minor.Number("version"));
        Assert.Equal(first.Text("updatedAt"), minor.Text("updatedAt"));
        Assert.Equal(first.Text("updatedAt"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/{first.Text("id")}")).Text("updatedAt"));
        Assert.False(minor.Has("minorEdit"));
    }

    [Fact]
    public async Task A_draft_does_not_move_what_readers_see_of_the_update()
    {
        var story = Given.Article();
        var first = await newsroom.Admin.PushedAsync(story);
        newsroom.Clock.Advance(TimeSpan.FromMinutes(5));

        var draft = await newsroom.Admin.PushedAsync(story.Headed("Draft").AsDraft());

        Assert.Equal(first.Text("updatedAt"), draft.Text("updatedAt"));
        Assert.NotEqual(first.Text("modifiedAt"), draft.Text("modifiedAt"));
    }

    [Fact]
    public async Task A_scheduled_update_was_updated_when_it_went_live_and_not_when_it_was_written()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Pending").AsDraft());
        var at = newsroom.Clock.In(TimeSpan.FromHours(1));
        await newsroom.Admin.PublishAsync(id, new { at }).AnsweredAsync(200);
        newsroom.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).GetProperty("updatedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Publication_is_the_later_of_the_senders_instant_and_the_embargo()
    {
        var story = Given.Article().With("publishedAt", "2025-12-01T00:00:00Z").With("embargoedUntil", "2025-12-02T00:00:00Z");

        var managed = await newsroom.Admin.PushedAsync(story);

        var article = await newsroom.Reader.GetJsonAsync($"/v1/articles/{managed.Text("id")}");
        Assert.Equal("2025-12-02T00:00:00Z", article.Text("publishedAt"));
        Assert.Equal("2025-12-01T00:00:00Z", managed.Text("publishedAt"));
        Assert.False(article.Has("embargoedUntil"));
    }

    [Fact]
    public async Task The_first_publication_never_moves_even_when_the_sender_moves_the_publication()
    {
        var story = Given.Article().With("publishedAt", "2025-12-01T00:00:00Z");
        await newsroom.Admin.PushedAsync(story);

        var moved = await newsroom.Admin.PushedAsync(story.With("publishedAt", "2025-12-05T00:00:00Z"));

        Assert.Equal(("2025-12-05T00:00:00Z", "2025-12-01T00:00:00Z"), (moved.Text("publishedAt"), moved.Text("firstPublishedAt")));
    }

    [Fact]
    public async Task Updated_is_never_before_published()
    {
        var story = Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        var article = await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}");

        Assert.Equal(article.Text("publishedAt"), article.Text("updatedAt"));
    }

    [Fact]
    public async Task The_tag_of_management_is_one_for_each_revision_and_article()
    {
        var story = Given.Article();
        var first = await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.DeleteArticleAsync(first.Text("id"));

        var successor = await newsroom.Admin.PushedAsync(story);

        Assert.Equal(first.Number("revision"), successor.Number("revision"));
        Assert.NotEqual(first.Text("etag"), successor.Text("etag"));
    }

    private static (long Version, long Revision) Counts(JsonElement article) => (article.Number("version"), article.Number("revision"));
}
