using System.Diagnostics;
using System.Globalization;

namespace Galley.Content.Body;

/// <summary>
/// Writes blocks as HTML, from an allow-list by construction. <see cref="HtmlReader"/> reads the same blocks back, but for what HTML cannot hold: ids, white space that
/// runs together or stands at an edge, blocks without text, a table of one cell, and of pictures media type, size in bytes, focal point and the height of renditions.
/// </summary>
internal sealed class HtmlWriter : INestedText
{
    private readonly HtmlBuilder _html;

    private HtmlWriter(HtmlBuilder html) => _html = html;

    public static string Write(IReadOnlyList<Block> blocks)
    {
        var html = new HtmlBuilder();
        Write(blocks, html);
        return html.ToString();
    }

    /// <summary>The same behind what was built before.</summary>
    public static void Write(IReadOnlyList<Block> blocks, HtmlBuilder html)
    {
        var writer = new HtmlWriter(html);
        foreach (var block in blocks)
            writer.Write(block);
    }

    void INestedText.Open(Mark mark) => _html.Open(ElementOf(mark), ("href", mark.Href));

    void INestedText.Append(ReadOnlySpan<char> text) => _html.Lines(text);

    void INestedText.Close(Mark mark) => _html.Close(ElementOf(mark));

    private static string ElementOf(Mark mark) => mark.Type switch
    {
        "strong" => "strong",
        "emphasis" => "em",
        "underline" => "u",
        "strike" => "s",
        "superscript" => "sup",
        "subscript" => "sub",
        "code" => "code",
        "link" => "a",
        _ => "span",
    };

    private void Write(Block block)
    {
        switch (block.Type)
        {
            case "heading":
                Text(string.Create(CultureInfo.InvariantCulture, $"h{block.Level}"), block);
                break;
            case "quote":
                Quote(block);
                break;
            case "correction":
                Text("p", block, (HtmlElements.CorrectionAttribute, block.At?.ToString()));
                break;
            case "list":
                List(block.Ordered == true ? "ol" : "ul", block.Items!);
                break;
            case "table":
                Table(block);
                break;
            case "code":
                Code(block);
                break;
            case "embed":
                _html.Open("figure", (HtmlEmbed.ProviderAttribute, block.Provider)).Open("a", ("href", block.Url)).Lines(string.IsNullOrWhiteSpace(block.Title) ? block.Url! : block.Title).Close("a").Close("figure");
                break;
            case "image":
                HtmlPicture.Write(_html, block.Image!);
                break;
            case "gallery":
                Gallery(block.Images!);
                break;
            case "divider":
                _html.Empty("hr");
                break;
            case "paragraph":
                Text("p", block);
                break;
            default:
                throw new UnreachableException($"Unhandled block {block.Type}.");
        }
    }

    private void Text(string element, IMarkedText text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        if (string.IsNullOrWhiteSpace(text.Text))
            return;

        _html.Open(element, attributes);
        NestedMarks.Walk(text.Text, text.Marks, this);
        _html.Close(element);
    }

    private void Quote(Block block)
    {
        if (string.IsNullOrWhiteSpace(block.Text) && string.IsNullOrWhiteSpace(block.Attribution))
            return;

        _html.Open("blockquote", ("cite", block.SourceUrl));
        foreach (var paragraph in MarkedParts.Paragraphs(block))
            Text("p", paragraph);
        if (!string.IsNullOrWhiteSpace(block.Attribution))
            _html.Open("footer").Lines(block.Attribution).Close("footer");
        _html.Close("blockquote");
    }

    private void List(string element, IReadOnlyList<ListItem> items)
    {
        if (items.Count == 0)
            return;

        _html.Open(element);
        foreach (var item in items)
        {
            _html.Open("li");
            NestedMarks.Walk(item.Text, item.Marks, this);
            List(element, item.Items ?? []);
            _html.Close("li");
        }

        _html.Close(element);
    }

    private void Table(Block block)
    {
        _html.Open("table");
        if (block.Header is { Count: > 0 } header)
        {
            _html.Open("thead");
            Row("th", header);
            _html.Close("thead");
        }

        _html.Open("tbody");
        foreach (var row in block.Rows!.Where(row => row.Count > 0))
            Row("td", row);
        _html.Close("tbody").Close("table");
    }

    private void Row(string element, IReadOnlyList<TableCell> cells)
    {
        _html.Open("tr");
        foreach (var cell in cells)
        {
            _html.Open(element);
            NestedMarks.Walk(cell.Text, cell.Marks, this);
            _html.Close(element);
        }

        _html.Close("tr");
    }

    private void Code(Block block)
    {
        if (string.IsNullOrWhiteSpace(block.Text))
            return;

        // What has white space in it would be several classes.
        var language = block.Language is { Length: > 0 } name && !name.Any(char.IsWhiteSpace) ? $"language-{name}" : null;
        _html.Open("pre").Open("code", ("class", language)).Text(block.Text).Close("code").Close("pre");
    }

    private void Gallery(IReadOnlyList<Image> images)
    {
        if (images.Count == 0)
            return;

        _html.Open("figure");
        foreach (var image in images)
            HtmlPicture.Write(_html, image);
        _html.Close("figure");
    }
}
