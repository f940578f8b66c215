namespace Galley.Content.Body;

/// <summary>Brings valid blocks into the form they are stored in: NFC, marks moved along and sorted, addresses percent-encoded.</summary>
internal static class BlockNormalizer
{
    public static IReadOnlyList<Block> Normalize(IReadOnlyList<Block> blocks) => [.. blocks.Select(Normalize)];

    private static Block Normalize(Block block)
    {
        var (text, marks) = block.Text is null ? (null, null) : MarkedText.Normalize(block.Text, block.Marks);
        return block with
        {
            Text = text,
            Marks = marks,
            SourceUrl = block.SourceUrl is null ? null : WebAddress.Normalize(block.SourceUrl),
            Url = block.Url is null ? null : WebAddress.Normalize(block.Url),
            Items = block.Items?.Select(Normalize).ToList(),
            Header = block.Header?.Select(Normalize).ToList(),
            Rows = block.Rows?.Select(row => (IReadOnlyList<TableCell>)[.. row.Select(Normalize)]).ToList(),
            Image = block.Image is null ? null : Normalize(block.Image),
            Images = block.Images?.Select(Normalize).ToList(),
        };
    }

    public static Image Normalize(Image image) => image with
    {
        Url = WebAddress.Normalize(image.Url)!,
        Renditions = image.Renditions?.Select(each => each with { Url = WebAddress.Normalize(each.Url)! }).ToList(),
    };

    private static ListItem Normalize(ListItem item)
    {
        var (text, marks) = MarkedText.Normalize(item.Text, item.Marks);
        return item with { Text = text, Marks = marks, Items = item.Items?.Select(Normalize).ToList() };
    }

    private static TableCell Normalize(TableCell cell)
    {
        var (text, marks) = MarkedText.Normalize(cell.Text, cell.Marks);
        return cell with { Text = text, Marks = marks };
    }
}
