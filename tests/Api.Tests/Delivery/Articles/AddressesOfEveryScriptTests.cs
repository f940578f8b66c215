using System.Text;
using Galley.Content;
using Galley.Tests.Content;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>Whatever the language and script of a headline, its article is found at its path.</summary>
public sealed class AddressesOfEveryScriptTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public Task A_headline_of_each_language_has_an_address() => AssertFoundAsync(SlugTitlesTests.Sample);

    [MaterialFact]
    public Task So_has_every_headline_of_the_material() => AssertFoundAsync(SlugTitlesTests.All);

    private async Task AssertFoundAsync(IReadOnlyList<(string Language, string Title)> headlines)
    {
        foreach (var (language, title) in headlines.Where(each => each.Title.Length <= 500))
        {
            var article = await newsroom.Admin.PushedAsync(Given.Article().Written(language).Headed(title));
            var read = await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path/{Uri.EscapeDataString(article.Text("path"))}");

            Assert.Equal((article.Text("id"), title.Normalize(NormalizationForm.FormC)), (read.Text("id"), read.Text("headline")));
            Assert.StartsWith(Slug.From(title), read.Text("slug"), StringComparison.Ordinal);
            Assert.Equal(Language.Parse(language).Direction, read.Text("direction"));
        }
    }
}
