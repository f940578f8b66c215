using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads a figure: a picture with its caption, several as a gallery, or a quotation with its speaker.</summary>
internal static class HtmlFigure
{
    public static IReadOnlyList<Block> Read(IElement element, Func<IEnumerable<INode>, IReadOnlyList<Block>> read)
    {
        var captions = element.Children.Where(child => child.LocalName == "figcaption").ToList();
        var blocks = read(element.ChildNodes.Where(node => !captions.Contains(node)));
        var said = read(captions);
        var caption = JoinedText.Of(said.Where(JoinedText.IsText), "\n").Text;

        return blocks switch
        {
            [{ Image: { } image } block] when caption.Length is > 0 and <= ImageRules.MaxText => [block with { Image = image with { Caption = PlainText.Normalize(caption) } }, .. said.Where(other => !JoinedText.IsText(other))],
            [{ Type: "quote", Attribution: null } quote] when caption.Length is > 0 and <= BlockRules.MaxLabel => [quote with { Attribution = PlainText.Normalize(caption) }, .. said.Where(other => !JoinedText.IsText(other))],
            [_, _, ..] when blocks.Count <= BlockRules.MaxImages && blocks.All(block => block.Image is not null) => [new Block { Type = "gallery", Images = [.. blocks.Select(block => block.Image!)] }, .. said],
            _ => [.. blocks, .. said],
        };
    }
}
