using Galley.Content;

namespace Galley.Tests.Content;

/// <summary>Addresses of articles on a website, made from a template and read again.</summary>
public sealed class ArticleUrlTests
{
    private const string Id = "5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11";

    [Theory]
    [InlineData("https://www.example.org/{path}", "fr/monde/syrie", "https://www.example.org/fr/monde/syrie")]
    [InlineData("https://www.example.org/{language}/{section}/{slug}.html", "fr/monde/asie/syrie", "https://www.example.org/fr/monde/asie/syrie.html")]
    [InlineData("https://www.example.org/{language}/{section}/{slug}", "fr/syrie", "https://www.example.org/fr/syrie")]
    [InlineData("https://www.example.org/{section}/{slug}", "fr/syrie", "https://www.example.org/syrie")]
    [InlineData("https://www.example.org/news?id={id}", "fr/syrie", $"https://www.example.org/news?id={Id}")]
    [InlineData("https://{language}.example.org/{slug}", "zh-Hans/syrie", "https://zh-Hans.example.org/syrie")]
    [InlineData("https://bücher.example/{slug}", "ar/الأمم", "https://xn--bcher-kva.example/%D8%A7%D9%84%D8%A3%D9%85%D9%85")]
    public void An_address_is_made_of_what_the_article_has(string template, string path, string url) => Assert.Equal(url, ArticleUrl.Parse(template).Of(Id, path));

    [Theory]
    [InlineData("https://www.example.org/{path}", "https://www.example.org/fr/monde/asie/syrie", "fr", "monde/asie", true)]
    [InlineData("https://www.example.org/{path}", "HTTPS://www.EXAMPLE.org:443/fr/syrie#top", "fr", null, true)]
    [InlineData("https://www.example.org/{language}/{section}/{slug}", "https://www.example.org/fr/monde/asie/syrie", "fr", "monde/asie", true)]
    [InlineData("https://www.example.org/{language}/{section}/{slug}", "https://www.example.org/fr/syrie", "fr", null, true)]
    [InlineData("https://{language}.example.org/{slug}", "https://zh-hans.example.org/syrie", "zh-Hans", null, false)]
    [InlineData("https://www.example.org/{slug}", "https://www.example.org/syrie", null, null, false)]
    public void What_it_says_of_the_article_is_read_again(string template, string url, string? language, string? section, bool hasSection)
    {
        var read = ArticleUrl.Parse(template).Read(url)!;

        Assert.Equal((language, section, "syrie"), (read.Language, read.Section, read.Slug));
        Assert.Equal(hasSection, read.HasSection || read.Section is not null);
    }

    [Fact]
    public void An_id_is_read_again() => Assert.Equal(Id, ArticleUrl.Parse("https://www.example.org/{language}/{id}").Read($"https://www.example.org/fr/{Id}")!.Id);

    [Theory]
    [InlineData("https://www.example.org/{language}/{section}/{slug}")]
    [InlineData("https://www.example.org/{section}/{slug}/{id}")]
    [InlineData("https://{language}.example.org/?s={slug}")]
    public void Letters_of_any_script_come_back(string template)
    {
        var url = ArticleUrl.Parse(template);

        Assert.Equal("الأمم-المتحدة", url.Read(url.Of(Id, "ar/العالم/آسيا/الأمم-المتحدة"))!.Slug);
    }

    [Theory]
    [InlineData("https://www.example.org/other/fr/syrie")]
    [InlineData("https://other.example.org/news/fr/syrie")]
    [InlineData("http://www.example.org/news/fr/syrie")]
    [InlineData("https://www.example.org/news/")]
    [InlineData("https://www.example.org/news/fr/syrie?print=1")]
    public void An_address_of_another_form_says_nothing(string url) => Assert.Null(ArticleUrl.Parse("https://www.example.org/news/{language}/{slug}").Read(url));
}
