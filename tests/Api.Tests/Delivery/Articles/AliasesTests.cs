using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>Old paths that lead to an article, and whose they are.</summary>
public sealed class AliasesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("/2014/{0}.html", "2014/{0}.html")]
    [InlineData("archives/{0}/", "archives/{0}")]
    [InlineData("/caf%C3%A9/{0}", "caf%C3%A9/{0}")]
    [InlineData("/café/{0}", "cafe%CC%81/{0}")]
    [InlineData("{0}", "{0}")]
    [InlineData("/fr/monde/{0}", "fr/monde/{0}")]
    public async Task An_old_path_leads_to_the_article_in_one_hop(string alias, string asked)
    {
        var word = Own.Word();
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { Of(alias, word) }));

        await MovesAsync(Of(asked, word), article.Text("path"));
    }

    [Fact]
    public async Task The_query_form_takes_what_no_path_can_say()
    {
        var word = Own.Word();
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { $"/?p={word}" }));

        var response = await newsroom.Reader.GetAsync($"/v1/articles/by-path?path={Uri.EscapeDataString($"/?p={word}")}");

        Assert.Equal((308, $"/v1/articles/by-path/{article.Text("path")}"), ((int)response.StatusCode, response.Header("Location")));
    }

    [Fact]
    public async Task A_present_path_wins_over_an_alias()
    {
        var there = await newsroom.Admin.PushedAsync(Given.Article());
        await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { there.Text("path") }));

        Assert.Equal(there.Text("id"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path/{there.Text("path")}")).Text("id"));
    }

    [Fact]
    public async Task An_alias_wins_over_a_former_path_and_over_one_that_is_gone()
    {
        var story = Given.Article().With("slug", Own.Word("old"));
        var former = (await newsroom.Admin.PushedAsync(story)).Text("path");
        await newsroom.Admin.PushedAsync(story.With("slug", Own.Word("new")));
        var gone = await newsroom.Admin.PushedAsync(Given.Article());
        await newsroom.Admin.UnpublishAsync(gone.Text("id")).AnsweredAsync(200);

        var heir = await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { former, gone.Text("path") }));

        await MovesAsync(former, heir.Text("path"));
        await MovesAsync(gone.Text("path"), heir.Text("path"));
    }

    [Fact]
    public async Task Of_two_articles_with_one_alias_the_newer_one_has_it()
    {
        var alias = $"/old/{Own.Word()}";
        var newer = await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { alias }).With("publishedAt", "2026-01-02T00:00:00Z"));
        var older = await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { alias }).With("publishedAt", "2026-01-01T00:00:00Z"));

        await MovesAsync(alias[1..], newer.Text("path"));
        await newsroom.Admin.UnpublishAsync(newer.Text("id")).AnsweredAsync(200);
        await MovesAsync(alias[1..], older.Text("path"));
    }

    [Fact]
    public async Task An_alias_of_a_hidden_article_is_nobodys_yet()
    {
        var alias = $"old/{Own.Word()}";
        await newsroom.Admin.PushedAsync(Given.Article().AsDraft().With("aliases", new[] { alias }));
        var scheduled = await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { alias }).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));

        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{alias}").ProblemAsync(404, "not-found");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await MovesAsync(alias, scheduled.Text("path"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_410_once_the_article_is_gone_and_leads_on_when_it_returns(bool isSettled)
    {
        var alias = $"old/{Own.Word()}";
        var story = Given.Article().With("aliases", new[] { alias }).With("expiresAt", newsroom.Clock.In(TimeSpan.FromMinutes(1)));
        var article = await newsroom.Admin.PushedAsync(story);

        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        if (isSettled)
            await newsroom.SettleAsync();
        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{alias}").ProblemAsync(410, "gone");

        await newsroom.Admin.PushedAsync(story.Without("expiresAt"));
        await MovesAsync(alias, article.Text("path"));
    }

    [Fact]
    public async Task A_deletion_leaves_410_until_another_article_takes_it()
    {
        var alias = $"old/{Own.Word()}";
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { alias }));
        await newsroom.Admin.DeleteArticleAsync(article.Text("id"));

        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{alias}").ProblemAsync(410, "gone");
        var heir = await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { alias }));
        await MovesAsync(alias, heir.Text("path"));
    }

    [Fact]
    public async Task One_that_was_taken_away_leads_on_like_a_former_slug()
    {
        var alias = $"old/{Own.Word()}";
        var story = Given.Article().With("aliases", new[] { alias });
        var article = await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.PushedAsync(story.Without("aliases"));

        await MovesAsync(alias, article.Text("path"));
        var heir = await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { alias }));
        await MovesAsync(alias, heir.Text("path"));
    }

    [Fact]
    public async Task One_of_a_draft_over_a_live_article_waits_for_its_publication()
    {
        var alias = $"old/{Own.Word()}";
        var story = Given.Article();
        var article = await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.PushedAsync(story.With("aliases", new[] { alias }).AsDraft());

        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{alias}").ProblemAsync(404, "not-found");
        await newsroom.Admin.PublishAsync(article.Text("id"), new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);
        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{alias}").ProblemAsync(404, "not-found");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await MovesAsync(alias, article.Text("path"));
    }

    [Fact]
    public async Task Management_gives_them_back_as_they_were_sent_each_once()
    {
        var word = Own.Word();
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("aliases", new[] { $"/caf%C3%A9/{word}", $"café/{word}/", $"https://bücher.example/{word}" }));

        Assert.Equal([$"/caf%C3%A9/{word}", $"https://xn--bcher-kva.example/{word}"], article.Texts("aliases"));
        Assert.Equal("unchanged", (await newsroom.Admin.PutBackAsync(article).AnsweredAsync(200)).Text("outcome"));
    }

    [Fact]
    public async Task What_is_no_address_is_refused_where_it_stands()
    {
        var problem = await newsroom.Admin.PushAsync(Given.Article().With("aliases", new[] { "/a", "/a/../b", "ftp://example.org/a", "https://a:b@example.org/", "/" })).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/aliases/1 invalid-url", "/aliases/2 invalid-url", "/aliases/3 invalid-url", "/aliases/4 invalid-url"], problem.Errors());
        Assert.Equal(["/aliases too-many"], (await newsroom.Admin.PushAsync(Given.Article().With("aliases", Enumerable.Range(0, 21).Select(i => $"/{i}"))).ProblemAsync(422, "validation-failed")).Errors());
    }

    private static string Of(string template, string word) => template.Replace("{0}", word, StringComparison.Ordinal);

    private async Task MovesAsync(string from, string to)
    {
        var response = await newsroom.Reader.GetAsync($"/v1/articles/by-path/{from}");

        Assert.Equal((308, $"/v1/articles/by-path/{to}"), ((int)response.StatusCode, response.Header("Location")));
        Assert.Equal(200, await newsroom.Reader.GetAsync(response.Header("Location")).StatusAsync());
    }
}
