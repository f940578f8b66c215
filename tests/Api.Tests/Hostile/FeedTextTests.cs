using System.Text;
using Galley.Delivery.Feeds;
using Galley.Tests.Delivery.Feeds;
using Galley.Tests.Support;

namespace Galley.Tests.Hostile;

/// <summary>Any text that is stored gives a well-formed feed, and comes out of it as it went in.</summary>
public sealed class FeedTextTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly string[] Snares =
    [
        "]]>", "]]]]>>", "<![CDATA[x]]>", "&amp;lt;", "<b>bold</b> & \"quoted\" 'so'", "<!-- --> <?xml?> <!DOCTYPE a>", "&#0; &#xFFFE;", "tab\there and\nline",
        "\u0085 next line, \u2028 line, \u2029 paragraph", "a\u202Eb\u202Cc \u2066d\u2069 \u200F\u200E\u061C", "\u00AD\u200B\u200D\u2060\uFEFFx", "e\u0301 \u0041\u030A", "😀 👩‍👩‍👧 🇫🇷 𝔘 \U0010FFFD",
        "\uE000 private \uF8FF", "\u0080\u009F C1", "中文 日本語 한국어 ไทย हिन्दी עברית العربية ܣܘܪܝܝܐ", "\uFFFD \uFFFC", "%00 %25", "a\u00A0b\u202Fc « d » ’",
    ];

    [Fact]
    public async Task Snares_of_markup_and_of_unicode_come_out_as_they_went_in()
    {
        foreach (var text in Snares)
            await RoundTripAsync(text);
    }

    [Fact]
    public async Task Every_letter_that_may_be_stored_comes_out_as_it_went_in()
    {
        // All planes, by pieces that fit a block; what may not be stored is refused at the push.
        var letters = Enumerable.Range(0x20, 0x10FFFF - 0x20).Where(IsStorable).Select(char.ConvertFromUtf32);
        foreach (var piece in letters.Where((_, i) => i % 61 == 0 || i < 0x500).Chunk(2_000))
            await RoundTripAsync(string.Join('x', piece));
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("\u0001")]
    [InlineData("\u001B")]
    [InlineData("\uFFFE")]
    [InlineData("\U0001FFFF")]
    public async Task What_xml_has_no_place_for_is_never_stored(string text)
    {
        Assert.Equal(422, await newsroom.Admin.PushAsync(Given.Article().Headed($"a{text}b")).StatusAsync());
        Assert.Equal(422, await newsroom.Admin.PushAsync(Given.Article().Saying($"a{text}b")).StatusAsync());
    }

    [Fact]
    public void What_xml_has_no_place_for_is_replaced_where_it_comes_from_elsewhere()
    {
        const string text = "a\0b\u0001c\u001F \uD800 alone, \uDC00 too, \uFFFE\uFFFF, and last \uDBFF";
        var written = new FeedXml().Open("a").With("b", text).Element("c", text).Open("d").Markup(text).Close().Close().Finish();

        var read = System.Xml.Linq.XElement.Parse(Encoding.UTF8.GetString([.. written.SelectMany(piece => piece.ToArray())]));

        var expected = string.Concat(text.Select(c => c < ' ' || char.IsSurrogate(c) || c >= '\uFFFE' ? '\uFFFD' : c));
        Assert.Equal([expected, expected, expected], [read.Attribute("b")!.Value, read.Element("c")!.Value, read.Element("d")!.Value]);
    }

    [MaterialFact]
    public async Task Naughty_strings_in_every_field_give_well_formed_feeds()
    {
        var taken = 0;
        foreach (var line in System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Material.PathOf("hostile", "blns.json"))).RootElement.EnumerateArray())
        {
            var text = line.GetString()!;
            if (string.IsNullOrWhiteSpace(text) || await newsroom.Admin.PushAsync(Given.Article().Headed(text)).StatusAsync() != 201)
                continue;

            await RoundTripAsync(text);
            taken++;
        }

        Assert.True(taken > 400, $"Only {taken} were taken.");
    }

    private static bool IsStorable(int letter) => letter is not (>= 0xD800 and <= 0xDFFF) and not 0x7F and not (>= 0xFDD0 and <= 0xFDEF) && (letter & 0xFFFE) != 0xFFFE;

    private async Task RoundTripAsync(string text)
    {
        var section = Own.Section();
        var article = await newsroom.Admin.PushedAsync(Given.Article().In(section).Headed(text.Length > 500 ? "A headline" : text).With("kicker", text.Length > 200 ? null : text)
            .With("byline", text.Length > 500 ? null : text).With("body", new { blocks = new[] { new { type = "paragraph", text } } })
            .With("leadImage", new { url = "https://img.example.org/a.jpg?a=1&b=%22", caption = text.Length > 2_000 ? null : text }));
        var whole = await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}?format=html,text");
        var (headline, html) = (whole.Text("headline"), whole.GetProperty("body").Text("html"));

        var rss = await newsroom.Reader.RssItemAsync($"section={section}");
        var atom = await newsroom.Reader.AtomEntryAsync($"section={section}");
        var json = await newsroom.Reader.JsonItemAsync($"section={section}");

        Assert.Equal([headline, headline, headline], [rss.Element("title")!.Value, atom.Element(Feeds.Atom + "title")!.Value, json.Text("title")]);
        Assert.Equal([html, html, html], [rss.Element(Feeds.Content + "encoded")!.Value, atom.Element(Feeds.Atom + "content")!.Value, json.Text("content_html")]);
        Assert.Equal(whole.GetProperty("body").Text("text"), json.Text("content_text"));
        Assert.Equal(text.Normalize(NormalizationForm.FormC), text.Length > 200 ? text.Normalize(NormalizationForm.FormC) : atom.Elements(Feeds.Atom + "category").Last().Attribute("label")!.Value);
    }
}
