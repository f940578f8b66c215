using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Galley.Content.Body;

/// <summary>
/// Writes blocks as Markdown (CommonMark with tables and strikethrough) without any HTML. <see cref="MarkdownReader"/> reads the same blocks back, but for what HTML
/// cannot hold and what Markdown cannot: underline, superscript and subscript, and emphasis in texts of more than a hundred marks, or of thousands of letters with dozens; of pictures all but address, alt and caption, with the credit at the caption's end; galleries,
/// which are their pictures; embeds, which are links; when a correction was made; line breaks in headings, cells, captions and names; unequal rows of tables.
/// </summary>
internal static class MarkdownWriter
{
    private const string Dash = "— ";

    public static string Write(IReadOnlyList<Block> blocks)
    {
        var markdown = new StringBuilder();
        var lists = 0;
        foreach (var block in blocks)
        {
            // Neighbouring lists are kept apart by another sign.
            lists = block.Type == "list" ? lists + 1 : 0;
            var part = Of(block, lists % 2 == 0);
            if (part.Length == 0)
                continue;
            if (markdown.Length > 0)
                markdown.Append('\n');
            markdown.Append(part.TrimEnd('\n')).Append('\n');
        }

        return markdown.ToString();
    }

    private static string Of(Block block, bool isOtherSign) => block.Type switch
    {
        "heading" => MarkdownText.Line(block) is { Length: > 0 } line ? string.Create(CultureInfo.InvariantCulture, $"{new string('#', block.Level ?? 2)} {EndEscaped(line)}") : string.Empty,
        "quote" => Quote(block),
        "list" => List(block, isOtherSign),
        "table" => MarkdownTable.Write(block),
        "code" => Code(block),
        "embed" => $"[{MarkdownText.Line(block.Title is { } title && MarkdownText.Line(title).Length > 0 ? title : block.Url!)}]({MarkdownText.Destination(block.Url!)})",
        "image" => Picture(block.Image!),
        "gallery" => string.Join("\n\n", block.Images!.Select(Picture)),
        "divider" => "---",
        "paragraph" or "correction" => Paragraphs(block),
        _ => throw new UnreachableException($"Unhandled block {block.Type}."),
    };

    private static string Paragraphs(IMarkedText text) => string.Join("\n\n", MarkedParts.Paragraphs(text).Select(MarkdownText.Lines).Where(paragraph => paragraph.Length > 0));

    // Signs at the end of a heading would close it.
    private static string EndEscaped(string line) => line.EndsWith('#') ? $"{line[..^1]}\\#" : line;

    private static string Quote(Block block)
    {
        var text = Paragraphs(block);
        var name = MarkdownText.Line(block.Attribution ?? string.Empty);
        if (block.SourceUrl is { } url)
            name = $"[{(name.Length > 0 ? name : MarkdownText.Line(url))}]({MarkdownText.Destination(url)})";
        if (name.Length > 0)
            text = text.Length > 0 ? $"{text}\n\n{Dash}{name}" : name;

        return text.Length == 0 ? string.Empty : string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? ">" : $"> {line}"));
    }

    private static string List(Block block, bool isOtherSign)
    {
        var markdown = new StringBuilder();
        WriteItems(block.Items!, string.Empty);
        return markdown.ToString();

        void WriteItems(IReadOnlyList<ListItem> items, string indent)
        {
            var number = 1;
            foreach (var item in items)
            {
                var text = MarkdownText.Lines(item);
                if (text.Length == 0)
                {
                    WriteItems(item.Items ?? [], indent);
                    continue;
                }

                var sign = block.Ordered == true ? string.Create(CultureInfo.InvariantCulture, $"{number++}{(isOtherSign ? ')' : '.')} ") : isOtherSign ? "* " : "- ";
                var inside = indent + new string(' ', sign.Length);
                markdown.Append(indent).Append(sign).Append(text.Replace("\n", $"\n{inside}", StringComparison.Ordinal)).Append('\n');
                WriteItems(item.Items ?? [], inside);
            }
        }
    }

    private static string Code(Block block)
    {
        if (string.IsNullOrWhiteSpace(block.Text))
            return string.Empty;

        var fence = new string('`', Math.Max(3, MarkdownText.LongestRun(block.Text, '`') + 1));
        var language = block.Language is { } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '#' or '.' or '-') ? name : string.Empty;
        return $"{fence}{language}\n{block.Text.TrimEnd('\n')}\n{fence}";
    }

    private static string Picture(Image image)
    {
        var caption = string.Join(" — ", new[] { image.Caption, image.Credit }.Select(text => RunningText.Label(text?.Replace('\n', ' '), new DroppedElements())).Where(text => text is not null));
        var title = caption.Length == 0 ? string.Empty : $" \"{caption.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal)}\"";
        return $"![{MarkdownText.Line(image.Alt ?? string.Empty)}]({MarkdownText.Destination(image.Url)}{title})";
    }
}
