using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>The push: one PUT creates or replaces an article by its sender's own id.</summary>
public sealed class PushArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Creates_an_article_and_says_where_it_lives()
    {
        var response = await newsroom.Admin.PushAsync(Given.Article());

        var article = await Task.FromResult(response).AnsweredAsync(201);
        Assert.Equal("created", article.Text("outcome"));
        Assert.Equal($"/v1/manage/articles/{article.Text("id")}", response.Headers.Location?.ToString());
        Assert.Equal($"/v1/manage/articles/{article.Text("id")}", response.Header("Content-Location"));
        Assert.Equal(article.Text("etag"), response.Tag());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", response.Header("Cache-Control"));
    }

    [Fact]
    public async Task Answers_the_whole_article_as_stored()
    {
        var story = Given.Article().Headed("Late winner at Anfield").Saying("One word.").With("publishedAt", "2025-11-02T18:30:00+01:00");

        var article = await newsroom.Admin.PushAsync(story).AnsweredAsync(201);

        Assert.Equal(
            $$"""
            {"id":"{{article.Text("id")}}","type":"article","version":1,"revision":1,"etag":{{article.GetProperty("etag").GetRawText()}},"status":"published","state":"live","hasDraft":false,
            "allowed":["publish","unpublish","takedown","delete"],"source":{"slug":"wire"},"externalId":"{{story.ExternalId}}","language":"en","direction":"ltr",
            "slug":"late-winner-at-anfield","path":"en/late-winner-at-anfield","headline":"Late winner at Anfield","tags":[],
            "body":{"blocks":[{"id":"b1","type":"paragraph","text":"One word."}]},"wordCount":2,"readingMinutes":1,
            "publishedAt":"2025-11-02T17:30:00Z","firstPublishedAt":"2025-11-02T17:30:00Z","updatedAt":"{{Now}}",
            "createdAt":"{{Now}}","modifiedAt":"{{Now}}","outcome":"created"}
            """.ReplaceLineEndings(string.Empty),
            article.GetRawText());
    }

    [Fact]
    public async Task Replaces_it_when_pushed_again_with_other_words()
    {
        var story = Given.Article();
        var created = await newsroom.Admin.PushedAsync(story);

        var response = await newsroom.Admin.PushAsync(story.Headed("Another headline"));

        var replaced = await Task.FromResult(response).AnsweredAsync(200);
        Assert.Equal("updated", replaced.Text("outcome"));
        Assert.Equal(created.Text("id"), replaced.Text("id"));
        Assert.Equal("Another headline", replaced.Text("headline"));
        Assert.Null(response.Headers.Location);
        Assert.Equal($"/v1/manage/articles/{created.Text("id")}", response.Header("Content-Location"));
        Assert.Equal(replaced.Text("etag"), response.Tag());
        Assert.NotEqual(created.Text("etag"), replaced.Text("etag"));
    }

    [Fact]
    public async Task Gives_every_article_a_random_version_4_uuid_in_lower_case()
    {
        var first = await newsroom.Admin.PushedAsync(Given.Article());
        var second = await newsroom.Admin.PushedAsync(Given.Article());

        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", first.Text("id"));
        Assert.NotEqual(first.Text("id")[..8], second.Text("id")[..8]);
    }

    [Fact]
    public async Task Keeps_what_two_sources_call_alike_apart()
    {
        var story = Given.Article();

        var one = await newsroom.Admin.PushAsync(story, source: "agency-a").AnsweredAsync(201);
        var other = await newsroom.Admin.PushAsync(story, source: "agency-b").AnsweredAsync(201);

        Assert.NotEqual(one.Text("id"), other.Text("id"));
        Assert.Equal("agency-a", one.GetProperty("source").Text("slug"));
    }

    [Fact]
    public async Task Tells_own_ids_apart_by_case()
    {
        await PutAsync("/v1/manage/sources/wire/articles/Case-Story").AnsweredAsync(201);

        await PutAsync("/v1/manage/sources/wire/articles/case-story").AnsweredAsync(201);
        await PutAsync("/v1/manage/sources/wire/articles/Case-Story").AnsweredAsync(200);
    }

    [Fact]
    public async Task Takes_an_own_id_in_any_normalisation_as_one()
    {
        await PutAsync("/v1/manage/sources/wire/articles/caf%C3%A9").AnsweredAsync(201);

        var again = await PutAsync("/v1/manage/sources/wire/articles/cafe%CC%81").AnsweredAsync(200);

        Assert.Equal("café", again.Text("externalId"));
    }

    [Theory]
    [InlineData("wire")]
    [InlineData("0")]
    [InlineData("a.b_c-d")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123")]
    public async Task Takes_any_source_of_the_right_form(string source) => await PutAsync($"/v1/manage/sources/{source}/articles/{Own.Word()}").AnsweredAsync(201);

    [Theory]
    [InlineData("Wire")]
    [InlineData("-wire")]
    [InlineData(".wire")]
    [InlineData("wi%20re")]
    [InlineData("wi%2Fre")]
    [InlineData("caf%C3%A9")]
    [InlineData("wire%0A")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public async Task Refuses_a_source_of_another_form(string source) =>
        await PutAsync($"/v1/manage/sources/{source}/articles/{Own.Word()}").ProblemAsync(400, "malformed-request");

    [Fact]
    public async Task Takes_an_own_id_of_250_characters_and_not_of_251()
    {
        var longest = Own.Word("x").PadRight(250, 'x');

        Assert.Equal(longest, (await PutAsync($"/v1/manage/sources/wire/articles/{longest}").AnsweredAsync(201)).Text("externalId"));
        await PutAsync($"/v1/manage/sources/wire/articles/{longest}x").ProblemAsync(400, "malformed-request");
    }

    [Theory]
    [InlineData("a%00b")]
    [InlineData("a%09b")]
    [InlineData("a%0Ab")]
    [InlineData("a%0D%0Ab")]
    [InlineData("a%1Fb")]
    [InlineData("a%7Fb")]
    [InlineData("a%C2%85b")]
    [InlineData("a%EF%BF%BEb")]
    public async Task Refuses_an_own_id_with_controls_or_noncharacters(string externalId)
    {
        var answer = await newsroom.RawAsync("PUT", $"/v1/manage/sources/wire/articles/{externalId}", Newsroom.AdminKey, """{"language":"en"}""");

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task Creates_only_when_told_so()
    {
        var story = Given.Article();
        var address = $"/v1/manage/sources/wire/articles/{story.ExternalId}";
        await newsroom.Admin.SendAsync(HttpMethod.Put, address, Json.Body(story.Build()), ("If-None-Match", "*")).AnsweredAsync(201);

        var problem = await newsroom.Admin.SendAsync(HttpMethod.Put, address, Json.Body(story.Headed("Other").Build()), ("If-None-Match", "*")).ProblemAsync(412, "already-exists");

        Assert.NotEqual("Other", (await newsroom.Admin.GetJsonAsync(address)).Text("headline"));
        Assert.Equal((await newsroom.Admin.GetJsonAsync(address)).Text("etag"), problem.Text("etag"));
    }

    [Fact]
    public async Task Honours_if_match_where_it_is_sent()
    {
        var story = Given.Article();
        var address = $"/v1/manage/sources/wire/articles/{story.ExternalId}";
        var first = await newsroom.Admin.PushedAsync(story);
        var second = await newsroom.Admin.PushedAsync(story.Headed("Second"));

        var problem = await newsroom.Admin.SendAsync(HttpMethod.Put, address, Json.Body(story.Headed("Third").Build()), ("If-Match", first.Text("etag"))).ProblemAsync(412, "revision-mismatch");
        await newsroom.Admin.SendAsync(HttpMethod.Put, address, Json.Body(story.Build()), ("If-Match", second.Text("etag"))).AnsweredAsync(200);

        Assert.Equal(second.Text("etag"), problem.Text("etag"));
    }

    [Fact]
    public async Task Does_not_create_what_it_was_told_to_replace() =>
        await newsroom.Admin.SendAsync(HttpMethod.Put, $"/v1/manage/sources/wire/articles/{Own.Word()}", Json.Body(Given.Article().Build()), ("If-Match", "*"))
            .ProblemAsync(412, "revision-mismatch");

    [Fact]
    public async Task Loses_none_of_twenty_pushes_at_once()
    {
        var story = Given.Article();
        var bodies = Enumerable.Range(1, 20).Select(i => JsonSerializer.Serialize(Given.Article().Headed($"Writer {i}").Build())).ToList();

        var answers = await Task.WhenAll(bodies.Select(body => newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}", Json.Raw(body))));

        Assert.Single(answers, answer => (int)answer.StatusCode == 201);
        Assert.Equal(19, answers.Count(answer => (int)answer.StatusCode == 200));
        Assert.Equal(20, (await newsroom.Admin.GetJsonAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}")).Number("revision"));
    }

    private string Now => newsroom.Clock.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private Task<HttpResponseMessage> PutAsync(string address) => newsroom.Admin.PutAsync(address, Json.Body(Given.Article().AsDraft().Build()));
}
