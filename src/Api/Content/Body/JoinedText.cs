using System.Text;

namespace Galley.Content.Body;

/// <summary>Makes one text of several, where an item or a cell or a quote has room for one.</summary>
internal static class JoinedText
{
    /// <summary>Whether a block is nothing but text, and so may stand in another's.</summary>
    public static bool IsText(Block block) => block.Text is not null;

    public static (string Text, IReadOnlyList<Mark>? Marks) Of(IEnumerable<IMarkedText> texts, string separator)
    {
        var joined = new StringBuilder();
        var marks = new List<Mark>();
        foreach (var each in texts)
        {
            if (joined.Length > 0)
                joined.Append(separator);
            var start = joined.Length;
            joined.Append(each.Text);
            marks.AddRange((each.Marks ?? []).Select(mark => mark with { Start = start + mark.Start, End = start + mark.End }));
        }

        return (joined.ToString(), marks.Count == 0 ? null : marks);
    }
}
