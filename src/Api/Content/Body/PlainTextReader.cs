namespace Galley.Content.Body;

/// <summary>
/// Reads plain text into paragraphs: blank lines part them, everything else stays as it is. A quotation becomes a quote only where it says who spoke in a line of its own,
/// so that <see cref="PlainTextWriter"/> joins both to the same text again.
/// </summary>
internal static class PlainTextReader
{
    private const string SpeakerLine = "\n— ";

    // Which mark closes what another opens.
    private static readonly Dictionary<char, char> Marks = new() { ['«'] = '»', ['“'] = '”', ['„'] = '“', ['"'] = '"', ['”'] = '”', ['»'] = '«' };

    public static IReadOnlyList<Block> Read(string text)
    {
        var paragraphs = new List<Block>();
        var start = -1;
        var end = 0;

        for (var at = 0; at <= text.Length;)
        {
            var lineEnd = text.IndexOf('\n', at) is >= 0 and var newline ? newline : text.Length;
            if (!text.AsSpan(at, lineEnd - at).IsWhiteSpace())
            {
                start = start < 0 ? at : start;
                end = lineEnd;
            }
            else if (start >= 0)
            {
                paragraphs.Add(Paragraph(text[start..end]));
                start = -1;
            }

            at = lineEnd + 1;
        }

        if (start >= 0)
            paragraphs.Add(Paragraph(text[start..end]));

        return paragraphs;
    }

    private static Block Paragraph(string text)
    {
        var end = text.LastIndexOf(SpeakerLine, StringComparison.Ordinal);
        if (end > 0 && IsQuoted(text.AsSpan(0, end)) && IsName(text[(end + SpeakerLine.Length)..], out var name))
            return new Block { Type = "quote", Text = text[..end], Attribution = name };

        return new Block { Type = "paragraph", Text = text };
    }

    // One quotation from its first character to its last, and nothing said of it in between.
    private static bool IsQuoted(ReadOnlySpan<char> text) =>
        text.Length > 2 && Marks.TryGetValue(text[0], out var closing) && text[1..].IndexOf(closing) == text.Length - 2;

    private static bool IsName(string line, out string name)
    {
        name = line;
        return line.Length is > 0 and <= BlockRules.MaxLabel && line.Trim().Length == line.Length && line[0] != '—' && !line.Contains('\n', StringComparison.Ordinal);
    }
}
