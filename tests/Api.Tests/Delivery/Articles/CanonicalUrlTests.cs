using System.Text.Json;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Delivery.Articles;

/// <summary>The canonical URL that the configuration makes where the sender gave none.</summary>
public sealed class CanonicalUrlTests(CanonicalUrlTests.Website website) : IClassFixture<CanonicalUrlTests.Website>
{
    [Fact]
    public async Task One_that_was_sent_wins()
    {
        var url = $"https://elsewhere.example/{Own.Word()}";
        var id = (await website.Admin.PushedAsync(Given.Article().With("canonicalUrl", url))).Text("id");

        Assert.Equal(url, (await website.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("canonicalUrl"));
    }

    [Fact]
    public async Task Without_one_it_is_made_wherever_readers_see_it()
    {
        var section = Own.Section();
        var article = await website.Admin.PushedAsync(Given.Article().Written("ar").Headed(Own.Word("الأمم")).In(section));
        var url = MadeOf(article);

        Assert.Equal(url, (await website.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}")).Text("canonicalUrl"));
        Assert.Equal(url, (await website.Reader.GetJsonAsync($"/v1/articles/by-path/{article.Text("path")}")).Text("canonicalUrl"));
        Assert.Equal([url], (await website.Reader.GetJsonAsync($"/v1/articles?section={section}")).Data().Select(card => card.Text("canonicalUrl")));
        Assert.Equal(article.Text("id"), (await ByUrlAsync(url).AnsweredAsync(200)).Text("id"));
    }

    [Fact]
    public async Task It_goes_with_breaking_news_and_translations()
    {
        var key = Own.Word("key");
        var section = Own.Section();
        var story = Given.Article().In(section).With("translationKey", key).With("breakingUntil", website.Clock.In(TimeSpan.FromMinutes(1)));
        var article = await website.Admin.PushedAsync(story);
        await website.Admin.PushedAsync(Given.Article().Written("fr").With("translationKey", key));

        var whole = await website.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}");
        var card = (await website.Reader.GetJsonAsync($"/v1/articles?section={section}")).Data().Single();

        Assert.Equal((MadeOf(article), true, 1), (whole.Text("canonicalUrl"), whole.Flag("breaking"), whole.GetProperty("translations").GetArrayLength()));
        Assert.Equal((MadeOf(article), true), (card.Text("canonicalUrl"), card.Flag("breaking")));
    }

    [Fact]
    public async Task Management_does_not_take_it_for_one_that_was_sent()
    {
        var article = await website.Admin.PushedAsync(Given.Article());

        Assert.False(article.Has("canonicalUrl"));
        Assert.Equal("unchanged", (await website.Admin.PutBackAsync(article).AnsweredAsync(200)).Text("outcome"));
    }

    [Fact]
    public async Task No_stored_byte_holds_it_so_that_another_configuration_finds_nothing_old()
    {
        var id = (await website.Admin.PushedAsync(Given.Article())).Text("id");

        using var session = await website.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        var stored = await session.FindAsync<string>("select document || (select card from card where card.position = edition.position) from edition where public_id = @id", new { id });
        Assert.Contains(id, stored, StringComparison.Ordinal);
        Assert.DoesNotContain("website.example", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_former_path_makes_a_former_url()
    {
        var story = Given.Article().In(Own.Section());
        var former = await website.Admin.PushedAsync(story);
        var present = await website.Admin.PushedAsync(story.In(Own.Section()).With("slug", Own.Word("slug")));

        Assert.Equal(former.Text("id"), (await ByUrlAsync(MadeOf(former)).AnsweredAsync(200)).Text("id"));
        await website.Admin.UnpublishAsync(former.Text("id")).AnsweredAsync(200);
        await ByUrlAsync(MadeOf(former)).ProblemAsync(410, "gone");
        await ByUrlAsync(MadeOf(present)).ProblemAsync(410, "gone");
    }

    [Fact]
    public async Task An_article_with_a_url_of_its_own_has_not_the_made_one()
    {
        var article = await website.Admin.PushedAsync(Given.Article().With("canonicalUrl", $"https://elsewhere.example/{Own.Word()}"));
        var named = await website.Admin.PushedAsync(Given.Article().With("aliases", new[] { MadeOf(article) }));

        Assert.Equal(named.Text("id"), (await ByUrlAsync(MadeOf(article)).AnsweredAsync(200)).Text("id"));
    }

    [Fact]
    public async Task A_sent_one_that_another_article_s_is_made_to_be_gets_a_warning()
    {
        var other = await website.Admin.PushedAsync(Given.Article().In(Own.Section()));

        var shared = await website.Admin.PushedAsync(Given.Article().With("canonicalUrl", MadeOf(other)));

        Assert.Equal(["/canonicalUrl canonical-url-shared"], shared.Warnings());
        Assert.Contains(other.Text("id"), shared.GetProperty("warnings")[0].Text("detail"), StringComparison.Ordinal);
        Assert.Empty((await website.Admin.PushedAsync(Given.Article().Written("fr").With("canonicalUrl", MadeOf(other)))).Warnings());
        Assert.Empty((await website.Admin.PushedAsync(Given.Article().With("canonicalUrl", $"{MadeOf(other)}-2"))).Warnings());
    }

    [Fact]
    public async Task A_made_one_that_another_article_s_sender_gave_gets_a_warning()
    {
        var (section, slug) = (Own.Section(), Own.Word("slug"));
        await website.Admin.PushedAsync(Given.Article().With("canonicalUrl", $"https://website.example/en/{section}/{slug}"));

        Assert.Equal(["/canonicalUrl canonical-url-shared"], (await website.Admin.PushedAsync(Given.Article().In(section).With("slug", slug))).Warnings());
        Assert.Empty((await website.Admin.PushedAsync(Given.Article().Written("fr").In(section).With("slug", slug))).Warnings());
        Assert.Empty((await website.Admin.PushedAsync(Given.Article().In(section))).Warnings());
    }

    [Fact]
    public async Task It_is_part_of_the_tag_and_of_no_date()
    {
        var id = (await website.Admin.PushedAsync(Given.Article())).Text("id");
        website.Clock.Advance(TimeSpan.FromMinutes(1));

        var first = await website.Reader.GetAsync($"/v1/articles/{id}");
        var again = await website.Reader.SendAsync(HttpMethod.Get, $"/v1/articles/{id}", ("If-None-Match", first.Tag()));

        Assert.Equal((304, null), ((int)again.StatusCode, first.Header("Last-Modified")));
    }

    private static string MadeOf(JsonElement article) => $"https://website.example/{string.Join('/', article.Text("path").Split('/').Select(Uri.EscapeDataString))}";

    private Task<HttpResponseMessage> ByUrlAsync(string url) => website.Reader.GetAsync($"/v1/articles/by-url?url={Uri.EscapeDataString(url)}");

    /// <summary>A newsroom that has a website.</summary>
    public sealed class Website : Newsroom
    {
        protected override IEnumerable<string> Settings => ["--Galley:ArticleUrl=https://website.example/{language}/{section}/{slug}"];
    }
}
