using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Manage.Articles;

/// <summary>Taking an article away for good.</summary>
public sealed class TakeDownArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Takes_it_from_readers_at_every_address_it_ever_had()
    {
        var (section, other) = (Own.Section(), Own.Section());
        var story = Given.Article().With("slug", Own.Word("a")).In(section).With("canonicalUrl", $"https://www.example.org/{Own.Word()}").With("aliases", new[] { $"/{Own.Word()}.html" });
        var first = await newsroom.Admin.PushedAsync(story);
        var last = await newsroom.Admin.PushedAsync(story.With("slug", Own.Word("b")).In(other));

        await newsroom.Admin.TakeDownAsync(first.Text("id")).AnsweredAsync(200);

        foreach (var address in new[] { $"/{first.Text("id")}", $"/by-path/{first.Text("path")}", $"/by-path/{last.Text("path")}", $"/by-path{last.Texts("aliases")[0]}", $"/by-url?url={last.Text("canonicalUrl")}" })
            await newsroom.Reader.GetAsync($"/v1/articles{address}").ProblemAsync(410, "gone");
        Assert.Empty((await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section},{other}")).Data());
        Assert.Equal(["published", "updated", "takedown"], await newsroom.ChangesAsync(first.Text("id")));
    }

    [Fact]
    public async Task Leaves_management_what_is_left()
    {
        var story = Rich.Article(newsroom.Clock);
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.CorrectAsync(id, "It was Homs, not Aleppo.").AnsweredAsync(200);
        var before = await newsroom.Admin.ManagedAsync(id);

        var answer = await newsroom.Admin.TakeDownAsync(id).AnsweredAsync(200);

        Assert.Equal(("draft", "taken-down", before.Number("revision") + 1, before.Number("version")), (answer.Text("status"), answer.Text("state"), answer.Number("revision"), answer.Number("version")));
        var left = await newsroom.Admin.ManagedAsync(id);
        Assert.Empty(left.Texts("allowed"));
        Assert.Empty(left.Blocks());
        Assert.Equal(
            [
                "id", "type", "version", "revision", "etag", "status", "state", "hasDraft", "allowed", "source", "externalId", "language", "direction", "slug", "path", "section", "tags", "body",
                "wordCount", "readingMinutes", "publishedAt", "embargoedUntil", "expiresAt", "firstPublishedAt", "updatedAt", "createdAt", "modifiedAt",
            ],
            left.Members());
        Assert.Equal((before.Text("slug"), before.Text("path"), before.Text("publishedAt")), (left.Text("slug"), left.Text("path"), left.Text("publishedAt")));
    }

    [Theory]
    [InlineData("PUT", "/v1/manage/sources/wire/articles/{own}", true)]
    [InlineData("PUT", "/v1/manage/articles/by-source?source=wire&externalId={own}", true)]
    [InlineData("PUT", "/v1/manage/articles/{id}", true)]
    [InlineData("DELETE", "/v1/manage/articles/{id}", false)]
    [InlineData("DELETE", "/v1/manage/sources/wire/articles/{own}", false)]
    [InlineData("POST", "/v1/manage/articles/{id}/publish", false)]
    [InlineData("POST", "/v1/manage/articles/{id}/unpublish", false)]
    [InlineData("POST", "/v1/manage/articles/{id}/discard", false)]
    [InlineData("POST", "/v1/manage/articles/{id}/takedown", false)]
    [InlineData("POST", "/v1/manage/articles/{id}/corrections", false)]
    public async Task Refuses_every_write_from_then_on(string method, string address, bool isPush)
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.TakeDownAsync(id).AnsweredAsync(200);
        var target = address.Replace("{id}", id, StringComparison.Ordinal).Replace("{own}", story.ExternalId, StringComparison.Ordinal);
        object body = isPush ? story.Build() : target.EndsWith("takedown", StringComparison.Ordinal) ? new { reason = "Again" } : new { kind = "correction", text = "It was Homs." };
        var content = isPush || target.EndsWith("takedown", StringComparison.Ordinal) || target.EndsWith("corrections", StringComparison.Ordinal) ? Json.Body(body) : null;

        await newsroom.Admin.SendAsync(new HttpMethod(method), target, content, ("If-Match", "*")).ProblemAsync(409, "taken-down");

        Assert.Equal(2, (await newsroom.Admin.ManagedAsync(id)).Number("revision"));
    }

    [Fact]
    public async Task Keeps_the_slug_for_good_and_nobody_elses()
    {
        var slug = Own.Word("disputed");
        var taken = await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug));
        await newsroom.Admin.TakeDownAsync(taken.Text("id")).AnsweredAsync(200);

        var other = await newsroom.Admin.PushedAsync(Given.Article().With("slug", slug));

        Assert.Contains("/slug slug-changed", other.Warnings());
        Assert.Equal($"{slug}-{other.Text("id").Replace("-", string.Empty, StringComparison.Ordinal)[..6]}", other.Text("slug"));
        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{taken.Text("path")}").ProblemAsync(410, "gone");
    }

    [Fact]
    public async Task Frees_the_key_for_translations_and_what_it_stood_in()
    {
        var (story, section, tag) = (Given.Article(), Own.Section(), Own.Tag());
        var key = Own.Word("key");
        var id = (await newsroom.Admin.PushedAsync(story.In(section).Tagged(tag).With("translationKey", key))).Text("id");
        await newsroom.Admin.TakeDownAsync(id).AnsweredAsync(200);

        Assert.Equal("created", (await newsroom.Admin.PushedAsync(Given.Article().With("translationKey", key))).Text("outcome"));
        foreach (var used in new[] { $"sections/{section}", $"tags/{tag.Replace(':', '/')}" })
            Assert.Equal(204, await newsroom.Admin.DeleteAsync($"/v1/manage/{used}").StatusAsync());
        Assert.Equal("taken-down", (await newsroom.Admin.ManagedAsync(id)).Text("state"));
    }

    [Fact]
    public async Task Takes_it_out_of_what_others_show_beside_them()
    {
        var (target, key) = (Given.Article(), Own.Word("key"));
        var id = (await newsroom.Admin.PushedAsync(target.With("translationKey", key))).Text("id");
        var other = (await newsroom.Admin.PushedAsync(Given.Article().Written("fr").With("translationKey", key).With("related", new[] { new { id } }))).Text("id");
        Assert.Equal(2, (await newsroom.Reader.GetJsonAsync($"/v1/articles/{other}")).Members().Count(member => member is "related" or "translations"));

        await newsroom.Admin.TakeDownAsync(id).AnsweredAsync(200);

        Assert.DoesNotContain((await newsroom.Reader.GetJsonAsync($"/v1/articles/{other}")).Members(), member => member is "related" or "translations");
    }

    [Fact]
    public async Task Of_one_that_was_withdrawn_says_so_without_telling_anybody_again()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);

        await newsroom.Admin.TakeDownAsync(id).AnsweredAsync(200);

        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        Assert.Equal(["published", "unpublished"], await newsroom.ChangesAsync(id));
        using var session = await newsroom.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        Assert.Equal("takedown", await session.FindAsync<string>("select reason from gone where public_id = @id", new { id }));
    }

    [Fact]
    public async Task Of_one_that_nobody_saw_leaves_no_trace_for_readers()
    {
        var scheduled = await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));

        await newsroom.Admin.TakeDownAsync(scheduled.Text("id")).AnsweredAsync(200);
        newsroom.Clock.Advance(TimeSpan.FromHours(2));
        await newsroom.SettleAsync();

        await newsroom.Reader.GetAsync($"/v1/articles/{scheduled.Text("id")}").ProblemAsync(404, "not-found");
        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{scheduled.Text("path")}").ProblemAsync(404, "not-found");
        Assert.Empty(await newsroom.ChangesAsync(scheduled.Text("id")));
        Assert.Equal(scheduled.Text("slug"), (await newsroom.Admin.PushedAsync(Given.Article().With("slug", scheduled.Text("slug")))).Text("slug"));
    }

    [Fact]
    public async Task Is_a_conflict_for_what_was_never_published()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft())).Text("id");

        var problem = await newsroom.Admin.TakeDownAsync(id).ProblemAsync(409, "state-conflict");

        Assert.Equal(("draft", "publish delete"), (problem.Text("state"), string.Join(' ', problem.Texts("allowed"))));
    }

    [Theory]
    [InlineData("{}", "/reason required")]
    [InlineData("""{"reason":"  "}""", "/reason required")]
    [InlineData("""{"reason":null}""", "/reason required")]
    [InlineData("""{"reason":"x","at":"2034-12-01T17:05:00Z"}""", "/at unknown-member")]
    public async Task Needs_a_reason_and_nothing_else(string body, string error)
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        var problem = await newsroom.Admin.PostAsync($"/v1/manage/articles/{id}/takedown", Json.Raw(body)).ProblemAsync(422, "validation-failed");

        Assert.Equal([error], problem.Errors());
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task Keeps_the_reason_for_the_newsroom_only()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        await newsroom.Admin.TakeDownAsync(id, "Injunction 4711").AnsweredAsync(200);

        using var session = await newsroom.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        Assert.Equal("Injunction 4711", await session.FindAsync<string>("select r.reason from revision r join article a on a.id = r.article_id where a.public_id = @id and r.number = 2", new { id }));
        Assert.DoesNotContain("4711", await (await newsroom.Reader.GetAsync($"/v1/articles/{id}")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
