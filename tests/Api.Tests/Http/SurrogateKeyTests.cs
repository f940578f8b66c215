using Galley.Http;
using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>What a cache in front may be told to drop an answer by.</summary>
public sealed class SurrogateKeyTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task An_article_is_known_by_itself_its_language_section_and_tags()
    {
        var (section, tag) = (Own.Section(), Own.Tag());
        var article = await newsroom.Admin.PushedAsync(Given.Article().In(section).Tagged(tag).Written("fr").With("canonicalUrl", $"https://www.example.org/{Own.Word()}"));

        foreach (var address in new[] { $"/v1/articles/{article.Text("id")}", $"/v1/articles/by-path/{article.Text("path")}", $"/v1/articles/by-url?url={article.Text("canonicalUrl")}" })
            Assert.Equal($"article-{article.Text("id")} language-fr section-{section} tag-{tag.Replace(':', '-')}", await KeysAsync(address));
    }

    [Fact]
    public async Task A_list_is_known_by_what_was_asked_for_and_by_its_articles_in_every_form()
    {
        var section = Own.Section();
        var id = (await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id");

        Assert.Equal($"list section-{section} language-en article-{id}", await KeysAsync($"/v1/articles?section={section}&language=en"));
        Assert.Equal($"list section-{section} article-{id}", await KeysAsync($"/v1/articles?section={section}&fields=whole"));
        Assert.Equal($"list section-{section} article-{id}", await KeysAsync($"/v1/feeds/rss?section={section}"));
        Assert.Equal($"list section-{section} tag-place-nowhere", await KeysAsync($"/v1/articles?section={section}&tags=place:nowhere"));
        Assert.Equal($"list article-{id}", await KeysAsync($"/v1/articles/{id}/related"));
        Assert.Equal($"section-{section}", await KeysAsync($"/v1/sections/{section}"));
    }

    [Fact]
    public async Task It_is_ascii_and_for_those_without_a_key_alone()
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In($"{section}/سياسة"));

        Assert.Contains($"section-{section}/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9", await KeysAsync($"/v1/articles?section={section}/سياسة"), StringComparison.Ordinal);
        Assert.False((await newsroom.Admin.GetAsync($"/v1/articles?section={section}")).Headers.Contains(SurrogateKeys.Header));
    }

    [Fact]
    public void What_would_be_too_long_is_the_scopes_alone()
    {
        var many = Enumerable.Range(0, 100).Select(i => SurrogateKeys.OfArticle($"{i:D36}")).ToList();

        Assert.Equal("list section-a", new SurrogateKeys([SurrogateKeys.List, SurrogateKeys.OfSection("a")], many).ToString());
        Assert.True(new SurrogateKeys(many, []).ToString().Length <= 4_096);
        Assert.StartsWith(many[0], new SurrogateKeys(many, []).ToString(), StringComparison.Ordinal);
    }

    private async Task<string> KeysAsync(string address) => (await newsroom.Reader.GetAsync(address)).Headers.GetValues(SurrogateKeys.Header).Single();
}
