using System.Net;
using System.Text;
using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Hostile;

/// <summary>The Big List of Naughty Strings in every place a text can stand: refused with a reason, or given back as NFC of what was sent.</summary>
public sealed class NaughtyStringTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static IReadOnlyList<string> Strings =>
        [.. JsonDocument.Parse(File.ReadAllText(Material.PathOf("hostile", "blns.json"))).RootElement.EnumerateArray().Select(each => each.GetString()!)];

    [MaterialFact]
    public async Task As_a_headline() => await EachAsync(
        text => Given.Article().Headed(text),
        (text, article) => Assert.Equal(Stored(text), article.Text("headline")));

    [MaterialFact]
    public async Task As_the_text_of_a_block() => await EachAsync(
        text => Given.Article().With("body", new { blocks = new[] { new { type = "paragraph", text } } }),
        (text, article) => Assert.Equal(Stored(text), article.GetProperty("body").GetProperty("blocks")[0].Text("text")));

    [MaterialFact]
    public async Task As_the_text_of_a_body() => await EachAsync(
        text => Given.Article().Saying(text),
        (text, article) => Assert.Equal(
            Stored(text).Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)),
            article.GetProperty("body").GetProperty("blocks").EnumerateArray().SelectMany(block => block.Text("text").Split('\n')).Where(line => !string.IsNullOrWhiteSpace(line))));

    [MaterialFact]
    public async Task As_the_name_of_a_tag() => await EachAsync(
        text => Given.Article().With("tags", new[] { new { kind = "keyword", name = text } }),
        (text, article) => Assert.Equal(Folded(text), Folded(article.GetProperty("tags")[0].Text("name"))));

    [MaterialFact]
    public async Task As_a_search_for_tags()
    {
        foreach (var text in Strings)
        {
            var answer = await newsroom.Reader.GetAsync($"/v1/tags?q={Uri.EscapeDataString(text)}");
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{text} answered {(int)answer.StatusCode}");
        }
    }

    private async Task EachAsync(Func<string, Given> article, Action<string, JsonElement> check)
    {
        var accepted = 0;
        foreach (var text in Strings)
        {
            var pushed = await newsroom.Admin.PushAsync(article(text));
            if (pushed.StatusCode == HttpStatusCode.UnprocessableEntity)
                continue;

            Assert.True(pushed.StatusCode == HttpStatusCode.Created, $"{text} answered {(int)pushed.StatusCode}");
            check(text, await newsroom.Reader.GetJsonAsync($"/v1/articles/{(await pushed.JsonAsync()).Text("id")}"));
            accepted++;
        }

        Assert.True(accepted > 450, $"Only {accepted} were accepted.");
    }

    private static string Stored(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Normalize(NormalizationForm.FormC);

    // The first spelling that readers see is the tag's name.
    private static string Folded(string name) => string.Concat(name.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(char.IsLetterOrDigit));
}
