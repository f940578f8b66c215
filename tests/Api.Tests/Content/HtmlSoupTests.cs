using System.Text;
using Galley.Content;
using Galley.Content.Body;

namespace Galley.Tests.Content;

/// <summary>Whatever pieces of markup stand behind each other, what comes of them is a body that might have been sent as blocks.</summary>
public sealed class HtmlSoupTests
{
    private static readonly string[] Pieces =
    [
        "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<strong>", "<a href='https://e.org/'>", "<a href='javascript:x'>", "</a>", "<ul>", "<ol>", "</ul>", "<li>", "<table>", "<tr>", "<td rowspan=2>",
        "<th colspan=3>", "</table>", "<caption>", "<blockquote cite='data:x'>", "<cite>", "</blockquote>", "<figure>", "<figcaption>", "</figure>", "<img src='https://e.org/a.jpg' alt='a'>", "<pre>", "</pre>",
        "<code class=language-x>", "<h1>", "</h1>", "<br>", "<hr>", "<svg>", "</svg>", "<math>", "<mtext>", "<mglyph>", "<style>", "</style>", "<script>", "</script>", "<template>", "<noscript>", "<select>",
        "<!--", "-->", "<![CDATA[", "]]>", "<q>", "</q>", "<x-y>", "<form>", "<div>", "</div>", "<", "&lt;", "&#1;", "&#x301;", "e\u0301", "\u0338", "a", " ", "\n", "\u00A0", "😀", "&#xD83D;", "<sup>", "\"", "'",
    ];

    [Fact]
    public void Is_a_valid_body_in_its_stored_form()
    {
        var dice = new Random(20260115);
        for (var round = 0; round < 20_000; round++)
        {
            var html = string.Concat(Enumerable.Range(0, dice.Next(1, 40)).Select(_ => Pieces[dice.Next(Pieces.Length)]));

            var reading = HtmlReader.Read(html, "/body/html");

            Assert.True(!reading.Check("/body/html").Any(), $"{html}\n{string.Join('\n', reading.Check("/body/html"))}");
            Assert.Equal(ContentJson.WriteText(reading.Blocks), ContentJson.WriteText(BlockNormalizer.Normalize(reading.Blocks)));
            // An escaped line end is a letter before a combining mark.
            var stored = ContentJson.WriteText(reading.Blocks).Replace("\\n", " ", StringComparison.Ordinal);
            Assert.True(stored.IsNormalized(NormalizationForm.FormC) && PlainText.FindFault(stored) is null && !stored.Contains("javascript:", StringComparison.Ordinal) && !stored.Contains("\"data:", StringComparison.Ordinal), html);
        }
    }
}
