using System.Text.Json;
using System.Xml.Linq;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Feeds;

/// <summary>What each format says of an article that has everything.</summary>
public sealed class FeedContentTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Rss_has_every_field_where_the_format_has_a_place_for_it()
    {
        var (article, query) = await RichAsync();
        var item = await newsroom.Reader.RssItemAsync(query);

        Assert.Equal(("false", $"urn:uuid:{article.Text("id")}"), (item.Element("guid")!.Attribute("isPermaLink")!.Value, item.Element("guid")!.Value));
        Assert.Equal((article.Text("headline"), article.Text("canonicalUrl"), article.Text("standfirst")), (item.Element("title")!.Value, item.Element("link")!.Value, item.Element("description")!.Value));
        Assert.Equal("Mon, 01 Dec 2025 18:00:00 +0000", item.Element("pubDate")!.Value);
        Assert.Equal(article.Text("updatedAt"), item.Element(Feeds.Terms + "modified")!.Value);
        Assert.Equal(article.Text("updatedAt"), item.Element(Feeds.Atom + "updated")!.Value);
        Assert.Equal("end=2034-12-01T00:00:00Z; scheme=W3C-DTF", item.Element(Feeds.Terms + "valid")!.Value);
        Assert.Equal(await HtmlAsync(article), item.Element(Feeds.Content + "encoded")!.Value);
        Assert.Equal(Names(article, "contributors"), item.Elements(Feeds.Dc + "creator").Select(each => each.Value));
        Assert.Equal(["fr", "AFP"], new[] { "language", "source" }.Select(name => item.Element(Feeds.Dc + name)!.Value));
        Assert.Equal(["© 2026 Example", "Not for resale."], item.Elements(Feeds.Dc + "rights").Select(each => each.Value));
        Assert.Equal("https://creativecommons.org/licenses/by/4.0/", item.Element(Feeds.Terms + "license")!.Value);
        Assert.Equal(["https://img.example.org/lead.jpg", "214300", "image/jpeg"], Values(item.Element("enclosure")!, "url", "length", "type"));
        Assert.Equal(["https://img.example.org/lead.jpg", "image/jpeg", "image", "1600", "900", "214300"], Values(item.Element(Feeds.Media + "content")!, "url", "type", "medium", "width", "height", "fileSize"));
        Assert.Equal(["Une rue à Alep", "Photo : AFP"], item.Element(Feeds.Media + "content")!.Elements().Select(each => each.Value));
    }

    [Fact]
    public async Task Rss_tells_categories_apart_by_their_domain()
    {
        var (article, query) = await RichAsync();
        var section = article.GetProperty("section").Text("path");
        var tags = article.GetProperty("tags").EnumerateArray().Where(tag => tag.Text("kind") != "contributor").Select(tag => $"{tag.Text("kind")} {tag.Text("name")}");

        var found = (await newsroom.Reader.RssItemAsync(query)).Elements("category").Select(each => (Domain: each.Attribute("domain")!.Value, each.Value)).ToList();

        Assert.All(found, each => Assert.StartsWith("https://news.example.org/v1/schemes/", each.Domain, StringComparison.Ordinal));
        Assert.Equal(
            [$"section {section}", $"section {section.Split('/')[0]}", .. tags, "kicker Syrie", "urgency 3", "urgency breaking"],
            found.Select(each => $"{each.Domain.Split('/')[^1]} {each.Value}"));
    }

    [Fact]
    public async Task Atom_has_every_field_where_the_format_has_a_place_for_it()
    {
        var (article, query) = await RichAsync();
        var entry = await newsroom.Reader.AtomEntryAsync(query);

        Assert.Equal("fr", entry.Attribute(XNamespace.Xml + "lang")!.Value);
        Assert.Equal([$"urn:uuid:{article.Text("id")}", article.Text("headline"), "2025-12-01T18:00:00Z", article.Text("updatedAt"), article.Text("standfirst"), "© 2026 Example Not for resale."], Texts(entry, "id", "title", "published", "updated", "summary", "rights"));
        Assert.Equal(["text", "text", "html"], new[] { "title", "summary", "content" }.Select(name => entry.Element(Feeds.Atom + name)!.Attribute("type")!.Value));
        Assert.Equal(await HtmlAsync(article), entry.Element(Feeds.Atom + "content")!.Value);
        Assert.Equal(["text/html", article.Text("canonicalUrl")], Values(entry.Elements(Feeds.Atom + "link").First(), "type", "href"));
        Assert.Equal(["image/jpeg", "214300", "https://img.example.org/lead.jpg"], Values(Link(entry, "enclosure"), "type", "length", "href"));
        Assert.Equal(["https://creativecommons.org/licenses/by/4.0/"], Values(Link(entry, "license"), "href"));
        Assert.Equal(Names(article, "contributors"), entry.Elements(Feeds.Atom + "author").Select(each => each.Element(Feeds.Atom + "name")!.Value));
        Assert.Equal("AFP", entry.Element(Feeds.Atom + "contributor")!.Element(Feeds.Atom + "name")!.Value);
        Assert.Equal(["https://news.example.org/v1/schemes/section", article.GetProperty("section").Text("path"), "Moyen-Orient"], Values(entry.Element(Feeds.Atom + "category")!, "scheme", "term", "label"));
    }

    [Fact]
    public async Task Json_feed_has_every_field_and_the_rest_of_the_article_beside_it()
    {
        var (article, query) = await RichAsync();
        var item = await newsroom.Reader.JsonItemAsync(query);

        Assert.Equal([$"urn:uuid:{article.Text("id")}", article.Text("canonicalUrl"), article.Text("headline"), article.Text("standfirst"), "2025-12-01T18:00:00Z", article.Text("updatedAt"), "fr", "https://img.example.org/lead.jpg"],
            new[] { "id", "url", "title", "summary", "date_published", "date_modified", "language", "image" }.Select(name => item.Text(name)));
        var whole = await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}?format=blocks,html,text");
        Assert.Equal([whole.GetProperty("body").Text("html"), whole.GetProperty("body").Text("text")], new[] { "content_html", "content_text" }.Select(name => item.Text(name)));
        Assert.Equal(["Moyen-Orient", article.GetProperty("section").GetProperty("ancestors")[0].Text("name")], item.Texts("tags").Take(2));
        Assert.Equal(Names(article, "contributors"), item.GetProperty("authors").EnumerateArray().Select(each => each.Text("name")));
        Assert.Equal(("image/jpeg", 214_300), (item.GetProperty("attachments")[0].Text("mime_type"), item.GetProperty("attachments")[0].Number("size_in_bytes")));
        string[] elsewhere = ["body", "headline", "standfirst", "canonicalUrl"];
        foreach (var member in whole.EnumerateObject().Where(member => !elsewhere.Contains(member.Name)))
            Assert.True(JsonElement.DeepEquals(member.Value, item.GetProperty("_galley").GetProperty(member.Name)), member.Name);
    }

    [Fact]
    public async Task A_bare_article_has_no_empty_fields_and_leads_here()
    {
        var query = $"section={await OneAsync(Given.Article())}";
        var url = $"https://news.example.org/v1/articles/{(await newsroom.Reader.JsonItemAsync(query)).Text("id")[9..]}";

        Assert.Equal(["title", "link", "guid", "pubDate", "category", "encoded", "language", "modified", "updated"], (await newsroom.Reader.RssItemAsync(query)).Elements().Select(each => each.Name.LocalName));
        Assert.Equal(["id", "title", "published", "updated", "link", "category", "content"], (await newsroom.Reader.AtomEntryAsync(query)).Elements().Select(each => each.Name.LocalName));
        Assert.Equal(["id", "url", "title", "content_html", "content_text", "date_published", "date_modified", "tags", "language", "_galley"], (await newsroom.Reader.JsonItemAsync(query)).Members());
        Assert.Equal(url, (await newsroom.Reader.RssItemAsync(query)).Element("link")!.Value);
        Assert.Equal(["application/json", url], Values((await newsroom.Reader.AtomEntryAsync(query)).Element(Feeds.Atom + "link")!, "type", "href"));
        Assert.Equal(url, (await newsroom.Reader.JsonItemAsync(query)).Text("url"));
    }

    [Fact]
    public async Task A_picture_of_unknown_type_is_no_enclosure_and_one_of_unknown_size_has_length_0()
    {
        var untyped = $"section={await OneAsync(Given.Article().With("leadImage", new { url = "https://img.example.org/a" }))}";
        var unsized = $"section={await OneAsync(Given.Article().With("leadImage", new { url = "https://img.example.org/b.png", contentType = "image/png" }))}";

        Assert.Null((await newsroom.Reader.RssItemAsync(untyped)).Element("enclosure"));
        Assert.DoesNotContain((await newsroom.Reader.AtomEntryAsync(untyped)).Elements(Feeds.Atom + "link"), link => link.Attribute("rel")!.Value == "enclosure");
        Assert.False((await newsroom.Reader.JsonItemAsync(untyped)).Has("attachments"));
        Assert.Equal("https://img.example.org/a", (await newsroom.Reader.JsonItemAsync(untyped)).Text("image"));
        Assert.Equal("0", (await newsroom.Reader.RssItemAsync(unsized)).Element("enclosure")!.Attribute("length")!.Value);
        Assert.Equal("0", Link(await newsroom.Reader.AtomEntryAsync(unsized), "enclosure").Attribute("length")!.Value);
        Assert.False((await newsroom.Reader.JsonItemAsync(unsized)).GetProperty("attachments")[0].Has("size_in_bytes"));
    }

    [Theory]
    [InlineData("ar", "خبر عاجل")]
    [InlineData("he", "ידיעה")]
    public async Task Text_from_right_to_left_says_so_in_its_html(string language, string text)
    {
        var query = $"section={await OneAsync(Given.Article().Written(language).Headed(text).Saying(text))}";
        var expected = $"<div dir=\"rtl\" lang=\"{language}\"><p>{text}</p></div>";

        Assert.Equal(expected, (await newsroom.Reader.RssItemAsync(query)).Element(Feeds.Content + "encoded")!.Value);
        Assert.Equal(expected, (await newsroom.Reader.AtomEntryAsync(query)).Element(Feeds.Atom + "content")!.Value);
        Assert.Equal((expected, text), ((await newsroom.Reader.JsonItemAsync(query)).Text("content_html"), (await newsroom.Reader.JsonItemAsync(query)).Text("title")));
        Assert.Equal(language, (await newsroom.Reader.XmlAsync(Feeds.Address("rss", query))).Element("channel")!.Element("language")!.Value);
    }

    [Fact]
    public async Task A_correction_stands_at_the_end_of_the_text_and_moves_the_date()
    {
        var section = await OneAsync(Given.Article().Saying("It was Aleppo."));
        var id = (await newsroom.Reader.JsonItemAsync($"section={section}")).Text("id")[9..];
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await newsroom.Admin.CorrectAsync(id, "It was Homs.").AnsweredAsync(200);

        var item = await newsroom.Reader.JsonItemAsync($"section={section}");

        Assert.Equal(("It was Aleppo.\n\nIt was Homs.", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("updatedAt")), (item.Text("content_text"), item.Text("date_modified")));
        Assert.Matches("<p>It was Aleppo.</p><p data-correction=\"[^\"]+\">It was Homs.</p>$", item.Text("content_html"));
    }

    [Fact]
    public async Task Translations_and_related_articles_are_links_between_the_articles_own()
    {
        var (section, key) = (Own.Section(), Own.Word());
        var related = await newsroom.Admin.PushedAsync(Given.Article().Headed("Beside it"));
        var french = await newsroom.Admin.PushedAsync(Given.Article().Written("fr").With("translationKey", key));
        await newsroom.Admin.PushedAsync(Given.Article().In(section).With("translationKey", key).With("related", new[] { new { id = related.Text("id") } }));

        var entry = await newsroom.Reader.AtomEntryAsync($"section={section}");
        var alternates = entry.Elements(Feeds.Atom + "link").Where(link => link.Attribute("rel")!.Value == "alternate").ToList();
        Assert.Equal(["en", "fr", null], alternates.Select(link => link.Attribute("hreflang")?.Value));
        Assert.Equal(alternates[0].Attribute("href")!.Value, alternates[2].Attribute("href")!.Value);
        foreach (var item in new[] { entry, await newsroom.Reader.RssItemAsync($"section={section}") })
        {
            var links = item.Elements(Feeds.Atom + "link").Where(link => link.Attribute("hreflang")?.Value == "fr" || link.Attribute("title") is not null).ToList();
            Assert.Equal(["alternate", "fr", $"https://news.example.org/v1/articles/{french.Text("id")}"], Values(links[0], "rel", "hreflang", "href"));
            Assert.Equal(["related", "Beside it", $"https://news.example.org/v1/articles/{related.Text("id")}"], Values(links[1], "rel", "title", "href"));
        }
    }

    private async Task<(JsonElement Article, string Query)> RichAsync()
    {
        var tag = Own.Tag();
        var given = Rich.Article(newsroom.Clock).With("rights", new { copyrightNotice = "© 2026 Example", usageTerms = "Not for resale.", license = "https://creativecommons.org/licenses/by/4.0/", syndication = "allow" });
        var id = (await newsroom.Admin.PushedAsync(given.Tagged(tag))).Text("id");
        return (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}"), $"tags={tag}");
    }

    private async Task<string> OneAsync(Given article)
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(article.In(section));
        return section;
    }

    private async Task<string> HtmlAsync(JsonElement article) => (await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}?format=html")).GetProperty("body").Text("html");

    private static IEnumerable<string> Names(JsonElement article, string member) => article.GetProperty(member).EnumerateArray().Select(each => each.Text("name"));

    private static XElement Link(XElement entry, string relation) => entry.Elements(Feeds.Atom + "link").Single(link => link.Attribute("rel")!.Value == relation);

    private static IEnumerable<string> Texts(XElement entry, params string[] names) => names.Select(name => entry.Element(Feeds.Atom + name)!.Value);

    private static IEnumerable<string> Values(XElement element, params string[] names) => names.Select(name => element.Attribute(name)!.Value);
}
