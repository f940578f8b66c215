using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads a quotation, and who said it: what stands in a footer, or in a cite beside the paragraphs.</summary>
internal static class HtmlQuote
{
    public static IReadOnlyList<Block> Read(IElement element, Func<IEnumerable<INode>, IReadOnlyList<Block>> read)
    {
        var speaker = SpeakerOf(element);
        var source = element.GetAttribute("cite") is { } cite ? HtmlAddress.Web(cite) : null;
        var quotes = Quotes(read(element.ChildNodes.Where(node => node != speaker)), source);
        // Each part is read once, whatever it turns out to be: what is read again at every level takes for ever in a quotation of quotations.
        if (speaker is not null)
            Attribute(quotes, read([speaker]), source);

        return quotes;
    }

    // A footer says who, a cite does so only beside paragraphs: in running text it is a title.
    private static IElement? SpeakerOf(IElement element) =>
        element.Children.LastOrDefault(child => child.LocalName == "footer" || (child.LocalName == "cite" && element.Children.Length > 1));

    // Who said nothing here, or too much to be a name, stands as what else was said: words are never lost.
    private static void Attribute(List<Block> quotes, IReadOnlyList<Block> said, string? source)
    {
        var name = JoinedText.Of(said.Where(JoinedText.IsText), " ").Text;
        var last = quotes.FindLastIndex(block => block.Type == "quote");
        var isName = name.Length is > 0 and <= BlockRules.MaxLabel && said.All(block => !JoinedText.IsText(block) || block.Type == "paragraph");
        if (isName && last >= 0 && quotes[last].Attribution is null)
        {
            quotes[last] = quotes[last] with { Attribution = PlainText.Normalize(name) };
            quotes.AddRange(said.Where(block => !JoinedText.IsText(block)));
            return;
        }

        quotes.AddRange(Quotes(said, source));
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
