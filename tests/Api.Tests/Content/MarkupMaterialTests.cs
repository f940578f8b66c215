using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Galley.Content.Body;
using Galley.Tests.Support;
using Markdig;
using Xunit.Abstractions;

namespace Galley.Tests.Content;

/// <summary>Thousands of real stories in HTML and Markdown: all are read, and no word is lost.</summary>
public sealed class MarkupMaterialTests(ITestOutputHelper output)
{
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "video", "audio", "select", "textarea", "button", "title",
    };

    private static readonly HashSet<string> Inline = new(StringComparer.Ordinal)
    {
        "a", "b", "strong", "em", "i", "u", "s", "strike", "del", "ins", "sup", "sub", "code", "kbd", "samp", "tt", "var", "cite", "dfn", "span", "abbr", "acronym", "small", "big", "font", "time", "wbr",
    };

    [MaterialFact]
    public void Every_story_is_read_and_keeps_its_words()
    {
        var (count, wrong) = (0, new List<string>());
        foreach (var file in Directory.GetFiles(Material.PathOf("articles"), "*.ndjson").Order(StringComparer.Ordinal))
        {
            foreach (var story in Material.Lines("articles", Path.GetFileName(file)).Where(story => story.Text("bodyFormat") != "text"))
            {
                count++;
                if (FaultOf(story.Text("bodyFormat"), story.Text("body")) is { } fault)
                    wrong.Add($"{story.Text("sourceId")}: {fault}");
            }
        }

        output.WriteLine($"{count} stories read");
        Assert.True(count > 4_000);
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}:\n{string.Join('\n', wrong.Take(40))}");
    }

    private static string? FaultOf(string form, string body)
    {
        var reading = form == "html" ? HtmlReader.Read(body, "/body/html") : MarkdownReader.Read(body, "/body/markdown");
        if (reading.Check("/body").ToList() is [var fault, ..])
            return $"{fault.Code} {fault.Detail}";

        var html = form == "html" ? body : Markdown.ToHtml(body, new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).Build());
        var (expected, found) = (Words(TextOf(html)), Words(PlainTextWriter.Write(reading.Blocks)));
        return expected.SequenceEqual(found) ? null : $"-{Only(expected, found)} +{Only(found, expected)}";
    }

    private static string Only(IReadOnlyList<string> these, IReadOnlyList<string> those)
    {
        var left = those.GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());
        return string.Join(' ', these.Where(word => (left[word] = left.GetValueOrDefault(word) - 1) < 0).Take(8));
    }

    private static IReadOnlyList<string> Words(string text) =>
        [.. text.Normalize(NormalizationForm.FormC).Split((char[])[' ', '\t', '\n', '\r', '\f', '\u201C', '\u201D', '\u2018', '\u2019', '\u00A0'], StringSplitOptions.RemoveEmptyEntries).Where(word => word != "—").Order(StringComparer.Ordinal)];

    private static string TextOf(string html)
    {
        var text = new StringBuilder();
        Collect(new HtmlParser().ParseDocument(html).Body!, text);
        return text.ToString();
    }

    private static void Collect(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText run)
            {
                text.Append(run.Data);
            }
            else if (child is IElement element && !Silent.Contains(element.LocalName))
            {
                var apart = Inline.Contains(element.LocalName) || element is AngleSharp.Html.Dom.IHtmlUnknownElement ? "" : element.LocalName == "q" ? "\u201C" : " ";
                text.Append(apart);
                Collect(element, text);
                text.Append(apart);
            }
        }
    }
}
