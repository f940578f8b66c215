using System.Globalization;
using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads a table into rows of equal columns. What a cell cannot hold, such as a picture, follows the table.</summary>
internal sealed class HtmlTable
{
    private static readonly TableCell Empty = new() { Text = string.Empty };

    private readonly List<IReadOnlyList<TableCell>> _rows = [];
    private readonly List<Block> _before = [];
    private readonly List<Block> _after = [];
    private readonly Func<IEnumerable<INode>, IReadOnlyList<Block>> _read;

    // For each column how many rows a cell above still reaches down.
    private readonly int[] _reach = new int[BlockRules.MaxColumns];

    private HtmlTable(Func<IEnumerable<INode>, IReadOnlyList<Block>> read) => _read = read;

    public static IReadOnlyList<Block> Read(IElement element, Func<IEnumerable<INode>, IReadOnlyList<Block>> read)
    {
        var rows = RowsOf(element).ToList();
        // A table of one cell lays out a page.
        if (rows is [var only] && CellsOf(only).ToList() is [var cell])
            return [.. read(element.Children.Where(IsCaption)), .. read(cell.ChildNodes)];

        var table = new HtmlTable(read);
        table._before.AddRange(read(element.Children.Where(IsCaption)));
        // One row more than there may be is enough to refuse it: spans must not multiply what was sent.
        foreach (var row in rows.Take(BlockRules.MaxItems + 2))
            table.AddRow(row);

        return table.Blocks(hasHeader: rows.Count > 0 && IsHeader(rows[0], rows.Count));
    }

    private IReadOnlyList<Block> Blocks(bool hasHeader)
    {
        if (_rows.All(row => row.All(cell => cell.Text.Length == 0)))
            return [.. _before, .. _after];

        return [.. _before, new Block { Type = "table", Header = hasHeader && _rows[0].Any(cell => cell.Text.Length > 0) ? _rows[0] : null, Rows = [.. _rows.Skip(hasHeader ? 1 : 0)] }, .. _after];
    }

    private void AddRow(IElement row)
    {
        var cells = new List<TableCell>();
        foreach (var cell in CellsOf(row))
        {
            PadWhatIsReached(cells);
            var (from, columns) = (cells.Count, Span(cell, "colspan"));
            cells.Add(ReadCell(cell));
            while (--columns > 0 && cells.Count < BlockRules.MaxColumns)
                cells.Add(Empty);

            if (from < _reach.Length)
                _reach.AsSpan(from, Math.Min(cells.Count, _reach.Length) - from).Fill(Span(cell, "rowspan"));
        }

        PadWhatIsReached(cells);
        for (var column = 0; column < _reach.Length; column++)
            _reach[column] = Math.Max(0, _reach[column] - 1);
        if (cells.Count > 0)
            _rows.Add(cells);
    }

    private void PadWhatIsReached(List<TableCell> cells)
    {
        while (cells.Count < _reach.Length && _reach[cells.Count] > 0)
            cells.Add(Empty);
    }

    private TableCell ReadCell(IElement cell)
    {
        var blocks = _read(cell.ChildNodes);
        _after.AddRange(blocks.Where(block => !JoinedText.IsText(block) && block.Items is null));
        var (text, marks) = JoinedText.Of(blocks.SelectMany(TextsOf), "\n");
        return new TableCell { Text = text, Marks = marks };
    }

    private static IEnumerable<IMarkedText> TextsOf(Block block) =>
        JoinedText.IsText(block) ? [block] : (block.Items ?? []).SelectMany(item => (item.Items ?? []).Prepend(item));

    private static IEnumerable<IElement> RowsOf(IElement table) =>
        table.Children.SelectMany(child => child.LocalName is "thead" or "tbody" or "tfoot" ? child.Children.Where(IsRow) : IsRow(child) ? [child] : []);

    private static IEnumerable<IElement> CellsOf(IElement row) => row.Children.Where(child => child.LocalName is "td" or "th");

    private static bool IsHeader(IElement row, int rows) =>
        CellsOf(row).Any() && (row.ParentElement?.LocalName == "thead" || (rows > 1 && CellsOf(row).All(cell => cell.LocalName == "th")));

    private static bool IsRow(IElement element) => element.LocalName == "tr";

    private static bool IsCaption(IElement element) => element.LocalName == "caption";

    private static int Span(IElement cell, string name) =>
        int.TryParse(cell.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var span) ? Math.Clamp(span, 1, BlockRules.MaxItems) : 1;
}
