namespace Galley.Content.Body;

/// <summary>A stretch of a text with its marks.</summary>
internal sealed record MarkedPart(string Text, IReadOnlyList<Mark>? Marks) : IMarkedText;

/// <summary>Parts a text where it says so, and moves the marks.</summary>
internal static class MarkedParts
{
    /// <summary>What blank lines part.</summary>
    public static IEnumerable<MarkedPart> Paragraphs(IMarkedText text) => Split(text, "\n\n");

    public static IEnumerable<MarkedPart> Split(IMarkedText text, string separator)
    {
        var alive = new List<Mark>();
        var next = 0;
        for (var from = 0; from <= text.Text!.Length;)
        {
            var found = text.Text.IndexOf(separator, from, StringComparison.Ordinal);
            var to = found < 0 ? text.Text.Length : found;
            var (start, marks) = (from, text.Marks ?? []);
            while (next < marks.Count && marks[next].Start < to)
                alive.Add(marks[next++]);

            var inside = alive
                .Where(mark => mark.End > start)
                .Select(mark => mark with { Start = Math.Max(mark.Start - start, 0), End = Math.Min(mark.End, to) - start })
                .Where(mark => mark.Start < mark.End)
                .ToList();
            yield return new MarkedPart(text.Text[from..to], inside.Count == 0 ? null : inside);

            alive.RemoveAll(mark => mark.End <= to);
            from = to + separator.Length;
        }
    }
}
