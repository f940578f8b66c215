using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>One article by its URL on the website.</summary>
public sealed class GetArticleByUrlTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Gives_the_article_itself_and_says_where_it_stands()
    {
        var url = Url();
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("canonicalUrl", url))).Text("id");

        var byUrl = await AskAsync(url);
        var byId = await newsroom.Reader.GetAsync($"/v1/articles/{id}");

        Assert.Equal(200, (int)byUrl.StatusCode);
        Assert.Equal(await byId.Content.ReadAsStringAsync(), await byUrl.Content.ReadAsStringAsync());
        Assert.Equal(byId.Tag(), byUrl.Tag());
        Assert.Equal($"/v1/articles/{id}", byUrl.Header("Content-Location"));
        Assert.Null(byId.Header("Content-Location"));
    }

    [Fact]
    public async Task Finds_it_by_an_alias_too_and_by_no_path()
    {
        var (url, word) = (Url(), Own.Word());
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { url, $"/old/{word}" }))).Text("id");

        Assert.Equal(id, (await FoundAsync(url)).Text("id"));
        Assert.Equal(400, await newsroom.Reader.GetAsync($"/v1/articles/by-url?url=/old/{word}").StatusAsync());
        await newsroom.Reader.GetAsync($"/v1/articles/by-path?path={Uri.EscapeDataString(url)}").ProblemAsync(404, "not-found");
    }

    [Theory]
    [InlineData("HTTPS://WWW.EXAMPLE.ORG:443/{0}")]
    [InlineData("https://www.example.org/{0}#comments")]
    [InlineData("https://www.example.org/a/../{0}")]
    public async Task Compares_urls_whatever_their_spelling(string asked)
    {
        var word = Own.Word();
        var id = (await newsroom.Admin.PushedAsync(Given.Article().With("canonicalUrl", $"https://www.example.org/{word}"))).Text("id");

        Assert.Equal(id, (await FoundAsync(asked.Replace("{0}", word, StringComparison.Ordinal))).Text("id"));
    }

    [Fact]
    public async Task Of_two_articles_with_one_url_the_newer_one_is_found()
    {
        var url = Url();
        var newer = (await newsroom.Admin.PushedAsync(Given.Article().With("canonicalUrl", url).With("publishedAt", "2026-01-02T00:00:00Z"))).Text("id");
        var older = (await newsroom.Admin.PushedAsync(Given.Article().Written("fr").With("canonicalUrl", url).With("publishedAt", "2026-01-01T00:00:00Z"))).Text("id");

        Assert.Equal(newer, (await FoundAsync(url)).Text("id"));
        await newsroom.Admin.UnpublishAsync(newer).AnsweredAsync(200);
        Assert.Equal(older, (await FoundAsync(url)).Text("id"));
    }

    [Fact]
    public async Task A_canonical_url_wins_over_an_alias()
    {
        var url = Url();
        var canonical = (await newsroom.Admin.PushedAsync(Given.Article().With("canonicalUrl", url).With("publishedAt", "2026-01-01T00:00:00Z"))).Text("id");
        await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { url }).With("publishedAt", "2026-01-02T00:00:00Z"));

        Assert.Equal(canonical, (await FoundAsync(url)).Text("id"));
    }

    [Fact]
    public async Task A_former_url_leads_to_the_article_until_another_takes_it()
    {
        var (former, present) = (Url(), Url());
        var story = Given.Article().With("canonicalUrl", former);
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.With("canonicalUrl", present));

        Assert.Equal((id, id), ((await FoundAsync(former)).Text("id"), (await FoundAsync(present)).Text("id")));
        var heir = (await newsroom.Admin.PushedAsync(Given.Article().With("canonicalUrl", former))).Text("id");
        Assert.Equal(heir, (await FoundAsync(former)).Text("id"));
    }

    [Fact]
    public async Task Is_404_for_a_hidden_article_and_410_for_one_that_is_gone()
    {
        var (url, gone, embargoed) = (Url(), Url(), Url());
        await newsroom.Admin.PushedAsync(Given.Article().AsDraft().With("canonicalUrl", url));
        await newsroom.Admin.PushedAsync(Given.Article().With("canonicalUrl", embargoed).With("aliases", new[] { url }).With("embargoedUntil", newsroom.Clock.In(TimeSpan.FromDays(1))));
        var away = (await newsroom.Admin.PushedAsync(Given.Article().With("canonicalUrl", gone))).Text("id");

        foreach (var hidden in new[] { url, embargoed })
            await AskAsync(hidden).ProblemAsync(404, "not-found");

        await newsroom.Admin.UnpublishAsync(away).AnsweredAsync(200);
        await AskAsync(gone).ProblemAsync(410, "gone");
        await newsroom.Admin.DeleteArticleAsync(away);
        await AskAsync(gone).ProblemAsync(410, "gone");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?url=")]
    [InlineData("?url=example")]
    [InlineData("?url=ftp://example.org/a")]
    [InlineData("?url=https://user:secret@example.org/a")]
    [InlineData("?url=https://a%E2%80%8Db.example/")]
    [InlineData("?uri=https://example.org/a")]
    public async Task Needs_a_web_address(string query) => Assert.Equal(400, await newsroom.Reader.GetAsync($"/v1/articles/by-url{query}").StatusAsync());

    private static string Url() => $"https://www.example.org/{Own.Word()}";

    private Task<HttpResponseMessage> AskAsync(string url) => newsroom.Reader.GetAsync($"/v1/articles/by-url?url={Uri.EscapeDataString(url)}");

    private Task<JsonElement> FoundAsync(string url) => AskAsync(url).AnsweredAsync(200);
}
