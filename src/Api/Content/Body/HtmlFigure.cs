using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads a figure: a picture with its caption and credit, several as a gallery, a quotation with its speaker, or an embed.</summary>
internal static class HtmlFigure
{
    public static IReadOnlyList<Block> Read(IElement element, Func<IEnumerable<INode>, IReadOnlyList<Block>> read, DroppedElements dropped)
    {
        var captions = element.Children.Where(IsCaption).ToList();
        var blocks = read(element.ChildNodes.Where(node => !IsCaption(node)));
        if (captions.Count == 0 && HtmlEmbed.OfFigure(element, blocks) is { } embed)
            return [embed];

        // Small print at the end of a caption says who made the picture.
        var creditor = captions is [{ LastElementChild: { LocalName: "small" } small }] && string.IsNullOrWhiteSpace(small.NextSibling?.TextContent) ? small : null;
        var said = creditor is null ? read(captions) : read(captions[0].ChildNodes.Where(node => node != creditor));
        var credited = creditor is null ? [] : read([creditor]);

        return blocks switch
        {
            { Count: > 0 and <= BlockRules.MaxImages } when IsGallery(element, blocks, captions.Count == 0) => [new Block { Type = "gallery", Images = [.. blocks.Select(block => block.Image!)] }, .. said, .. credited],
            [{ Image: { } image }] when IsLabel(credited, ImageRules.MaxCredit, image.Credit) && IsLabel(said, ImageRules.MaxText, image.Caption) =>
                [blocks[0] with { Image = image with { Caption = Label(said, dropped) ?? image.Caption, Credit = Label(credited, dropped) ?? image.Credit } }, .. Others(said), .. Others(credited)],
            [{ Type: "quote", Attribution: null } quote] when credited.Count == 0 && IsLabel(said, BlockRules.MaxLabel, null) => [quote with { Attribution = Label(said, dropped) }, .. Others(said)],
            _ => [.. blocks, .. said, .. credited],
        };
    }

    private static bool IsCaption(INode node) => node is IElement { LocalName: "figcaption" };

    private static bool IsGallery(IElement element, IReadOnlyList<Block> blocks, bool isBare) =>
        blocks.All(block => block.Image is not null) && (blocks.Count > 1 || (isBare && element.Children.Any(child => child.LocalName == "figure")));

    // Whether the words fit in a member that does not hold others yet.
    private static bool IsLabel(IReadOnlyList<Block> said, int limit, string? present) => Words(said).Length is var length && length <= limit && (length == 0 || present is null);

    private static string? Label(IReadOnlyList<Block> said, DroppedElements dropped)
    {
        dropped.AddLinks(said, "a caption");
        return Words(said) is { Length: > 0 } words ? PlainText.Normalize(words) : null;
    }

    private static string Words(IReadOnlyList<Block> said) => JoinedText.Of(said.Where(JoinedText.IsText), "\n").Text;

    private static IEnumerable<Block> Others(IReadOnlyList<Block> said) => said.Where(block => !JoinedText.IsText(block));
}
