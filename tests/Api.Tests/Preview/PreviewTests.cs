using System.Globalization;
using System.Text.Json;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Preview;

/// <summary>A link shows one revision to whoever holds it, for as long as it lasts, and nothing else.</summary>
public sealed class PreviewTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Of_a_draft_it_is_what_readers_would_get_but_for_what_it_lacks()
    {
        var draft = await newsroom.Admin.PushedAsync(Given.Article().AsDraft().Without("headline"));

        var preview = await ShownAsync(await LinkAsync(draft.Text("id")));

        Assert.Equal((draft.Text("id"), "article", 0, "en"), (preview.Text("id"), preview.Text("type"), preview.Number("version"), preview.Text("language")));
        Assert.All(["headline", "publishedAt", "updatedAt", "firstPublishedAt"], member => Assert.False(preview.Has(member)));
        Assert.Equal(draft.Paragraphs(), preview.Paragraphs());
    }

    [Fact]
    public async Task Of_what_readers_see_it_is_what_readers_get()
    {
        var story = Rich.Article(newsroom.Clock);
        var related = await newsroom.Admin.PushedAsync(Given.Article());
        var id = (await newsroom.Admin.PushedAsync(story.With("related", new[] { new { id = related.Text("id") } }))).Text("id");
        await newsroom.Admin.CorrectAsync(id, "It was Homs, not Aleppo.").AnsweredAsync(200);
        await newsroom.Admin.PushedAsync(story.Headed("Nouveau titre"));
        await newsroom.Admin.PushedAsync(story.Headed("Brouillon").AsDraft());

        var preview = await newsroom.Reader.GetStringAsync(await LinkAsync(id, new { revision = 3 }));

        Assert.Equal(await newsroom.Reader.GetStringAsync($"/v1/articles/{id}"), preview);
    }

    [Fact]
    public async Task Shows_the_revision_that_was_the_newest_when_it_was_made_however_the_article_goes_on()
    {
        var story = Given.Article().Headed("First").AsDraft();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        var (newest, first) = (await LinkAsync(id), await LinkAsync(id, new { revision = 1 }));
        await newsroom.Admin.PushedAsync(story.Headed("Second"));

        Assert.Equal(("First", "First", "Second"), ((await ShownAsync(newest)).Text("headline"), (await ShownAsync(first)).Text("headline"), (await ShownAsync(await LinkAsync(id))).Text("headline")));
    }

    [Fact]
    public async Task Of_other_articles_it_shows_only_what_every_reader_sees()
    {
        var key = Own.Word();
        var soon = newsroom.Clock.In(TimeSpan.FromMinutes(10));
        var (hidden, translation) = (Given.Article().With("publishedAt", soon), Given.Article().Written("fr").With("translationKey", key).With("publishedAt", soon));
        var related = (await newsroom.Admin.PushedAsync(hidden)).Text("id");
        var other = (await newsroom.Admin.PushedAsync(translation)).Text("id");
        var id = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft().With("translationKey", key).With("related", new object[] { new { source = "wire", externalId = hidden.ExternalId }, new { id = related } }))).Text("id");
        var link = await LinkAsync(id);

        var before = await ShownAsync(link);
        newsroom.Clock.Advance(TimeSpan.FromMinutes(10));
        var after = await ShownAsync(link);

        Assert.Equal((false, false), (before.Has("related"), before.Has("translations")));
        Assert.Equal([related], after.GetProperty("related").EnumerateArray().Select(each => each.Text("id")));
        Assert.Equal([other], after.GetProperty("translations").EnumerateArray().Select(each => each.Text("id")));
    }

    [Fact]
    public async Task Unknown_malformed_expired_revoked_and_of_a_deleted_or_taken_down_article_are_one_answer()
    {
        var (id, down) = ((await newsroom.Admin.PushedAsync(Given.Article())).Text("id"), (await newsroom.Admin.PushedAsync(Given.Article())).Text("id"));
        var revoked = await newsroom.Admin.PreviewAsync(id).AnsweredAsync(201);
        var (expired, deleted, taken) = (await LinkAsync(id, new { ttl = 60 }), await LinkAsync(id), await LinkAsync(down));
        Assert.Equal("no-store", (await newsroom.Reader.GetAsync(expired)).Header("Cache-Control"));
        newsroom.Clock.Advance(TimeSpan.FromSeconds(60));
        await newsroom.Admin.DeleteAsync($"/v1/manage/articles/{id}/preview-links/{revoked.Text("id")}").StatusAsync();
        await newsroom.Admin.DeleteArticleAsync(id).StatusAsync();
        await newsroom.Services.GetRequiredService<Writer>().WriteAsync(write => write.ExecuteAsync("update article set state = 'taken-down' where public_id = @down", new { down }));

        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var address in new[] { expired, deleted, taken, PathOf(revoked), $"/preview/{new string('a', 32)}", "/preview/x", "/preview/%FF", $"/preview/{new string('é', 500)}", "/preview/a/b" })
            answers.Add(await WrittenAsync(await newsroom.Reader.GetAsync(address)));

        Assert.Contains("404", Assert.Single(answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_for_no_cache_no_index_and_no_other_site()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft())).Text("id");
        var response = await newsroom.Reader.SendAsync(HttpMethod.Get, await LinkAsync(id), ("Origin", "https://elsewhere.example"));
        var missing = await newsroom.Reader.SendAsync(HttpMethod.Get, "/preview/nothing", ("Origin", "https://elsewhere.example"));

        foreach (var answer in new[] { response, missing })
        {
            Assert.Equal(("no-store", "no-referrer", "noindex"), (answer.Header("Cache-Control"), answer.Header("Referrer-Policy"), answer.Header("X-Robots-Tag")));
            Assert.All(["ETag", "Last-Modified", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"], name => Assert.Null(answer.Header(name)));
        }

        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Head_answers_as_get_does_without_the_body()
    {
        var link = await LinkAsync((await newsroom.Admin.PushedAsync(Given.Article().AsDraft())).Text("id"));

        var (get, head) = (await newsroom.Reader.GetAsync(link), await newsroom.Reader.SendAsync(HttpMethod.Head, link));

        Assert.Equal((200, get.Content.Headers.ContentLength, 0), ((int)head.StatusCode, head.Content.Headers.ContentLength, (await head.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal(404, await newsroom.Reader.SendAsync(HttpMethod.Head, "/preview/nothing").StatusAsync());
    }

    [Fact]
    public async Task Takes_nothing_but_its_address()
    {
        var link = await LinkAsync((await newsroom.Admin.PushedAsync(Given.Article())).Text("id"));

        Assert.Equal("/preview", (await newsroom.Reader.GetAsync($"{link}?format=html").ProblemAsync(400, "unknown-parameter")).Text("instance"));
        Assert.Equal(200, await newsroom.Client("wrong").GetAsync(link).StatusAsync());
    }

    [Theory]
    [InlineData("/v1/preview/{0}", "/v1/preview")]
    [InlineData("/preview/%2e%2e/{0}", "/preview")]
    [InlineData("/v1/manage/Preview/{0}", "/v1/manage/Preview")]
    [InlineData("/newsroom/preview/{0}", "/newsroom/preview")]
    public async Task A_problem_repeats_no_token_wherever_somebody_looks_for_it(string address, string instance)
    {
        var token = (await LinkAsync((await newsroom.Admin.PushedAsync(Given.Article())).Text("id"))).Split('/')[^1];

        Assert.Equal(instance, (await newsroom.RawAsync("GET", string.Format(CultureInfo.InvariantCulture, address, token))).Json().Text("instance"));
    }

    private async Task<string> LinkAsync(string id, object? terms = null) => PathOf(await newsroom.Admin.PreviewAsync(id, terms).AnsweredAsync(201));

    private static string PathOf(JsonElement link) => new Uri(link.Text("url")).AbsolutePath;

    private Task<JsonElement> ShownAsync(string link) => newsroom.Reader.GetJsonAsync(link);

    // All of an answer but what differs between any two.
    private static async Task<string> WrittenAsync(HttpResponseMessage response)
    {
        var members = (await response.JsonAsync()).EnumerateObject().Where(member => member.Name != "traceId").Select(member => $"{member}");
        var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        return $"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n{string.Join('\n', members)}";
    }
}
