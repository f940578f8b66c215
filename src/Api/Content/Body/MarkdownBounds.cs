namespace Galley.Content.Body;

/// <summary>What of Markdown would cost the library the square of its length, seen before it is read.</summary>
internal static class MarkdownBounds
{
    // Beyond this many columns a line is as deep as nothing may be nested; a few such lines are code.
    private const int DeepColumns = 4 * HtmlFragment.MaxDepth;
    private const int MaxDeepLines = 200;

    // Each sign of emphasis that finds no partner is compared with those before it in its paragraph.
    private const int MaxSigns = 10_000;

    public static bool IsTooDeep(ReadOnlySpan<char> markdown)
    {
        var (deep, signs) = (0, 0);
        foreach (var line in markdown.EnumerateLines())
        {
            var text = line.TrimStart();
            deep += line.Length - text.Length > DeepColumns ? 1 : 0;
            signs = text.IsEmpty || BeginsItem(text) ? 0 : signs;
            signs += SignsOf(text);
            if (deep > MaxDeepLines || signs > MaxSigns)
                return true;
        }

        return false;
    }

    // An item of a list is a paragraph of its own.
    private static bool BeginsItem(ReadOnlySpan<char> line) => line.Length > 1 && line[0] is '-' or '+' or '*' && line[1] == ' ';

    private static int SignsOf(ReadOnlySpan<char> line)
    {
        var signs = 0;
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] is '*' or '_' or '~' && (at == 0 || line[at - 1] != line[at]))
                signs++;
        }

        return signs;
    }
}
