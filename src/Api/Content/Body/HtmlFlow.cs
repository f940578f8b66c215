using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Walks the nodes of one place, a fragment or an item or a cell, and makes blocks of them.</summary>
internal sealed class HtmlFlow
{
    private static readonly Block Paragraph = new() { Type = "paragraph" };

    private readonly List<Block> _blocks = [];
    private readonly DroppedElements _dropped;
    private readonly RunningText _text;
    private Block _kind = Paragraph;
    private int _quotes;

    private HtmlFlow(RunningText text, DroppedElements dropped) => (_text, _dropped) = (text, dropped);

    public static IReadOnlyList<Block> Read(IEnumerable<INode> nodes, DroppedElements dropped) => new HtmlFlow(new RunningText(dropped), dropped).Read(nodes);

    private IReadOnlyList<Block> Read(IEnumerable<INode> nodes)
    {
        foreach (var node in nodes)
            Visit(node);
        Flush();
        return _blocks;
    }

    // Another place inside this one, under the marks that are open here.
    private IReadOnlyList<Block> ReadInside(IEnumerable<INode> nodes) => new HtmlFlow(RunningText.Within(_text, _dropped), _dropped).Read(nodes);

    private void Visit(INode node)
    {
        if (node is IText text)
            _text.Append(text.Data);
        else if (node is IElement element && HtmlElements.IsDropped(element))
            VisitDropped(element);
        else if (node is IElement kept)
            Visit(kept, kept.LocalName);
    }

    // Of a player stays where it plays from, of a film its poster.
    private void VisitDropped(IElement element)
    {
        if (element.LocalName == "iframe" && HtmlEmbed.OfFrame(element) is { } embed)
        {
            Add([embed]);
            return;
        }

        _dropped.Add($"<{element.LocalName}>");
        if (element.LocalName == "video" && HtmlImage.ReadPoster(element) is { } poster)
            Add([poster]);
    }

    private void Visit(IElement element, string name)
    {
        if (HtmlElements.Marks.TryGetValue(name, out var mark))
            Marked(element, mark, href: null);
        else if (HtmlElements.HeadingLevel(name) is { } level)
            Alike(element, new Block { Type = "heading", Level = level });
        else if (name == "p" && Instant.TryParse(element.GetAttribute(HtmlElements.CorrectionAttribute) ?? string.Empty, out var at))
            Alike(element, new Block { Type = "correction", At = at });
        else if (HtmlElements.IsBoundary(name))
            Apart(element);
        else
            VisitSpecial(element, name);
    }

    private void VisitSpecial(IElement element, string name)
    {
        switch (name)
        {
            case "a":
                Link(element);
                break;
            case "q":
                Quoted(element);
                break;
            case "br":
                Break();
                break;
            case "hr":
                Add([new Block { Type = "divider" }]);
                break;
            case "img":
                Add(HtmlImage.Read(element, _dropped) is { } image ? [image] : []);
                break;
            case "pre" or "listing" or "xmp" or "plaintext":
                Add(HtmlCode.Read(element, _dropped) is { } code ? [code] : []);
                break;
            case "blockquote":
                Add(HtmlEmbed.OfPost(element, ReadInside) ?? HtmlQuote.Read(element, ReadInside, _dropped));
                break;
            case "ul" or "ol" or "menu":
                Add(HtmlList.Read(element, ReadInside));
                break;
            case "table":
                Add(HtmlTable.Read(element, ReadInside));
                break;
            case "figure":
                Add(HtmlFigure.Read(element, ReadInside, _dropped));
                break;
            default:
                Inside(element);
                break;
        }
    }

    private void Inside(IElement element)
    {
        foreach (var child in element.ChildNodes)
            Visit(child);
    }

    private void Apart(IElement element)
    {
        Flush();
        Inside(element);
        Flush();
    }

    // What is text in it are blocks of one kind.
    private void Alike(IElement element, Block kind)
    {
        Flush();
        var outer = _kind;
        _kind = kind;
        Inside(element);
        Flush();
        _kind = outer;
    }

    private void Marked(IElement element, string type, string? href)
    {
        _text.Open(type, href);
        Inside(element);
        _text.Close();
    }

    private void Link(IElement element)
    {
        var href = element.GetAttribute("href");
        if (href is not null && HtmlAddress.Link(href) is { } address)
        {
            Marked(element, "link", address);
            return;
        }

        if (href is not null)
            _dropped.Add("The link of <a> where its address is not an absolute http, https or mailto URL");
        Inside(element);
    }

    // What shows the quotation marks of <q> is the reader's program, and a block has none.
    private void Quoted(IElement element)
    {
        var isInner = _quotes++ % 2 == 1;
        _text.Append(isInner ? "\u2018" : "\u201C");
        Inside(element);
        _text.Append(isInner ? "\u2019" : "\u201D");
        _quotes--;
    }

    // An empty line parts paragraphs, as it does in plain text.
    private void Break()
    {
        if (_text.EndsInNewline && _kind == Paragraph)
            Flush();
        else
            _text.Break();
    }

    private void Add(IReadOnlyList<Block> blocks)
    {
        Flush();
        _blocks.AddRange(blocks);
    }

    private void Flush()
    {
        var (text, marks) = _text.Take();
        if (!string.IsNullOrWhiteSpace(text))
            _blocks.Add(_kind with { Text = text, Marks = marks });
    }
}
