using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads a list. What an item cannot hold, such as a picture, follows the list; levels below the second join it.</summary>
internal static class HtmlList
{
    public static IReadOnlyList<Block> Read(IElement element, Func<IEnumerable<INode>, IReadOnlyList<Block>> read)
    {
        var items = new List<ListItem>();
        var after = new List<Block>();
        foreach (var node in element.ChildNodes)
        {
            var isItem = node is IElement { LocalName: "li" };
            var blocks = read(isItem ? node.ChildNodes : [node]);
            after.AddRange(blocks.Where(block => !JoinedText.IsText(block) && block.Items is null));
            Add(items, blocks, isItem);
        }

        return items.Count == 0 ? after : [new Block { Type = "list", Ordered = element.LocalName == "ol", Items = items }, .. after];
    }

    private static void Add(List<ListItem> items, IReadOnlyList<Block> blocks, bool isItem)
    {
        var (text, marks) = JoinedText.Of(blocks.Where(JoinedText.IsText), "\n");
        var below = blocks.SelectMany(block => Flat(block.Items ?? [])).ToList();
        if (text.Length > 0)
            items.Add(new ListItem { Text = text, Marks = marks, Items = below.Count == 0 ? null : below });
        else if (!isItem && below.Count > 0 && items.Count > 0)
            items[^1] = items[^1] with { Items = [.. items[^1].Items ?? [], .. below] };
        else
            items.AddRange(below);
    }

    private static IEnumerable<ListItem> Flat(IReadOnlyList<ListItem> items) => items.SelectMany(item => (item.Items ?? []).Prepend(item with { Items = null }));
}
