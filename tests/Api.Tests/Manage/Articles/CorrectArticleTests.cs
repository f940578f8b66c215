using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Corrections: they belong to the article, whatever is pushed.</summary>
public sealed class CorrectArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Text = "It was Homs, not Aleppo.";

    [Fact]
    public async Task Readers_see_it_at_once_as_a_new_version()
    {
        var before = await newsroom.Admin.PushedAsync(Given.Article());
        var id = before.Text("id");
        var tag = (await newsroom.Reader.GetAsync($"/v1/articles/{id}")).Tag();
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        var corrected = await newsroom.Admin.CorrectAsync(id, Text).AnsweredAsync(200);

        var read = await newsroom.Reader.GetAsync($"/v1/articles/{id}");
        var article = await read.JsonAsync();
        var correction = Assert.Single(article.GetProperty("corrections").EnumerateArray());
        Assert.Equal(["at", "kind", "text"], correction.Members());
        Assert.Equal((newsroom.Clock.In(TimeSpan.Zero), "correction", Text), (correction.GetProperty("at").GetDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null), correction.Text("kind"), correction.Text("text")));
        Assert.NotEqual(tag, read.Tag());
        Assert.Equal((2, before.Text("publishedAt"), correction.Text("at")), (article.Number("version"), article.Text("publishedAt"), article.Text("updatedAt")));
        Assert.Equal(("updated", 2, 2, false), (corrected.Text("outcome"), corrected.Number("version"), corrected.Number("revision"), corrected.Flag("hasDraft")));
        Assert.Equal(2, (await newsroom.Reader.GetJsonAsync($"/v1/articles?language=en&limit=100")).Data().Single(card => card.Text("id") == id).Number("version"));
    }

    [Fact]
    public async Task They_stand_in_the_order_of_their_instants()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        await newsroom.Admin.CorrectAsync(id, "second", at: "2026-01-02T00:00:00Z").AnsweredAsync(200);
        await newsroom.Admin.CorrectAsync(id, "third", "retraction", "2030-01-01T00:00:00Z").AnsweredAsync(200);
        await newsroom.Admin.CorrectAsync(id, "first", "clarification", "2026-01-01T00:00:00+01:00").AnsweredAsync(200);

        Assert.Equal(["first", "second", "third"], (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).GetProperty("corrections").EnumerateArray().Select(each => each.Text("text")));
    }

    [Fact]
    public async Task They_outlast_every_push()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.CorrectAsync(id, Text).AnsweredAsync(200);

        Assert.Equal("unchanged", (await newsroom.Admin.PushedAsync(story)).Text("outcome"));
        var pushed = await newsroom.Admin.PushedAsync(story.With("kicker", "Another"));

        Assert.Equal(("updated", 3), (pushed.Text("outcome"), pushed.Number("version")));
        Assert.Empty(pushed.Warnings());
        Assert.Equal(1, pushed.GetProperty("corrections").GetArrayLength());
        Assert.Equal(1, (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).GetProperty("corrections").GetArrayLength());
    }

    [Fact]
    public async Task The_same_one_again_changes_nothing()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        await newsroom.Admin.CorrectAsync(id, Text, at: "2026-01-01T00:00:00Z").AnsweredAsync(200);

        var again = await newsroom.Admin.CorrectAsync(id, Text).AnsweredAsync(200);

        Assert.Equal(("unchanged", 2, 1), (again.Text("outcome"), again.Number("revision"), again.GetProperty("corrections").GetArrayLength()));
        Assert.Equal("updated", (await newsroom.Admin.CorrectAsync(id, Text, at: "2026-01-03T00:00:00Z").AnsweredAsync(200)).Text("outcome"));
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("scheduled")]
    [InlineData("unpublished")]
    [InlineData("expired")]
    public async Task On_an_article_that_readers_do_not_see_it_waits_until_they_do(string state)
    {
        var story = Given.Article();
        switch (state)
        {
            case "draft":
                story.AsDraft();
                break;
            case "scheduled":
                story.With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
                break;
            case "expired":
                story.With("expiresAt", newsroom.Clock.In(TimeSpan.FromMinutes(1)));
                break;
            default:
                break;
        }

        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        if (state == "unpublished")
            await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);
        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = await newsroom.Admin.ManagedAsync(id);

        var corrected = await newsroom.Admin.CorrectAsync(id, Text).AnsweredAsync(200);

        Assert.Equal((state, before.Number("version")), (corrected.Text("state"), corrected.Number("version")));
        Assert.NotEqual(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        if (state != "scheduled")
            await newsroom.Admin.PublishAsync(id, new { expiresAt = null as string }).AnsweredAsync(200);
        var article = await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}");
        Assert.Equal((1, before.Number("version") + 1), (article.GetProperty("corrections").GetArrayLength(), article.Number("version")));
    }

    [Fact]
    public async Task A_scheduled_update_shows_it_too_and_counts_on()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.With("kicker", "Later").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        Assert.Equal(2, (await newsroom.Admin.CorrectAsync(id, Text).AnsweredAsync(200)).Number("version"));
        var live = await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        var updated = await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}");

        Assert.Equal((2, false, 1), (live.Number("version"), live.Has("kicker"), live.GetProperty("corrections").GetArrayLength()));
        Assert.Equal((3, true, 1), (updated.Number("version"), updated.Has("kicker"), updated.GetProperty("corrections").GetArrayLength()));
        await newsroom.SettleAsync();
        Assert.Equal(3, (await newsroom.Admin.ManagedAsync(id)).Number("version"));
    }

    [Fact]
    public async Task A_draft_over_a_live_article_stays_a_draft()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.With("kicker", "Draft").AsDraft());

        var corrected = await newsroom.Admin.CorrectAsync(id, Text).AnsweredAsync(200);

        Assert.Equal((true, "Draft", "draft", "live"), (corrected.Flag("hasDraft"), corrected.Text("kicker"), corrected.Text("status"), corrected.Text("state")));
        Assert.False((await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Has("kicker"));
    }

    [Fact]
    public async Task Sent_back_as_they_are_they_are_welcome_and_changed_they_are_refused()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        var article = await newsroom.Admin.CorrectAsync(id, Text, at: "2026-01-01T00:00:00Z").AnsweredAsync(200);

        Assert.Equal("unchanged", (await newsroom.Admin.PutBackAsync(article).AnsweredAsync(200)).Text("outcome"));
        Assert.Equal("unchanged", (await newsroom.Admin.PutBackAsync(article, ("corrections", new[] { new { text = Text, kind = "correction", at = "2026-01-01T01:00:00.000+01:00" } })).AnsweredAsync(200)).Text("outcome"));
        foreach (var other in new object[] { Array.Empty<object>(), new[] { new { at = "2026-01-01T00:00:00Z", kind = "correction", text = "Another." } } })
            Assert.Equal(["/corrections read-only"], (await newsroom.Admin.PutBackAsync(article, ("corrections", other)).ProblemAsync(422, "validation-failed")).Errors());
    }

    [Fact]
    public async Task A_deletion_takes_them_along()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.CorrectAsync(id, Text).AnsweredAsync(200);
        await newsroom.Admin.DeleteArticleAsync(id);

        Assert.False((await newsroom.Admin.PushedAsync(story)).Has("corrections"));
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        var problem = await newsroom.Admin.PostAsync($"/v1/manage/articles/{id}/corrections", Json.Body(new { kind = "erratum", text = " ", at = "yesterday", txt = "x" })).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/at invalid-instant", "/kind invalid-value", "/text required", "/txt unknown-member"], problem.Errors());
    }

    [Fact]
    public async Task An_article_has_at_most_a_hundred()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        for (var i = 0; i < 100; i++)
            await newsroom.Admin.CorrectAsync(id, $"Correction {i}.").AnsweredAsync(200);

        Assert.Equal([" too-many"], (await newsroom.Admin.CorrectAsync(id, "One more.").ProblemAsync(422, "validation-failed")).Errors());
    }

    [Fact]
    public async Task It_needs_the_right_to_publish_and_honours_if_match()
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article());
        var address = $"/v1/manage/articles/{article.Text("id")}/corrections";
        var writer = await newsroom.ClientMayAsync("content:write");

        await writer.CorrectAsync(article.Text("id"), Text).ProblemAsync(403, "insufficient-scope");
        await newsroom.Admin.SendAsync(HttpMethod.Post, address, Json.Body(new { kind = "correction", text = Text }), ("If-Match", "\"other\"")).ProblemAsync(412, "revision-mismatch");
        await newsroom.Admin.SendAsync(HttpMethod.Post, address, Json.Body(new { kind = "correction", text = Text }), ("If-Match", article.Text("etag"))).AnsweredAsync(200);
    }
}
