using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads a quotation, and who said it: what stands in a footer, or in a cite beside the paragraphs.</summary>
internal static class HtmlQuote
{
    public static IReadOnlyList<Block> Read(IElement element, Func<IEnumerable<INode>, IReadOnlyList<Block>> read)
    {
        var speaker = element.Children.LastOrDefault(child => child.LocalName is "footer" or "cite");
        var name = speaker is null || element.Children.Length < 2 ? null : JoinedText.Of(read([speaker]), " ").Text;
        if (name is not { Length: > 0 and <= BlockRules.MaxLabel })
            (speaker, name) = (null, null);

        var source = element.GetAttribute("cite") is { } cite ? HtmlAddress.Web(cite) : null;
        var blocks = Quotes(read(element.ChildNodes.Where(node => node != speaker)), source);
        if (name is not null && blocks.FindLastIndex(block => block.Type == "quote") is >= 0 and var last)
            blocks[last] = blocks[last] with { Attribution = blocks[last].Attribution ?? PlainText.Normalize(name) };

        return blocks;
    }

    // Neighbouring texts are one quote; a picture or a list parts it.
    private static List<Block> Quotes(IReadOnlyList<Block> inner, string? source)
    {
        var quotes = new List<Block>();
        var texts = new List<Block>();
        foreach (var block in inner)
        {
            if (JoinedText.IsText(block) && block.Type != "quote")
            {
                texts.Add(block);
                continue;
            }

            Flush();
            quotes.Add(block);
        }

        Flush();
        return quotes;

        void Flush()
        {
            var (text, marks) = JoinedText.Of(texts, "\n\n");
            if (texts.Count > 0)
                quotes.Add(new Block { Type = "quote", Text = text, Marks = marks, SourceUrl = source });
            texts.Clear();
        }
    }
}
