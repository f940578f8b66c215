using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Galley.Content.Body;
using Galley.Tests.Support;

namespace Galley.Tests.Hostile;

/// <summary>Whatever was written to do harm: what is served of it has only elements, attributes and addresses of the allow-list, and says the same when it is read again.</summary>
public sealed class MarkupTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["p"] = ["data-correction"],
        ["h2"] = [],
        ["h3"] = [],
        ["h4"] = [],
        ["blockquote"] = ["cite"],
        ["footer"] = [],
        ["ul"] = [],
        ["ol"] = [],
        ["li"] = [],
        ["table"] = [],
        ["thead"] = [],
        ["tbody"] = [],
        ["tr"] = [],
        ["th"] = [],
        ["td"] = [],
        ["pre"] = [],
        ["code"] = ["class"],
        ["figure"] = ["data-embed"],
        ["figcaption"] = [],
        ["small"] = [],
        ["picture"] = [],
        ["source"] = ["type", "srcset"],
        ["img"] = ["src", "srcset", "width", "height", "alt"],
        ["hr"] = [],
        ["br"] = [],
        ["a"] = ["href"],
        ["strong"] = [],
        ["em"] = [],
        ["u"] = [],
        ["s"] = [],
        ["sup"] = [],
        ["sub"] = [],
    };

    [Fact]
    public void There_are_many() => Assert.InRange(MarkupVectors.All.Count, 1_000, 10_000);

    [Fact]
    public void Html_of_it_is_harmless_and_a_fixpoint()
    {
        foreach (var (form, text) in MarkupVectors.All)
        {
            var blocks = Read(form, text);
            var html = HtmlWriter.Write(blocks);

            Assert.True(FaultOf(html) is null, $"{form}: {text}\n{html}\n{FaultOf(html)}");
            Assert.Equal(html, HtmlWriter.Write(Reread(HtmlReader.Read(html, "/body/html"))));
            Same.Blocks(Reread(HtmlReader.Read(html, "/body/html")), Reread(HtmlReader.Read(HtmlWriter.Write(Reread(HtmlReader.Read(html, "/body/html"))), "/body/html")), html);
        }
    }

    [Fact]
    public void Markdown_of_it_is_harmless_and_a_fixpoint()
    {
        foreach (var (form, text) in MarkupVectors.All)
        {
            var markdown = MarkdownWriter.Write(Read(form, text));
            var rendered = Markdig.Markdown.ToHtml(markdown);

            Assert.True(FaultOf(rendered) is null, $"{form}: {text}\n{markdown}\n{rendered}\n{FaultOf(rendered)}");
            Assert.DoesNotContain(MarkdownReader.Parse(markdown), block => block is Markdig.Syntax.HtmlBlock);
            var blocks = Reread(MarkdownReader.Read(markdown, "/body/markdown"));
            Same.Blocks(blocks, Reread(MarkdownReader.Read(MarkdownWriter.Write(blocks), "/body/markdown")), markdown);
        }
    }

    // What is too deep or too large is refused, and nothing of it served.
    private static IReadOnlyList<Block> Read(string form, string text) => (form == "html" ? HtmlReader.Read(text, "/body/html") : MarkdownReader.Read(text, "/body/markdown")).Blocks;

    private static IReadOnlyList<Block> Reread(BodyReading reading)
    {
        Assert.Null(reading.Refusal);
        Assert.Empty(reading.Dropped);
        return reading.Blocks;
    }

    private static string? FaultOf(string html)
    {
        foreach (var element in new HtmlParser().ParseDocument($"<body>{html}").Body!.QuerySelectorAll("*"))
        {
            if (element.NamespaceUri != NamespaceNames.HtmlUri || !Allowed.TryGetValue(element.LocalName, out var attributes))
                return $"<{element.LocalName}>";

            foreach (var attribute in element.Attributes)
            {
                if (!attributes.Contains(attribute.Name) && !(attribute.Name == "title" && element.LocalName is "img" or "a"))
                    return $"<{element.LocalName} {attribute.Name}>";
                if (attribute.Name is "href" or "src" or "cite" && (!Uri.TryCreate(attribute.Value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https" or "mailto")))
                    return $"<{element.LocalName} {attribute.Name}=\"{attribute.Value}\">";
            }
        }

        return null;
    }
}
