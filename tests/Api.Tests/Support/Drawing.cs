using System.Globalization;
using Galley.Content.Body;

namespace Galley.Tests.Support;

/// <summary>Draws blocks as one line each, with marks where they stand, so that a test shows what it expects.</summary>
internal static class Drawing
{
    public static IReadOnlyList<string> Of(IEnumerable<Block> blocks) => [.. blocks.Select(Of)];

    private static string Of(Block block) => block switch
    {
        { Items: { } items } => $"{(block.Ordered == true ? "numbers" : "list")}: {Of(items)}",
        { Rows: { } rows } => $"table: {string.Join(" / ", rows.Select(Of).Prepend(block.Header is { } header ? $"<{Of(header)}>" : "-"))}",
        { Image: { } image } => $"image: {Of(image)}",
        { Images: { } images } => $"gallery: {string.Join(" & ", images.Select(Of))}",
        { Text: null } => block.Type,
        _ => $"{block.Type}{block.Level}{(block.Language is { } language ? $" {language}" : "")}: {Marked(block)}{(block.Attribution is { } who ? $" — {who}" : "")}{(block.SourceUrl is { } url ? $" @ {url}" : "")}",
    };

    private static string Of(IEnumerable<ListItem> items) => string.Join(" | ", items.Select(item => Marked(item) + (item.Items is { } inner ? $" {{{Of(inner)}}}" : "")));

    private static string Of(IReadOnlyList<TableCell> row) => string.Join(" | ", row.Select(Marked));

    private static string Of(Image image) =>
        string.Create(CultureInfo.InvariantCulture, $"{image.Url}{(image.Alt is { } alt ? $" ({alt})" : "")}{(image.Width is { } width ? $" {width}x{image.Height}" : "")}{(image.Caption is { } caption ? $" — {caption}" : "")}");

    private static string Marked(IMarkedText marked)
    {
        var text = marked.Text!;
        var signs = (marked.Marks ?? []).SelectMany(mark => new[]
        {
            (At: mark.Start, Order: text.Length - mark.End, Sign: $"[{mark.Type}{(mark.Href is { } href ? $" {href}" : "")}:"),
            (At: mark.End, Order: -mark.Start - text.Length, Sign: "]"),
        });
        foreach (var (at, _, sign) in signs.OrderByDescending(sign => sign.At).ThenByDescending(sign => sign.Order).ToList())
            text = text.Insert(at, sign);

        return text.Replace("\n", "⏎", StringComparison.Ordinal);
    }
}
