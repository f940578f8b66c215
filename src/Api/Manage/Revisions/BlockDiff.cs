using Galley.Content;
using Galley.Content.Body;

namespace Galley.Manage.Revisions;

/// <summary>Finds what happens to the blocks between two revisions, by their ids. Takes n log n steps.</summary>
internal static class BlockDiff
{
    public static IReadOnlyList<BlockChange> Between(IReadOnlyList<Block> from, IReadOnlyList<Block> to)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < from.Count; i++)
            places[from[i].Id!] = i;

        var steady = SteadyOf([.. to.Select(block => places.GetValueOrDefault(block.Id!, -1))]);
        var kept = to.Select(block => block.Id!).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from.Select((block, i) => (block, i)).Where(each => !kept.Contains(each.block.Id!))
                .Select(each => new BlockChange { Op = "removed", Id = each.block.Id!, FromIndex = each.i, From = each.block }),
            .. to.Select((block, i) => ChangeOf(block, i)).OfType<BlockChange>(),
        ];

        BlockChange? ChangeOf(Block block, int index)
        {
            if (!places.TryGetValue(block.Id!, out var before))
                return new BlockChange { Op = "added", Id = block.Id!, ToIndex = index, To = block };

            var isChanged = ContentJson.WriteText(from[before]) != ContentJson.WriteText(block);
            var change = new BlockChange { Op = steady[index] ? "changed" : "moved", Id = block.Id!, FromIndex = before, ToIndex = index };
            return isChanged ? change with { From = from[before], To = block } : steady[index] ? null : change;
        }
    }

    // Which blocks may be taken to stand still: a longest run of places that only grow, so that as few as possible are told to have moved. -1 is no place.
    private static bool[] SteadyOf(IReadOnlyList<int> places)
    {
        // The end of the best run of each length so far, by its index, and what comes before each in its run.
        var ends = new List<int>();
        var previous = new int[places.Count];
        for (var i = 0; i < places.Count; i++)
        {
            if (places[i] < 0)
                continue;

            var length = LengthBelow(places, ends, places[i]);
            previous[i] = length == 0 ? -1 : ends[length - 1];
            if (length == ends.Count)
                ends.Add(i);
            else
                ends[length] = i;
        }

        var steady = new bool[places.Count];
        for (var i = ends.Count == 0 ? -1 : ends[^1]; i >= 0; i = previous[i])
            steady[i] = true;

        return steady;
    }

    // How long the longest run is that ends below a place: the ends grow with the length, so it is halved.
    private static int LengthBelow(IReadOnlyList<int> places, List<int> ends, int place)
    {
        var (low, high) = (0, ends.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = places[ends[middle]] < place ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
