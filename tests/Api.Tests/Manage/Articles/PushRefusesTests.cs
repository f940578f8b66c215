using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>What is wrong with an article is refused with 422: everything at once, each with a pointer into what was sent.</summary>
public sealed class PushRefusesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("headline", 500)]
    [InlineData("kicker", 200)]
    [InlineData("dateline", 200)]
    [InlineData("byline", 500)]
    [InlineData("standfirst", 2_000)]
    [InlineData("slug", 200)]
    [InlineData("translationKey", 250)]
    public async Task A_text_has_its_longest_length_and_no_more(string member, int limit)
    {
        var longest = Own.Word("x").PadRight(limit, 'x');
        await newsroom.Admin.PushAsync(Given.Article().With(member, longest)).AnsweredAsync(201);

        var problem = await newsroom.Admin.PushAsync(Given.Article().With(member, longest + "x")).ProblemAsync(422, "validation-failed");

        Assert.Equal([$"/{member} too-long"], problem.Errors());
        Assert.Equal(limit, problem.GetProperty("errors")[0].Number("limit"));
    }

    [Theory]
    [InlineData("tags", 100)]
    [InlineData("contributors", 50)]
    [InlineData("related", 20)]
    public async Task A_list_has_its_most_entries_and_no_more(string member, int limit)
    {
        object Entry(int i) => member switch { "tags" => $"keyword:k{i}", "contributors" => new { name = $"C {i}" }, _ => new { source = "wire", externalId = $"r{i}" } };
        await newsroom.Admin.PushAsync(Given.Article().With(member, Enumerable.Range(1, limit).Select(Entry))).AnsweredAsync(201);

        var problem = await newsroom.Admin.PushAsync(Given.Article().With(member, Enumerable.Range(0, limit + 1).Select(Entry))).ProblemAsync(422, "validation-failed");

        Assert.Equal([$"/{member} too-many"], problem.Errors());
    }

    [Theory]
    [InlineData("language", "\"\"", "/language invalid-language")]
    [InlineData("language", "\"fr_FR\"", "/language invalid-language")]
    [InlineData("language", "7", "/language wrong-type")]
    [InlineData("status", "\"live\"", "/status invalid-value")]
    [InlineData("status", "\"Published\"", "/status invalid-value")]
    [InlineData("headline", "[]", "/headline wrong-type")]
    [InlineData("headline", "\"  \"", "/headline required")]
    [InlineData("headline", "null", "/headline required")]
    [InlineData("slug", "\"\"", "/slug required")]
    [InlineData("canonicalUrl", "\"example.org/a\"", "/canonicalUrl invalid-url")]
    [InlineData("canonicalUrl", "\"ftp://example.org/a\"", "/canonicalUrl invalid-url")]
    [InlineData("canonicalUrl", "\"https://me:secret@example.org/a\"", "/canonicalUrl invalid-url")]
    [InlineData("section", "7", "/section wrong-type")]
    [InlineData("section", "\"\"", "/section invalid-value")]
    [InlineData("section", "\"Sport\"", "/section invalid-value")]
    [InlineData("section", "\"a//b\"", "/section invalid-value")]
    [InlineData("section", "\"a/b/c/d/e/f/g/h/i\"", "/section invalid-value")]
    [InlineData("section", "{}", "/section required")]
    [InlineData("section", "{\"path\":\"A\"}", "/section/path invalid-value")]
    [InlineData("section", "{\"breadcrumb\":[]}", "/section/breadcrumb required")]
    [InlineData("section", "{\"breadcrumb\":[\"a\",\" \"]}", "/section/breadcrumb/1 required")]
    [InlineData("section", "{\"breadcrumb\":[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]}", "/section/breadcrumb too-many")]
    [InlineData("tags", "\"place:a\"", "/tags wrong-type")]
    [InlineData("tags", "[\"place\"]", "/tags/0 invalid-value")]
    [InlineData("tags", "[\"planet:mars\"]", "/tags/0 invalid-value")]
    [InlineData("tags", "[\"place:A b\"]", "/tags/0 invalid-value")]
    [InlineData("tags", "[null]", "/tags/0 wrong-type")]
    [InlineData("tags", "[{\"slug\":\"a\"}]", "/tags/0/kind required")]
    [InlineData("tags", "[{\"kind\":\"planet\",\"slug\":\"a\"}]", "/tags/0/kind invalid-value")]
    [InlineData("tags", "[{\"kind\":\"place\"}]", "/tags/0 required")]
    [InlineData("tags", "[{\"kind\":\"place\",\"slug\":\"A\"}]", "/tags/0/slug invalid-value")]
    [InlineData("tags", "[{\"kind\":\"place\",\"name\":\" \"}]", "/tags/0/name required")]
    [InlineData("tags", "[{\"kind\":\"place\",\"slug\":\"a\",\"relation\":\"likes\"}]", "/tags/0/relation invalid-value")]
    [InlineData("contributors", "[{}]", "/contributors/0/name required")]
    [InlineData("contributors", "[{\"name\":\"\"}]", "/contributors/0/name required")]
    [InlineData("contributors", "[\"Jane\"]", "/contributors/0 wrong-type")]
    [InlineData("leadImage", "\"https://e.org/a.jpg\"", "/leadImage wrong-type")]
    [InlineData("leadImage", "{}", "/leadImage/url required")]
    [InlineData("leadImage", "{\"url\":\"a.jpg\"}", "/leadImage/url invalid-url")]
    [InlineData("leadImage", "{\"url\":\"https://e.org/a.jpg\",\"contentType\":\"jpeg\"}", "/leadImage/contentType invalid-value")]
    [InlineData("leadImage", "{\"url\":\"https://e.org/a.jpg\",\"bytes\":-1}", "/leadImage/bytes out-of-range")]
    [InlineData("leadImage", "{\"url\":\"https://e.org/a.jpg\",\"focalPoint\":{\"x\":0.5}}", "/leadImage/focalPoint/y required")]
    [InlineData("leadImage", "{\"url\":\"https://e.org/a.jpg\",\"renditions\":[{\"width\":1}]}", "/leadImage/renditions/0/url required")]
    [InlineData("urgency", "0", "/urgency out-of-range")]
    [InlineData("urgency", "10", "/urgency out-of-range")]
    [InlineData("urgency", "\"3\"", "/urgency wrong-type")]
    [InlineData("urgency", "3.5", "/urgency wrong-type")]
    [InlineData("urgency", "1e999", "/urgency wrong-type")]
    [InlineData("agency", "\"AFP\"", "/agency wrong-type")]
    [InlineData("agency", "{\"category\":\"x\"}", "/agency/name required")]
    [InlineData("rights", "{\"syndication\":\"maybe\"}", "/rights/syndication invalid-value")]
    [InlineData("related", "[{}]", "/related/0 invalid-value")]
    [InlineData("related", "[{\"id\":\"7\"}]", "/related/0/id invalid-value")]
    [InlineData("related", "[{\"source\":\"wire\"}]", "/related/0 invalid-value")]
    [InlineData("related", "[{\"source\":\"Wire!\",\"externalId\":\"a\"}]", "/related/0/source invalid-value")]
    [InlineData("related", "[{\"source\":\"wire\",\"externalId\":\"\"}]", "/related/0/externalId required")]
    [InlineData("related", "[{\"source\":\"wire\",\"externalId\":\"a\\nb\"}]", "/related/0/externalId bad-character")]
    [InlineData("publishedAt", "\"2024-12-01T17:05:00\"", "/publishedAt invalid-instant")]
    [InlineData("publishedAt", "\"2024-12-01\"", "/publishedAt invalid-instant")]
    [InlineData("publishedAt", "1733072700", "/publishedAt wrong-type")]
    [InlineData("publishedAt", "\"1699-12-31T23:59:59Z\"", "/publishedAt invalid-instant")]
    [InlineData("publishedAt", "\"0001-01-01T00:00:00+23:59\"", "/publishedAt invalid-instant")]
    [InlineData("expiresAt", "\"2201-01-01T00:00:00Z\"", "/expiresAt invalid-instant")]
    [InlineData("digitalSourceType", "\"photo\"", "/digitalSourceType invalid-url")]
    [InlineData("digitalSourceType", "\"/photo\"", "/digitalSourceType invalid-url")]
    [InlineData("minorEdit", "\"true\"", "/minorEdit wrong-type")]
    [InlineData("headlin", "\"x\"", "/headlin unknown-member")]
    [InlineData("a/b~c", "\"x\"", "/a~1b~0c unknown-member")]
    public async Task A_value_that_does_not_fit_is_refused_where_it_stands(string member, string value, string error)
    {
        var story = Given.Article().With(member, JsonSerializer.Deserialize<JsonElement>(value));

        var problem = await newsroom.Admin.PushAsync(story).ProblemAsync(422, "validation-failed");

        Assert.Equal([error], problem.Errors());
    }

    [Theory]
    [InlineData("canonicalUrl", "\nhttp://x.org/", "invalid-url")]
    [InlineData("canonicalUrl", "http://x.org/a\n", "invalid-url")]
    [InlineData("canonicalUrl", " http://x.org/", "invalid-url")]
    [InlineData("digitalSourceType", "javascript:alert(1)", "invalid-url")]
    [InlineData("digitalSourceType", "http://x.org/é", "invalid-url")]
    [InlineData("translationKey", " ", "required")]
    public async Task A_text_that_looks_like_what_it_should_be_and_is_not_is_refused(string member, string value, string code)
    {
        var problem = await newsroom.Admin.PushAsync(Given.Article().With(member, value)).ProblemAsync(422, "validation-failed");

        Assert.Equal([$"/{member} {code}"], problem.Errors());
    }

    [Fact]
    public async Task A_draft_needs_no_headline()
    {
        var article = await newsroom.Admin.PushAsync(Given.Article().AsDraft().Without("headline")).AnsweredAsync(201);

        Assert.False(article.Has("headline"));
    }

    [Fact]
    public async Task An_unknown_member_is_named_with_the_nearest_known_one()
    {
        var problem = await newsroom.Admin.PushAsync(Given.Article().With("sectoin", "a").With("Headline", "a").With("utterlyUnlike", 1)).ProblemAsync(422, "validation-failed");

        Assert.Equal(["headline", "section", null], problem.GetProperty("errors").EnumerateArray().Select(error => error.Has("suggestion") ? error.Text("suggestion") : null));
    }

    [Theory]
    [InlineData("2025-12-02T00:00:00Z", null, "2025-12-02T00:00:00Z")]
    [InlineData("2025-12-02T00:00:00Z", null, "2025-12-01T00:00:00Z")]
    [InlineData("2025-12-01T00:00:00Z", "2025-12-03T00:00:00Z", "2025-12-02T00:00:00Z")]
    public async Task An_end_is_later_than_publication_and_embargo(string published, string? embargo, string expires)
    {
        var story = Given.Article().With("publishedAt", published).With("embargoedUntil", embargo).With("expiresAt", expires);

        Assert.Equal(["/expiresAt out-of-range"], (await newsroom.Admin.PushAsync(story).ProblemAsync(422, "validation-failed")).Errors());
    }

    [Fact]
    public async Task An_end_before_the_publication_instant_that_is_kept_is_refused_too()
    {
        var story = Given.Article().With("publishedAt", "2025-12-02T00:00:00Z");
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);

        var kept = await newsroom.Admin.PushAsync(story.Without("publishedAt").With("expiresAt", "2025-12-01T00:00:00Z")).ProblemAsync(422, "validation-failed");
        var now = await newsroom.Admin.PushAsync(Given.Article().With("expiresAt", newsroom.Clock.In(-TimeSpan.FromHours(1)))).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/expiresAt out-of-range"], kept.Errors());
        Assert.Equal(["/expiresAt out-of-range"], now.Errors());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    public async Task What_is_no_object_is_refused_as_a_whole(string json)
    {
        var problem = await newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{Own.Word()}", Json.Raw(json)).ProblemAsync(422, "validation-failed");

        Assert.Equal([" wrong-type"], problem.Errors());
    }
}
