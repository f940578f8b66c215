using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Reading an article as the newsroom sees it.</summary>
public sealed class GetManagedArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Gives_the_newest_revision_whatever_readers_see()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Draft").AsDraft());

        Assert.Equal("Draft", (await newsroom.Admin.ManagedAsync(id)).Text("headline"));
    }

    [Fact]
    public async Task Gives_the_same_by_id_by_own_id_and_by_source()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        var byId = (await newsroom.Admin.ManagedAsync(id)).GetRawText();

        Assert.Equal(byId, (await newsroom.Admin.GetJsonAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}")).GetRawText());
        Assert.Equal(byId, (await newsroom.Admin.GetJsonAsync($"/v1/manage/articles/by-source?source=wire&externalId={story.ExternalId}")).GetRawText());
    }

    [Fact]
    public async Task Gives_what_every_write_before_it_answered()
    {
        var story = Rich.Article(newsroom.Clock);
        var later = newsroom.Clock.In(TimeSpan.FromHours(1));
        var id = await AssertSameAsync(newsroom.Admin.PushAsync(story));
        await AssertSameAsync(newsroom.Admin.PushAsync(story.Headed("Corrigé")));
        await AssertSameAsync(newsroom.Admin.PushAsync(story.Headed("Brouillon").AsDraft()));
        await AssertSameAsync(newsroom.Admin.PublishAsync(id, new { at = later }));
        await AssertSameAsync(newsroom.Admin.PushAsync(story.Headed("Autre").With("status", "published")));
        await AssertSameAsync(newsroom.Admin.UnpublishAsync(id));
        await AssertSameAsync(newsroom.Admin.PublishAsync(id, new { at = later }));
        await AssertSameAsync(newsroom.Admin.PushAsync(Rich.Article(newsroom.Clock).With("publishedAt", later)));
        await AssertSameAsync(newsroom.Admin.PushAsync(Rich.Article(newsroom.Clock).AsDraft()));
    }

    private async Task<string> AssertSameAsync(Task<HttpResponseMessage> write)
    {
        var answer = await (await write).JsonAsync();
        var id = answer.Text("id");

        Assert.Equal(WithoutOutcome(answer), WithoutOutcome(await newsroom.Admin.ManagedAsync(id)));
        return id;
    }

    private static IEnumerable<string> WithoutOutcome(JsonElement article) =>
        article.EnumerateObject().Where(member => member.Name is not ("outcome" or "warnings")).Select(member => $"{member.Name}: {member.Value.GetRawText()}");

    [Fact]
    public async Task Gives_what_was_sent_beside_what_is_computed()
    {
        var story = Rich.Article(newsroom.Clock).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))).With("embargoedUntil", newsroom.Clock.In(TimeSpan.FromHours(2)));

        var article = await newsroom.Admin.ManagedAsync((await newsroom.Admin.PushedAsync(story)).Text("id"));

        Assert.Equal(
            [
                "id", "type", "version", "revision", "etag", "status", "state", "hasDraft", "allowed", "source", "externalId", "language", "direction", "slug", "path", "canonicalUrl", "aliases", "kicker", "headline",
                "standfirst", "byline", "contributors", "dateline", "section", "tags", "leadImage", "body", "wordCount", "readingMinutes", "urgency", "agency", "rights", "translationKey", "related",
                "publishedAt", "embargoedUntil", "expiresAt", "breakingUntil", "digitalSourceType", "createdAt", "modifiedAt",
            ],
            article.Members());
        Assert.Equal(["missing", "id"], article.GetProperty("related").EnumerateArray().Select(each => each.Has("source") ? each.Text("externalId")[..7] : "id"));
    }

    [Fact]
    public async Task Has_the_tag_as_header_and_member_and_is_never_stored()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        var response = await newsroom.Admin.GetAsync($"/v1/manage/articles/{id}");

        Assert.Equal((await response.JsonAsync()).Text("etag"), response.Tag());
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Null(response.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Never_answers_304()
    {
        var pushed = await newsroom.Admin.PushedAsync(Given.Article());

        Assert.Equal(200, await newsroom.Admin.SendAsync(HttpMethod.Get, $"/v1/manage/articles/{pushed.Text("id")}", ("If-None-Match", pushed.Text("etag"))).StatusAsync());
    }

    [Theory]
    [InlineData("content:write")]
    [InlineData("drafts:read")]
    public async Task Takes_a_key_that_may_write_or_read_drafts(string scope)
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft())).Text("id");

        Assert.Equal(200, await (await newsroom.ClientMayAsync(scope)).GetAsync($"/v1/manage/articles/{id}").StatusAsync());
    }

    [Theory]
    [InlineData("/v1/manage/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11")]
    [InlineData("/v1/manage/articles/not-an-id")]
    [InlineData("/v1/manage/articles/7")]
    [InlineData("/v1/manage/sources/wire/articles/not-there")]
    [InlineData("/v1/manage/sources/nobody/articles/not-there")]
    [InlineData("/v1/manage/articles/by-source?source=wire&externalId=not-there")]
    public async Task Is_404_where_there_is_none(string address) => await newsroom.Admin.GetAsync(address).ProblemAsync(404, "not-found");

    [Fact]
    public async Task Is_404_for_one_that_was_deleted()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.DeleteArticleAsync(id);

        await newsroom.Admin.GetAsync($"/v1/manage/articles/{id}").ProblemAsync(404, "not-found");
        await newsroom.Admin.GetAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}").ProblemAsync(404, "not-found");
    }
}
