namespace Galley.Content.Body;

/// <summary>Reads plain text into paragraphs: blank lines part them, everything else stays as it is.</summary>
internal static class PlainTextReader
{
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

    private static Block Paragraph(string text) => new() { Type = "paragraph", Text = text };
}
