using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Galley.Content.Body;

/// <summary>Which marks a text can have in Markdown, and whether they would be read.</summary>
internal static class MarkdownMarks
{
    private static readonly string[] Kept = ["strong", "emphasis", "strike", "code", "link"];
    private static readonly string[] Measured = [.. Kept.SkipLast(1)];
    private static readonly string[] Signed = ["strong", "emphasis", "strike"];

    /// <summary>The marks that Markdown has signs for, each shortened until its signs could take effect.</summary>
    public static IReadOnlyList<Mark> Of(MarkedPart text) =>
    [
        .. (text.Marks ?? [])
            .Where(mark => Kept.Contains(mark.Type))
            .Select(mark => Signed.Contains(mark.Type) ? Shortened(mark, text.Text) : mark)
            .Where(mark => mark.Start < mark.End)
            .OrderBy(mark => mark.Start)
            .ThenByDescending(mark => mark.End),
    ];

    /// <summary>Whether Markdown is read as this text with these marks: as many letters under each sign.</summary>
    public static bool Reads(string markdown, string text, IReadOnlyList<Mark> marks)
    {
        var (read, lengths) = (new StringBuilder(), new Dictionary<string, int>(StringComparer.Ordinal));
        if (MarkdownReader.Parse(markdown) is not [ParagraphBlock { Inline: { } inlines }])
            return false;

        Collect(inlines, read, lengths);
        return read.ToString() == text && Measured.All(type => lengths.GetValueOrDefault(type) == marks.Where(mark => mark.Type == type).Sum(mark => Letters(text.AsSpan(mark.Start, mark.End - mark.Start))));
    }

    // A sign beside a space, or between a letter and what is none, is only a sign (CommonMark 6.2).
    private static Mark Shortened(Mark mark, string text)
    {
        var (start, end) = (mark.Start, mark.End);
        while (start < end && !(IsLetter(text, start) || (!char.IsWhiteSpace(text[start]) && (start == 0 || IsSign(text[start - 1])))))
            start++;
        while (start < end && !(IsLetter(text, end - 1) || (!char.IsWhiteSpace(text[end - 1]) && (end == text.Length || IsSign(text[end])))))
            end--;

        return mark with { Start = start, End = end };
    }

    private static bool IsLetter(string text, int at) => char.IsLetterOrDigit(text, at) || char.IsSurrogate(text[at]) || char.IsLowSurrogate(text[at]);

    private static bool IsSign(char c) => char.IsWhiteSpace(c) || (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c));

    private static int Letters(ReadOnlySpan<char> text) => text.Length - text.Count(' ') - text.Count('\n');

    private static string? TypeOf(Inline inline) => inline switch
    {
        CodeInline => "code",
        EmphasisInline { DelimiterChar: '~' } => "strike",
        EmphasisInline { DelimiterCount: 2 } => "strong",
        EmphasisInline => "emphasis",
        _ => null,
    };

    private static void Collect(ContainerInline inlines, StringBuilder read, Dictionary<string, int> lengths)
    {
        foreach (var inline in inlines)
        {
            var start = read.Length;
            switch (inline)
            {
                case LiteralInline literal:
                    read.Append(literal.Content.AsSpan());
                    break;
                case HtmlEntityInline entity:
                    read.Append(entity.Transcoded.AsSpan());
                    break;
                case CodeInline code:
                    read.Append(code.Content);
                    break;
                case LineBreakInline:
                    read.Append('\n');
                    break;
                case ContainerInline inner:
                    Collect(inner, read, lengths);
                    break;
                default:
                    return;
            }

            if (TypeOf(inline) is { } type)
                lengths[type] = lengths.GetValueOrDefault(type) + Letters(read.ToString(start, read.Length - start));
        }
    }
}
