using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads a quotation, and who said it: what stands in a footer, or in a cite beside the paragraphs.</summary>
internal static class HtmlQuote
{
    public static IReadOnlyList<Block> Read(IElement element, Func<IEnumerable<INode>, IReadOnlyList<Block>> read, DroppedElements dropped)
    {
        var speaker = SpeakerOf(element);
        var source = element.GetAttribute("cite") is { } cite ? HtmlAddress.Web(cite) : null;
        var quotes = Quotes(read(element.ChildNodes.Where(node => node != speaker)), source);
        // Each part is read once, whatever it turns out to be: what is read again at every level takes for ever in a quotation of quotations.
        if (speaker is not null)
            Attribute(quotes, read([speaker]), source, dropped);

        return quotes;
    }

    // A footer says who, a cite does so only beside paragraphs: in running text it is a title.
    private static IElement? SpeakerOf(IElement element) =>
        element.Children.LastOrDefault(child => child.LocalName == "footer" || (child.LocalName == "cite" && element.Children.Length > 1));

    // Who said nothing here, or too much to be a name, stands as what else was said: words are never lost.
    private static void Attribute(List<Block> quotes, IReadOnlyList<Block> said, string? source, DroppedElements dropped)
    {
        var name = JoinedText.Of(said.Where(JoinedText.IsText), " ").Text;
        var last = quotes.FindLastIndex(block => block.Type == "quote");
        var isName = name.Length is > 0 and <= BlockRules.MaxLabel && said.All(block => !JoinedText.IsText(block) || block.Type == "paragraph");
        if (isName && last >= 0 && quotes[last].Attribution is null)
        {
            source ??= OnlyLink(said);
            if (OnlyLink(said) is not { } link || link != source)
                dropped.AddLinks(said, "a speaker's name");
            quotes[last] = quotes[last] with { Attribution = PlainText.Normalize(name), SourceUrl = source };
            quotes.AddRange(said.Where(block => !JoinedText.IsText(block)));
            return;
        }

        quotes.AddRange(Quotes(said, source));
    }

    // A name that is one link, and nothing else links: it leads to where that was said.
    private static string? OnlyLink(IReadOnlyList<Block> said) =>
        said.SelectMany(block => block.Marks ?? []).Where(mark => mark.Type == "link").ToList() is [{ Href: { } href }] ? HtmlAddress.Web(href) : null;

    /// <summary>What was said as quotes: neighbouring texts are one, a picture or a list parts it.</summary>
    public static List<Block> Quotes(IReadOnlyList<Block> inner, string? source)
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
