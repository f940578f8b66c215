using Galley.Content;
using Galley.Tests.Support;

namespace Galley.Tests.Hostile;

/// <summary>Letters that look like others, and some that nobody sees: texts keep them as they were sent, addresses are strict.</summary>
public sealed class SpoofingTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("A line with \u202Etxet sdrawkcab\u202C", "a-line-with-txet-sdrawkcab")]
    [InlineData("Zero\u200Bwidth\u200Djoined\uFEFF", "zerowidthjoined")]
    [InlineData("IĞDIR'da İlk", "igdir-da-ilk")]
    [InlineData("Ｗｉｄｅ headline", "wide-headline")]
    [InlineData("ﬁnal 𝐛𝐨𝐥𝐝 №7", "final-bold-no7")]
    [InlineData("раураl beside paypal", "раураl-beside-paypal")]
    [InlineData("مُحَمَّد\u200F", "محمد")]
    public async Task A_headline_stays_as_it_was_sent_and_its_slug_is_plain(string headline, string slug)
    {
        var word = Own.Word("x");
        var article = await newsroom.Admin.PushedAsync(Given.Article().Headed($"{headline} {word}").With("byline", headline));
        var read = await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path/{Uri.EscapeDataString(article.Text("path"))}");

        Assert.Equal(($"{headline} {word}", headline, $"{slug}-{word}"), (read.Text("headline"), read.Text("byline"), read.Text("slug")));
    }

    [Theory]
    [InlineData("a\u202Eb", "ab")]
    [InlineData("a\u200Db", "ab")]
    [InlineData("Ａ．Ｂ", "a-b")]
    [InlineData("%2E%2E", "2e-2e")]
    [InlineData("a/b", "a-b")]
    public async Task A_slug_that_was_chosen_is_brought_into_form_and_the_sender_told(string sent, string slug)
    {
        var (word, story) = (Own.Word("y"), Given.Article());
        var article = await newsroom.Admin.PushedAsync(story.With("slug", $"{sent} {word}"));

        Assert.Equal($"{slug}-{word}", article.Text("slug"));
        Assert.Equal(["/slug slug-changed"], article.Warnings());
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/by-path/{article.Text("path")}").StatusAsync());
    }

    [Fact]
    public async Task Two_headlines_that_differ_in_what_nobody_sees_get_two_addresses_that_differ_visibly()
    {
        var word = Own.Word("seen");
        var first = await newsroom.Admin.PushedAsync(Given.Article().Headed(word));
        var second = await newsroom.Admin.PushedAsync(Given.Article().Headed($"{word}\u200D"));

        Assert.Equal((word, $"{word}-{second.Text("id")[..6]}"), (first.Text("slug"), second.Text("slug")));
    }

    [Theory]
    [InlineData("https://editor@www.example.org/a")]
    [InlineData("https://editor:secret@www.example.org/a")]
    [InlineData("https://www.example.org\\@evil.example/")]
    [InlineData("https://a\u200Db.example/")]
    [InlineData("https://www.example.org\u202E/")]
    [InlineData(" https://www.example.org/")]
    [InlineData("https://www.example.org/\ta")]
    public async Task A_url_that_hides_something_is_refused(string url)
    {
        foreach (var (member, pointer) in new[] { ("canonicalUrl", "/canonicalUrl"), ("aliases", "/aliases/0") })
        {
            var problem = await newsroom.Admin.PushAsync(Given.Article().With(member, member == "aliases" ? new[] { url } : url)).ProblemAsync(422, "validation-failed");
            Assert.Equal([pointer], problem.Errors().Select(error => error.Split(' ')[0]));
        }
    }

    [Theory]
    [InlineData("https://аррӏе.example/", "https://xn--80ak6aa92e.example/")]
    [InlineData("https://ｅｘａｍｐｌｅ.org/", "https://example.org/")]
    [InlineData("https://faß.example/é", "https://xn--fa-hia.example/%C3%A9")]
    public async Task A_host_of_another_script_shows_as_what_it_is(string url, string shown)
    {
        var path = Own.Word();
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("canonicalUrl", url + path));

        Assert.Equal(shown + path, article.Text("canonicalUrl"));
    }

    [Fact]
    public void Scripts_may_meet_in_one_slug_as_they_do_in_headlines() => Assert.All(["covid-19-в-россии", "東京-tokyo", "brexit-والاتحاد"], slug => Assert.True(Slug.IsValid(slug)));
}
