using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Deleting is real: the article is gone for good, and its addresses say so.</summary>
public sealed class DeleteArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Answers_204_without_a_body()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        var response = await newsroom.Admin.DeleteArticleAsync(read.Text("id"), read.Text("etag"));

        Assert.Equal(204, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Null(response.Header("ETag"));
    }

    [Fact]
    public async Task Takes_it_from_readers_at_every_address_it_ever_had()
    {
        var (first, second) = (Own.Section(), Own.Section());
        var story = Given.Article().With("slug", Own.Word("a")).In(first);
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        var former = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("path");
        await newsroom.Admin.PushedAsync(story.With("slug", Own.Word("b")).In(second));
        var present = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("path");

        await newsroom.Admin.DeleteArticleAsync(id);

        foreach (var address in new[] { $"/v1/articles/{id}", $"/v1/articles/by-path/{former}", $"/v1/articles/by-path/{present}", $"/v1/articles/by-path?path={former}" })
            await newsroom.Reader.GetAsync(address).ProblemAsync(410, "gone");
        Assert.Empty((await newsroom.Reader.GetJsonAsync($"/v1/articles?section={first},{second}")).Data());
    }

    [Fact]
    public async Task Leaves_no_trace_of_a_draft_for_readers()
    {
        var draft = await newsroom.Admin.PushedAsync(Given.Article().AsDraft());

        await newsroom.Admin.DeleteArticleAsync(draft.Text("id"));

        await newsroom.Reader.GetAsync($"/v1/articles/{draft.Text("id")}").ProblemAsync(404, "not-found");
        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{draft.Text("path")}").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Leaves_no_trace_of_a_scheduled_article_either()
    {
        var scheduled = await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));

        await newsroom.Admin.DeleteArticleAsync(scheduled.Text("id"));
        newsroom.Clock.Advance(TimeSpan.FromHours(2));

        await newsroom.Reader.GetAsync($"/v1/articles/{scheduled.Text("id")}").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Is_404_the_second_time()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.DeleteArticleAsync(id);

        await newsroom.Admin.DeleteArticleAsync(id).ProblemAsync(404, "not-found");
        await newsroom.Admin.DeleteAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Needs_if_match_by_id_and_not_by_own_id()
    {
        var story = Given.Article();
        var read = await newsroom.Admin.PushedAsync(story);

        await newsroom.Admin.DeleteAsync($"/v1/manage/articles/{read.Text("id")}").ProblemAsync(428, "precondition-required");
        await newsroom.Admin.DeleteArticleAsync(read.Text("id"), "\"stale\"").ProblemAsync(412, "revision-mismatch");
        await newsroom.Admin.SendAsync(HttpMethod.Delete, $"/v1/manage/sources/wire/articles/{story.ExternalId}", ("If-Match", "\"stale\"")).ProblemAsync(412, "revision-mismatch");
        Assert.Equal(204, await newsroom.Admin.DeleteAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}").StatusAsync());
    }

    [Fact]
    public async Task Makes_the_next_push_a_new_article_with_a_new_id_and_the_free_slug()
    {
        var story = Given.Article();
        var old = await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.DeleteArticleAsync(old.Text("id"));
        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));

        var successor = await newsroom.Admin.PushAsync(story).AnsweredAsync(201);

        Assert.NotEqual(old.Text("id"), successor.Text("id"));
        Assert.Equal((1, 1), (successor.Number("version"), successor.Number("revision")));
        Assert.Equal(old.Text("slug"), successor.Text("slug"));
        Assert.Equal(successor.Text("id"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path/{successor.Text("path")}")).Text("id"));
        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{old.Text("id")}").StatusAsync());
    }

    [Theory]
    [InlineData("live")]
    [InlineData("unpublished")]
    [InlineData("expired")]
    [InlineData("draft")]
    [InlineData("scheduled")]
    public async Task Is_possible_in_every_state(string state)
    {
        var story = Given.Article();
        if (state == "draft")
            story.AsDraft();
        if (state == "scheduled")
            story.With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        if (state == "expired")
            story.With("expiresAt", newsroom.Clock.In(TimeSpan.FromMinutes(1)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        if (state == "unpublished")
            await newsroom.Admin.UnpublishAsync(id);
        if (state == "expired")
            newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(state, (await newsroom.Admin.ManagedAsync(id)).Text("state"));

        Assert.Equal(204, await newsroom.Admin.DeleteArticleAsync(id).StatusAsync());

        Assert.Equal(404, await newsroom.Admin.GetAsync($"/v1/manage/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task Takes_it_out_of_what_others_show_beside_them()
    {
        var (target, key) = (Given.Article(), Own.Word("key"));
        var id = (await newsroom.Admin.PushedAsync(target.With("translationKey", key))).Text("id");
        var other = await newsroom.Admin.PushedAsync(Given.Article().Written("fr").With("translationKey", key).With("related", new[] { new { source = "wire", externalId = target.ExternalId } }));
        Assert.True(await ShowsAsync(other, "related") && await ShowsAsync(other, "translations"));

        await newsroom.Admin.DeleteArticleAsync(id);

        Assert.False(await ShowsAsync(other, "related") || await ShowsAsync(other, "translations"));
        await newsroom.Admin.PushedAsync(target);
        Assert.True(await ShowsAsync(other, "related") && await ShowsAsync(other, "translations"));
    }

    private async Task<bool> ShowsAsync(JsonElement article, string member) => (await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}")).Has(member);
}
