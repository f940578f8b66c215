using System.Globalization;

namespace Galley.Content.Body;

/// <summary>Normalises a text and moves the marks that stand on it.</summary>
internal static class MarkedText
{
    public static (string Text, IReadOnlyList<Mark>? Marks) Normalize(string text, IReadOnlyList<Mark>? marks)
    {
        var normalized = PlainText.Normalize(text);
        if (marks is null or { Count: 0 })
            return (normalized, null);

        var moved = ReferenceEquals(normalized, text) ? marks : Move(marks, Offsets(text, normalized));
        return (normalized, Sorted(moved));
    }

    // For each code unit of the old text, where its segment begins and ends in the new one. Segments begin where nothing can compose across.
    private static (int[] Starts, int[] Ends) Offsets(string text, string normalized)
    {
        var starts = new int[text.Length + 1];
        var ends = new int[text.Length + 1];
        var written = 0;

        for (var from = 0; from < text.Length;)
        {
            var to = from + 1;
            while (to < text.Length && !IsBoundary(text, to))
                to++;

            var length = Math.Min(PlainText.Normalize(text[from..to]).Length, normalized.Length - written);
            starts.AsSpan(from, to - from).Fill(written);
            ends.AsSpan(from + 1, to - from).Fill(written + length);
            written += length;
            from = to;
        }

        starts[text.Length] = written;
        return (starts, ends);
    }

    private static bool IsBoundary(string text, int at) =>
        !char.IsLowSurrogate(text[at])
        && !(text[at] == '\n' && text[at - 1] == '\r')
        // Hangul vowels and finals join the letter before them.
        && text[at] is not (>= '\u1160' and <= '\u11FF')
        && CharUnicodeInfo.GetUnicodeCategory(text, at) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark);

    private static IReadOnlyList<Mark> Move(IReadOnlyList<Mark> marks, (int[] Starts, int[] Ends) offsets) =>
        [.. marks.Select(mark => mark with { Start = offsets.Starts[mark.Start], End = offsets.Ends[mark.End] }).Where(mark => mark.Start < mark.End)];

    // By start, then longest first. Two marks of one type that now share a composed letter: the first keeps it.
    private static IReadOnlyList<Mark>? Sorted(IReadOnlyList<Mark> marks)
    {
        var sorted = new List<Mark>(marks.Count);
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var mark in marks.OrderBy(mark => mark.Start).ThenByDescending(mark => mark.End).ThenBy(mark => mark.Type, StringComparer.Ordinal))
        {
            var start = Math.Max(mark.Start, ends.GetValueOrDefault(mark.Type));
            if (start >= mark.End)
                continue;

            ends[mark.Type] = mark.End;
            sorted.Add(mark with { Start = start, Href = mark.Href is null ? null : WebAddress.NormalizeLink(mark.Href) });
        }

        return sorted.Count == 0 ? null : sorted;
    }
}
