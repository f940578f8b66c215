using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Dropping what was prepared beside what readers see: the draft, and the update that waits.</summary>
public sealed class DiscardDraftTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Brings_back_what_readers_have_as_the_newest_revision()
    {
        var story = Given.Article().Headed("Live").In(Own.Section()).With("translationKey", Own.Word("key"));
        var live = await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.PushedAsync(story.Headed("Draft").Written("fr").In(Own.Section()).With("slug", Own.Word("draft")).AsDraft());

        var discarded = await newsroom.Admin.DiscardAsync(live.Text("id")).AnsweredAsync(200);

        Assert.Equal(("published", "live", false, 3, 1), (discarded.Text("status"), discarded.Text("state"), discarded.Flag("hasDraft"), discarded.Number("revision"), discarded.Number("version")));
        Assert.Equal(Content(live), Content(discarded));
    }

    [Fact]
    public async Task Changes_nothing_for_readers()
    {
        var id = await LiveWithPendingAsync();
        var before = await newsroom.Reader.GetAsync($"/v1/articles/{id}");

        await newsroom.Admin.DiscardAsync(id).AnsweredAsync(200);

        var after = await newsroom.Reader.GetAsync($"/v1/articles/{id}");
        Assert.Equal((before.Tag(), before.Header("Last-Modified")), (after.Tag(), after.Header("Last-Modified")));
        Assert.Equal(["published"], await newsroom.ChangesAsync(id));
    }

    [Fact]
    public async Task Drops_the_update_that_waits_so_that_it_never_comes()
    {
        var id = await LiveWithPendingAsync();

        var discarded = await newsroom.Admin.DiscardAsync(id).AnsweredAsync(200);
        newsroom.Clock.Advance(TimeSpan.FromHours(2));
        await newsroom.SettleAsync();

        Assert.False(discarded.Has("pendingAt"));
        Assert.Equal("Live", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("headline"));
        Assert.Equal(["published"], await newsroom.ChangesAsync(id));
    }

    [Fact]
    public async Task Gives_what_readers_have_its_own_end_back()
    {
        var story = Given.Article().Headed("Live").With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(3)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Draft").Without("expiresAt").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        await newsroom.Admin.DiscardAsync(id).AnsweredAsync(200);

        newsroom.Clock.Advance(TimeSpan.FromHours(3) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task Keeps_the_end_that_an_unpublishing_set()
    {
        var id = await LiveWithDraftAsync();
        await newsroom.Admin.UnpublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        Assert.True((await newsroom.Admin.DiscardAsync(id).AnsweredAsync(200)).Has("unpublishAt"));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("unpublished", (await newsroom.Admin.ManagedAsync(id)).Text("state"));
    }

    [Fact]
    public async Task Leaves_the_sender_what_it_sent()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PutBackAsync(await newsroom.Admin.ManagedAsync(id), ("headline", "An editor's"), ("status", "draft")).AnsweredAsync(200);
        await newsroom.Admin.DiscardAsync(id).AnsweredAsync(200);

        Assert.Equal("unchanged", (await newsroom.Admin.PushedAsync(story)).Text("outcome"));
        Assert.Empty((await newsroom.Admin.PushedAsync(story.With("kicker", "Newer"))).Warnings());
    }

    [Fact]
    public async Task Frees_what_only_the_draft_used()
    {
        var (story, section) = (Given.Article(), Own.Section());
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.In(section).AsDraft());
        await newsroom.Admin.DeleteAsync($"/v1/manage/sections/{section}").ProblemAsync(409, "in-use");

        await newsroom.Admin.DiscardAsync(id).AnsweredAsync(200);

        Assert.Equal(204, await newsroom.Admin.DeleteAsync($"/v1/manage/sections/{section}").StatusAsync());
    }

    [Theory]
    [InlineData("draft", "publish delete")]
    [InlineData("scheduled", "publish unpublish takedown delete")]
    [InlineData("live", "publish unpublish takedown delete")]
    [InlineData("unpublished", "publish takedown delete")]
    public async Task Is_a_conflict_where_there_is_nothing_to_go_back_to(string state, string allowed)
    {
        var story = Given.Article();
        if (state == "draft")
            story.AsDraft();
        if (state == "scheduled")
            story.With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        if (state == "unpublished")
            await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);

        var problem = await newsroom.Admin.DiscardAsync(id).ProblemAsync(409, "state-conflict");

        Assert.Equal((state, allowed), (problem.Text("state"), string.Join(' ', problem.Texts("allowed"))));
    }

    [Fact]
    public async Task Is_refused_the_second_time()
    {
        var id = await LiveWithDraftAsync();
        await newsroom.Admin.DiscardAsync(id).AnsweredAsync(200);

        await newsroom.Admin.DiscardAsync(id).ProblemAsync(409, "state-conflict");
    }

    private static string Content(JsonElement article) => string.Join(',', article.EnumerateObject()
        .Where(member => member.Name is not ("revision" or "etag" or "modifiedAt" or "outcome" or "warnings"))
        .Select(member => member.ToString()));

    private async Task<string> LiveWithDraftAsync()
    {
        var story = Given.Article().Headed("Live");
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Draft").AsDraft());
        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        return id;
    }

    private async Task<string> LiveWithPendingAsync()
    {
        var id = await LiveWithDraftAsync();
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);
        return id;
    }
}
