using System.Text;

namespace Galley.Content.Body;

/// <summary>Writes a table with bars. It always has a heading row, empty where the block has none, and its rows are equally long.</summary>
internal static class MarkdownTable
{
    public static string Write(Block block)
    {
        var rows = block.Rows!.Where(row => row.Count > 0).ToList();
        var columns = rows.Append(block.Header ?? []).Max(row => row.Count);
        if (columns == 0)
            return string.Empty;

        var markdown = new StringBuilder();
        AppendRow(markdown, (block.Header ?? []).Select(Text), columns);
        AppendRow(markdown, Enumerable.Repeat("---", columns), columns);
        foreach (var row in rows)
            AppendRow(markdown, row.Select(Text), columns);

        return markdown.ToString();
    }

    private static void AppendRow(StringBuilder markdown, IEnumerable<string> cells, int columns)
    {
        markdown.Append('|');
        var written = 0;
        foreach (var cell in cells)
        {
            markdown.Append(' ').Append(cell).Append(cell.Length == 0 ? "|" : " |");
            written++;
        }

        markdown.Insert(markdown.Length, " |", columns - written).Append('\n');
    }

    private static string Text(TableCell cell) => MarkdownText.Line(cell, isCell: true);
}
