using System.Globalization;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Publishing an article that is not live: now or at an instant.</summary>
public sealed class PublishArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Publishes_a_draft_now()
    {
        var draft = await newsroom.Admin.PushedAsync(Given.Article().AsDraft());
        newsroom.Clock.Advance(TimeSpan.FromMinutes(3));

        var response = await newsroom.Admin.PublishAsync(draft.Text("id"));

        var live = await Task.FromResult(response).AnsweredAsync(200);
        Assert.Equal(("published", "live", "updated"), (live.Text("status"), live.Text("state"), live.Text("outcome")));
        Assert.Equal((1, 2), (live.Number("version"), live.Number("revision")));
        Assert.Equal(newsroom.Clock.Now, live.GetProperty("publishedAt").GetDateTimeOffset());
        Assert.Equal(live.Text("etag"), response.Tag());
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{draft.Text("id")}").StatusAsync());
    }

    [Fact]
    public async Task Takes_no_body_an_empty_object_and_null_for_now()
    {
        foreach (var body in new[] { null, "{}", """{"at":null}""" })
        {
            var id = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft())).Text("id");

            Assert.Equal("live", (await newsroom.Admin.PostAsync($"/v1/manage/articles/{id}/publish", body is null ? null : Json.Raw(body)).AnsweredAsync(200)).Text("state"));
        }
    }

    [Fact]
    public async Task Keeps_a_past_instant_of_the_sender()
    {
        var draft = await newsroom.Admin.PushedAsync(Given.Article().AsDraft().With("publishedAt", "2025-12-01T17:05:00Z"));

        Assert.Equal("2025-12-01T17:05:00Z", (await newsroom.Admin.PublishAsync(draft.Text("id")).AnsweredAsync(200)).Text("publishedAt"));
    }

    [Fact]
    public async Task Ends_a_future_instant_and_an_embargo()
    {
        var scheduled = await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))).With("embargoedUntil", newsroom.Clock.In(TimeSpan.FromHours(2))));

        var live = await newsroom.Admin.PublishAsync(scheduled.Text("id")).AnsweredAsync(200);

        Assert.Equal("live", live.Text("state"));
        Assert.Equal(newsroom.Clock.Now, live.GetProperty("publishedAt").GetDateTimeOffset());
        Assert.False(live.Has("embargoedUntil"));
    }

    [Fact]
    public async Task Schedules_it_at_an_instant()
    {
        var draft = await newsroom.Admin.PushedAsync(Given.Article().AsDraft());
        var at = newsroom.Clock.In(TimeSpan.FromHours(1));

        var scheduled = await newsroom.Admin.PublishAsync(draft.Text("id"), new { at }).AnsweredAsync(200);

        Assert.Equal(("published", "scheduled"), (scheduled.Text("status"), scheduled.Text("state")));
        Assert.Equal(At(at), scheduled.GetProperty("publishedAt").GetDateTimeOffset());
        Assert.Equal(404, await newsroom.Reader.GetAsync($"/v1/articles/{draft.Text("id")}").StatusAsync());
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(At(at), (await newsroom.Reader.GetJsonAsync($"/v1/articles/{draft.Text("id")}")).GetProperty("publishedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Schedules_it_anew()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft())).Text("id");
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(2)) }).AnsweredAsync(200);

        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(404, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task Backdates_it_with_a_past_instant()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft())).Text("id");

        var live = await newsroom.Admin.PublishAsync(id, new { at = "2025-12-01T17:05:00Z" }).AnsweredAsync(200);

        Assert.Equal(("live", "2025-12-01T17:05:00Z"), (live.Text("state"), live.Text("publishedAt")));
    }

    [Fact]
    public async Task Says_unchanged_where_it_holds_already()
    {
        var story = Given.Article();
        var live = await newsroom.Admin.PushedAsync(story);
        var scheduled = await newsroom.Admin.PushedAsync(Given.Article().AsDraft());
        var at = newsroom.Clock.In(TimeSpan.FromHours(1));
        var first = await newsroom.Admin.PublishAsync(scheduled.Text("id"), new { at }).AnsweredAsync(200);

        var again = await newsroom.Admin.PublishAsync(live.Text("id")).AnsweredAsync(200);
        var sameInstant = await newsroom.Admin.PublishAsync(scheduled.Text("id"), new { at }).AnsweredAsync(200);

        Assert.Equal(("unchanged", live.Text("etag")), (again.Text("outcome"), again.Text("etag")));
        Assert.Equal(("unchanged", first.Text("etag")), (sameInstant.Text("outcome"), sameInstant.Text("etag")));
    }

    [Fact]
    public async Task Sets_takes_away_and_keeps_the_end()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft())).Text("id");
        var expiresAt = newsroom.Clock.In(TimeSpan.FromHours(1));

        var set = await newsroom.Admin.PublishAsync(id, new { expiresAt }).AnsweredAsync(200);
        var kept = await newsroom.Admin.PublishAsync(id, new { }).AnsweredAsync(200);
        var taken = await newsroom.Admin.PostAsync($"/v1/manage/articles/{id}/publish", Json.Raw("""{"expiresAt":null}""")).AnsweredAsync(200);

        Assert.Equal(At(expiresAt), set.GetProperty("expiresAt").GetDateTimeOffset());
        Assert.True(kept.Has("expiresAt"));
        Assert.False(taken.Has("expiresAt"));
    }

    [Fact]
    public async Task Brings_an_expired_article_back_only_with_a_later_end()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        var problem = await newsroom.Admin.PublishAsync(id).ProblemAsync(409, "state-conflict");
        await newsroom.Admin.PublishAsync(id, new { expiresAt = newsroom.Clock.In(TimeSpan.Zero) }).ProblemAsync(409, "state-conflict");
        var back = await newsroom.Admin.PublishAsync(id, new { expiresAt = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        Assert.Equal("expired", problem.Text("state"));
        Assert.Equal("live", back.Text("state"));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task Brings_a_withdrawn_article_back_at_its_old_place()
    {
        var pushed = await newsroom.Admin.PushedAsync(Given.Article());
        await newsroom.Admin.UnpublishAsync(pushed.Text("id"));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        var back = await newsroom.Admin.PublishAsync(pushed.Text("id")).AnsweredAsync(200);

        Assert.Equal(pushed.Text("publishedAt"), back.Text("publishedAt"));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/by-path/{pushed.Text("path")}").StatusAsync());
    }

    [Fact]
    public async Task Refuses_an_article_without_a_headline()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft().Without("headline"))).Text("id");

        Assert.Equal(["/headline required"], (await newsroom.Admin.PublishAsync(id).ProblemAsync(422, "validation-failed")).Errors());
    }

    [Fact]
    public async Task Honours_if_match_where_it_is_sent()
    {
        var draft = await newsroom.Admin.PushedAsync(Given.Article().AsDraft());
        var address = $"/v1/manage/articles/{draft.Text("id")}/publish";

        await newsroom.Admin.SendAsync(HttpMethod.Post, address, ("If-Match", "\"stale\"")).ProblemAsync(412, "revision-mismatch");
        await newsroom.Admin.SendAsync(HttpMethod.Post, address, ("If-Match", draft.Text("etag"))).AnsweredAsync(200);
    }

    [Theory]
    [InlineData("""{"when":"now"}""", 422, "/when unknown-member")]
    [InlineData("""{"at":"now"}""", 422, "/at invalid-instant")]
    [InlineData("""{"at":1}""", 422, "/at wrong-type")]
    [InlineData("[]", 422, " wrong-type")]
    public async Task Refuses_terms_that_cannot_be_read(string body, int status, string error)
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft())).Text("id");

        var problem = await newsroom.Admin.PostAsync($"/v1/manage/articles/{id}/publish", Json.Raw(body)).ProblemAsync(status, "validation-failed");

        Assert.Equal([error], problem.Errors());
        Assert.Equal("draft", (await newsroom.Admin.ManagedAsync(id)).Text("state"));
    }

    [Theory]
    [InlineData("5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11")]
    [InlineData("not-an-id")]
    public async Task Is_404_where_there_is_none(string id) => await newsroom.Admin.PublishAsync(id).ProblemAsync(404, "not-found");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
