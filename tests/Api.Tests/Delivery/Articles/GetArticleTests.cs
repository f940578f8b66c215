using System.Globalization;
using System.Text.RegularExpressions;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>One article by its id, whole.</summary>
public sealed partial class GetArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Gives_the_whole_article_and_nothing_else()
    {
        var story = Given.Article().Headed("Late winner at Anfield").Saying("One word.").In("sport/football").Tagged("person:mo-salah")
            .With("publishedAt", "2025-11-02T18:30:00+01:00").With("urgency", 2);
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        var body = await newsroom.Reader.GetStringAsync(new Uri($"/v1/articles/{id}", UriKind.Relative));

        Assert.Equal(
            $$"""
            {"id":"{{id}}","type":"article","version":1,"language":"en","direction":"ltr","slug":"late-winner-at-anfield","path":"en/sport/football/late-winner-at-anfield",
            "headline":"Late winner at Anfield","section":{"path":"sport/football","name":"football","ancestors":[{"path":"sport","name":"sport"}]},
            "tags":[{"kind":"person","slug":"mo-salah","name":"mo-salah","relation":"about"}],"body":{"blocks":[{"id":"b1","type":"paragraph","text":"One word."}]},
            "wordCount":2,"readingMinutes":1,"urgency":2,"source":{"slug":"wire"},"firstPublishedAt":"2025-11-02T17:30:00Z","publishedAt":"2025-11-02T17:30:00Z",
            "updatedAt":"{{newsroom.Clock.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}","breaking":false}
            """.ReplaceLineEndings(string.Empty),
            body);
    }

    [Fact]
    public async Task Gives_every_member_that_was_sent_and_none_that_is_the_newsrooms_own()
    {
        var id = (await newsroom.Admin.PushedAsync(Rich.Article(newsroom.Clock))).Text("id");

        var article = await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}");

        Assert.Equal(
            [
                "id", "type", "version", "language", "direction", "slug", "path", "canonicalUrl", "kicker", "headline", "standfirst", "byline", "contributors", "dateline", "section", "tags", "leadImage",
                "body", "wordCount", "readingMinutes", "urgency", "source", "agency", "rights", "firstPublishedAt", "publishedAt", "updatedAt", "expiresAt", "digitalSourceType", "breaking",
            ],
            article.Members());
        Assert.All(["status", "state", "revision", "etag", "externalId", "embargoedUntil", "breakingUntil", "translationKey", "createdAt", "modifiedAt", "related"], member => Assert.False(article.Has(member)));
    }

    [Fact]
    public async Task Says_its_language_in_a_header()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().Written("pt-br"))).Text("id");

        var response = await newsroom.Reader.GetAsync($"/v1/articles/{id}");

        Assert.Equal("pt-BR", response.Header("Content-Language"));
        Assert.Equal("application/json", response.Header("Content-Type"));
    }

    [Fact]
    public async Task Gives_an_article_without_text_an_empty_body()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article().Without("body"))).Text("id");

        var article = await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}");

        Assert.Equal("""{"blocks":[]}""", article.GetProperty("body").GetRawText());
        Assert.Equal((0, 0), (article.Number("wordCount"), article.Number("readingMinutes")));
    }

    [Fact]
    public async Task Never_says_null()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        Assert.DoesNotContain("null", await newsroom.Reader.GetStringAsync(new Uri($"/v1/articles/{id}", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11")]
    [InlineData("not-an-id")]
    [InlineData("7")]
    [InlineData("5b0c9e0e6f3d4c1a9d0e6f2f9f6f1c11")]
    [InlineData("%7B5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11%7D")]
    [InlineData("by-nothing")]
    public async Task Is_404_where_there_is_none(string id) => await newsroom.Reader.GetAsync($"/v1/articles/{id}").ProblemAsync(404, "not-found");

    [Fact]
    public async Task Is_404_for_a_draft_and_for_a_scheduled_article_as_if_they_did_not_exist()
    {
        var draft = (await newsroom.Admin.PushedAsync(Given.Article().AsDraft())).Text("id");
        var scheduled = (await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");
        var embargoed = (await newsroom.Admin.PushedAsync(Given.Article().With("embargoedUntil", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");

        var unknown = await SayAsync("5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11");

        Assert.Equal(404, unknown.Status);
        foreach (var id in new[] { draft, scheduled, embargoed })
            Assert.Equal(unknown, await SayAsync(id));
    }

    [Fact]
    public async Task Is_410_for_whatever_reason_an_article_went_in_the_same_words()
    {
        var withdrawn = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        var deleted = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        var returning = Given.Article();
        var waiting = (await newsroom.Admin.PushedAsync(returning)).Text("id");
        var expired = (await newsroom.Admin.PushedAsync(Given.Article().With("expiresAt", newsroom.Clock.In(TimeSpan.FromMinutes(1))))).Text("id");
        var ended = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        await newsroom.Admin.UnpublishAsync(withdrawn, new { reason = "secret" });
        await newsroom.Admin.DeleteArticleAsync(deleted);
        await newsroom.Admin.UnpublishAsync(waiting);
        await newsroom.Admin.PushedAsync(returning.With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
        await newsroom.Admin.UnpublishAsync(ended, new { at = newsroom.Clock.In(TimeSpan.FromMinutes(1)) });
        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));

        var gone = await SayAsync(withdrawn);

        Assert.Equal(410, gone.Status);
        foreach (var id in new[] { deleted, waiting, expired, ended })
            Assert.Equal(gone, await SayAsync(id));
        await newsroom.SettleAsync();
        foreach (var id in new[] { deleted, waiting, expired, ended })
            Assert.Equal(gone, await SayAsync(id));
    }

    // Status, headers and body, without what may differ: instance, traceId and Date.
    private async Task<(int Status, string Headers, string Body)> SayAsync(string id)
    {
        var response = await newsroom.Reader.GetAsync($"/v1/articles/{id}");
        var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not ("Date" or "Content-Length")).Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order();
        return ((int)response.StatusCode, string.Join('\n', headers), Volatile().Replace(await response.Content.ReadAsStringAsync(), string.Empty));
    }

    [GeneratedRegex("\"(instance|traceId)\":\"[^\"]*\"")]
    private static partial Regex Volatile();
}
