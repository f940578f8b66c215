using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Manage.Articles;

/// <summary>Taking an article off publication: now or at an instant.</summary>
public sealed class UnpublishArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Takes_a_live_article_from_readers_at_once()
    {
        var section = Own.Section();
        var pushed = await newsroom.Admin.PushedAsync(Given.Article().In(section));

        var withdrawn = await newsroom.Admin.UnpublishAsync(pushed.Text("id"), new { reason = "Wrong person" }).AnsweredAsync(200);

        Assert.Equal(("draft", "unpublished", 2), (withdrawn.Text("status"), withdrawn.Text("state"), withdrawn.Number("revision")));
        Assert.Equal(["publish", "takedown", "delete"], withdrawn.Texts("allowed"));
        await newsroom.Reader.GetAsync($"/v1/articles/{pushed.Text("id")}").ProblemAsync(410, "gone");
        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{pushed.Text("path")}").ProblemAsync(410, "gone");
        Assert.Empty((await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}")).Data());
        await newsroom.Reader.GetAsync($"/v1/sections/{section}").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Never_shows_the_reason_to_readers()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        await newsroom.Admin.UnpublishAsync(id, new { reason = "Confidential" }).AnsweredAsync(200);

        Assert.DoesNotContain("Confidential", await (await newsroom.Reader.GetAsync($"/v1/articles/{id}")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_reason_with_the_revision()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        await newsroom.Admin.UnpublishAsync(id, new { reason = "Mistaken identity" }).AnsweredAsync(200);
        await newsroom.Admin.UnpublishAsync(id, new { reason = new string('x', 2_001) }).ProblemAsync(422, "validation-failed");

        using var session = await newsroom.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        Assert.Equal("Mistaken identity", await session.FindAsync<string>("select r.reason from revision r join article a on a.id = r.article_id where a.public_id = @id and r.number = 2", new { id }));
    }

    [Fact]
    public async Task Says_unchanged_the_second_time()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        var first = await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);

        var again = await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);

        Assert.Equal(("unchanged", first.Text("etag")), (again.Text("outcome"), again.Text("etag")));
    }

    [Fact]
    public async Task Cancels_a_schedule_back_to_draft()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");

        Assert.Equal("draft", (await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200)).Text("state"));
        newsroom.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(404, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task Cancels_the_return_of_one_that_was_visible_back_to_unpublished()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.UnpublishAsync(id);
        await newsroom.Admin.PushedAsync(story.With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));

        Assert.Equal("unpublished", (await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200)).Text("state"));
        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task Drops_a_pending_update_too()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Pending").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        var withdrawn = await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);
        newsroom.Clock.Advance(TimeSpan.FromHours(2));

        Assert.False(withdrawn.Has("pendingAt"));
        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ends_a_live_article_at_an_instant_to_the_millisecond(bool isSettled)
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        var ending = await newsroom.Admin.UnpublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        Assert.Equal(("live", true), (ending.Text("state"), ending.Has("unpublishAt")));
        newsroom.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));
        if (isSettled)
            await newsroom.SettleAsync();
        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        var managed = await newsroom.Admin.ManagedAsync(id);
        Assert.Equal(("unpublished", false), (managed.Text("state"), managed.Has("unpublishAt")));
    }

    [Fact]
    public async Task Does_not_show_the_instant_to_readers()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        var before = await newsroom.Reader.GetAsync($"/v1/articles/{id}");

        await newsroom.Admin.UnpublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromSeconds(30)) }).AnsweredAsync(200);

        var after = await newsroom.Reader.GetAsync($"/v1/articles/{id}");
        Assert.Equal(before.Tag(), after.Tag());
        Assert.Equal(before.Header("Cache-Control"), after.Header("Cache-Control"));
    }

    [Fact]
    public async Task Says_unchanged_for_the_same_instant_again()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        var at = newsroom.Clock.In(TimeSpan.FromHours(1));
        await newsroom.Admin.UnpublishAsync(id, new { at }).AnsweredAsync(200);

        Assert.Equal("unchanged", (await newsroom.Admin.UnpublishAsync(id, new { at }).AnsweredAsync(200)).Text("outcome"));
    }

    [Fact]
    public async Task Ends_at_whichever_comes_first_the_instant_or_the_articles_own_end()
    {
        var story = Given.Article().With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.UnpublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(2)) }).AnsweredAsync(200);

        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        Assert.Equal("expired", (await newsroom.Admin.ManagedAsync(id)).Text("state"));
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("expired")]
    public async Task Is_a_conflict_where_there_is_nothing_to_withdraw(string state)
    {
        var story = state == "draft" ? Given.Article().AsDraft() : Given.Article().With("publishedAt", "2025-01-01T00:00:00Z").With("expiresAt", "2025-01-02T00:00:00Z");
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        var problem = await newsroom.Admin.UnpublishAsync(id).ProblemAsync(409, "state-conflict");

        Assert.Equal(state, problem.Text("state"));
        Assert.Equal(state == "draft" ? ["publish", "delete"] : ["publish", "takedown", "delete"], problem.Texts("allowed"));
    }

    [Fact]
    public async Task Is_404_where_there_is_none() => await newsroom.Admin.UnpublishAsync("5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11").ProblemAsync(404, "not-found");
}
