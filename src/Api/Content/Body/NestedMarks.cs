namespace Galley.Content.Body;

/// <summary>Takes a text in pieces, with the marks that open and close between them, each inside the one before.</summary>
internal interface INestedText
{
    void Open(Mark mark);

    void Append(ReadOnlySpan<char> text);

    void Close(Mark mark);
}

/// <summary>Walks a marked text as markup needs it: a mark that overlaps another is closed and opened again.</summary>
internal static class NestedMarks
{
    /// <summary>The marks must be sorted by start; those of one type do not overlap, so that few are open at once. Nothing may be inside one of type <paramref name="innermost"/>.</summary>
    public static void Walk(string text, IReadOnlyList<Mark>? marks, INestedText output, string? innermost = null)
    {
        if (marks is not { Count: > 0 })
        {
            // As nearly all texts are.
            if (text.Length > 0)
                output.Append(text);
            return;
        }

        var open = new Stack<Mark>();
        var (at, next) = (0, 0);
        while (at < text.Length || open.Count > 0)
        {
            var starting = new List<Mark>();
            while (at < text.Length && next < marks.Count && marks[next].Start <= at)
                starting.Add(marks[next++]);

            // At the end everything ends.
            Change(open, starting, at < text.Length ? at : int.MaxValue, output, innermost);
            var until = next < marks.Count ? Math.Min(marks[next].Start, text.Length) : text.Length;
            foreach (var mark in open)
                until = Math.Min(until, mark.End);

            if (until > at)
                output.Append(text.AsSpan(at, until - at));
            at = Math.Max(until, at);
        }
    }

    // Closes what ends here with everything inside it, and opens what goes on together with what begins.
    private static void Change(Stack<Mark> open, List<Mark> starting, int at, INestedText output, string? innermost)
    {
        while (open.Any(mark => mark.End <= at) || (starting.Count > 0 && open.TryPeek(out var top) && top.Type == innermost))
        {
            var closed = open.Pop();
            output.Close(closed);
            if (closed.End > at)
                starting.Add(closed);
        }

        foreach (var mark in starting.OrderBy(mark => mark.Type == innermost).ThenByDescending(mark => mark.End).ThenBy(mark => mark.Type != "link").ThenBy(mark => mark.Type, StringComparer.Ordinal))
        {
            open.Push(mark);
            output.Open(mark);
        }
    }
}
