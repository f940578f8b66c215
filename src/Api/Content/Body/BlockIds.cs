using System.Globalization;

namespace Galley.Content.Body;

/// <summary>Names blocks so that one that did not change keeps its name, wherever it moved.</summary>
internal static class BlockIds
{
    /// <summary>Gives an id to each block without one: that of an equal block of the previous body, else a new one, never used in this article's last two states.</summary>
    public static IReadOnlyList<Block> Assign(IReadOnlyList<Block> blocks, IReadOnlyList<Block> previous)
    {
        var taken = blocks.Where(block => block.Id is not null).Select(block => block.Id!).ToHashSet(StringComparer.Ordinal);
        var free = previous
            .Where(block => !taken.Contains(block.Id!))
            .GroupBy(ContentOf, block => block.Id!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Queue<string>(group), StringComparer.Ordinal);
        taken.UnionWith(previous.Select(block => block.Id!));

        var next = 1;
        return [.. blocks.Select(block => block.Id is not null ? block : block with { Id = IdFor(block) })];

        string IdFor(Block block) => free.TryGetValue(ContentOf(block), out var ids) && ids.TryDequeue(out var kept) ? kept : NewId();

        string NewId()
        {
            string id;
            do
                id = string.Create(CultureInfo.InvariantCulture, $"b{next++}");
            while (!taken.Add(id));

            return id;
        }
    }

    private static string ContentOf(Block block) => ContentJson.WriteText(block with { Id = null });
}
