using System.Diagnostics;
using System.Text;

namespace Galley.Content.Body;

/// <summary>Writes blocks as plain text in reading order: every word, and no sign of its own but the dash before a speaker.</summary>
internal static class PlainTextWriter
{
    private const string Dash = "— ";

    public static string Write(IReadOnlyList<Block> blocks)
    {
        var text = new StringBuilder();
        foreach (var part in blocks.Select(TextOf).Where(part => !string.IsNullOrWhiteSpace(part)))
        {
            if (text.Length > 0)
                text.Append("\n\n");
            text.Append(part);
        }

        return text.ToString();
    }

    /// <summary>A quotation with its speaker on a line of his own.</summary>
    public static string Spoken(string? text, string? attribution) =>
        string.IsNullOrWhiteSpace(attribution) ? text ?? string.Empty : $"{text}\n{(attribution.StartsWith('—') ? string.Empty : Dash)}{attribution}";

    private static string TextOf(Block block) => block.Type switch
    {
        "paragraph" or "heading" or "correction" or "code" => block.Text!,
        "quote" => Spoken(block.Text, block.Attribution),
        "list" => Lines(block.Items!.SelectMany(item => (item.Items ?? []).Select(inner => inner.Text).Prepend(item.Text))),
        "table" => Lines(block.Rows!.Prepend(block.Header ?? []).Select(row => string.Join('\t', row.Select(cell => cell.Text)))),
        "image" => TextOf(block.Image!),
        "gallery" => string.Join("\n\n", block.Images!.Select(TextOf).Where(text => text.Length > 0)),
        "embed" => block.Title ?? block.Url!,
        "divider" => string.Empty,
        _ => throw new UnreachableException($"Unhandled block {block.Type}."),
    };

    private static string TextOf(Image image) => Lines([image.Caption, image.Credit]);

    private static string Lines(IEnumerable<string?> lines) => string.Join('\n', lines.Where(line => !string.IsNullOrWhiteSpace(line)));
}
