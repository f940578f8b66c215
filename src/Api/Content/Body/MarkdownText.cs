using System.Text;

namespace Galley.Content.Body;

/// <summary>Writes a marked text as Markdown: whatever could be read as markup is escaped, and marks that Markdown has none for are left out.</summary>
internal sealed class MarkdownText : INestedText
{
    // Reading takes the square of the signs in one text; nobody sets this many.
    private const int MaxRead = 100;
    private const int MaxWork = 200_000;

    private readonly StringBuilder _markdown = new();
    private readonly List<Mark> _due = [];
    private bool _isAtLineStart = true;
    private bool _isInNumber;
    private bool _isCode;
    private char _previous;

    private MarkdownText()
    {
    }

    /// <summary>The text of a paragraph or item: lines end in hard breaks. Empty where nothing shows.</summary>
    public static string Lines(IMarkedText text) => Write(CollapsedText.Of(text));

    /// <summary>The text of a heading or cell, which have one line.</summary>
    public static string Line(IMarkedText text, bool isCell = false)
    {
        var line = CollapsedText.Of(new MarkedPart(text.Text!.Replace('\n', ' '), text.Marks));
        // Whether a bar in code ends the cell, programs disagree.
        return Write(isCell && line.Text.Contains('|', StringComparison.Ordinal) ? line with { Marks = line.Marks?.Where(mark => mark.Type != "code").ToList() } : line);
    }

    public static string Line(string text) => Line(new MarkedPart(text, null));

    /// <summary>Where a link leads, in a form that nothing in it can end.</summary>
    public static string Destination(string url)
    {
        var escaped = url.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("&", "\\&", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal).Replace(">", "\\>", StringComparison.Ordinal);
        return escaped.AsSpan().IndexOfAny("()\\ ") < 0 && escaped.Length > 0 ? escaped : $"<{escaped}>";
    }

    // What begins with a space, because another mark ends there, has its sign behind it.
    void INestedText.Open(Mark mark)
    {
        _isCode |= mark.Type == "code";
        _due.Add(mark);
    }

    void INestedText.Append(ReadOnlySpan<char> text)
    {
        var words = text.IndexOfAnyExcept(' ', '\n');
        Escape(words < 0 ? text : text[..words]);
        if (words < 0)
            return;

        text = text[words..];
        foreach (var mark in _due)
            Sign(mark.Type == "link" ? "[" : SignOf(mark));
        _due.Clear();
        if (_isCode)
            Code(text.ToString());
        else
            Escape(text);
    }

    void INestedText.Close(Mark mark)
    {
        _isCode &= mark.Type != "code";
        if (_due.Remove(mark))
            return;

        Sign(mark.Type == "link" ? $"]({Destination(mark.Href!)})" : SignOf(mark));
    }

    // Which signs take effect depends on what stands beside them. Where they would not, the text goes without: it is never changed.
    private static string Write(MarkedPart text)
    {
        var marks = MarkdownMarks.Of(text);
        var links = marks.Where(mark => mark.Type == "link").ToList();
        if (links.Count == marks.Count || marks.Count > MaxRead || (long)marks.Count * text.Text.Length > MaxWork)
            return Write(text.Text, links);

        var written = Write(text.Text, marks);
        return MarkdownMarks.Reads(written, text.Text, marks) ? written : Write(text.Text, links);
    }

    private static string Write(string text, IReadOnlyList<Mark> marks)
    {
        var output = new MarkdownText();
        NestedMarks.Walk(text, marks, output, innermost: "code");
        return output._markdown.ToString();
    }

    private static string SignOf(Mark mark) => mark.Type switch
    {
        "strong" => "**",
        "emphasis" => "*",
        "strike" => "~~",
        _ => string.Empty,
    };

    private void Sign(string sign)
    {
        _markdown.Append(sign);
        _isAtLineStart &= sign.Length == 0;
        _isInNumber &= sign.Length == 0;
        _previous = sign.Length == 0 ? _previous : default;
    }

    // A span of code is of one line, and longer than any run of its signs inside.
    private void Code(string text)
    {
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (index > 0)
                Break();
            if (line.Length == 0)
                continue;

            var fence = new string('`', LongestRun(line, '`') + 1);
            var pad = line[0] is '`' or ' ' || line[^1] is '`' or ' ' ? " " : string.Empty;
            Sign($"{fence}{pad}{line}{pad}{fence}");
        }
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '\n')
            {
                Break();
                continue;
            }

            var next = at + 1 < text.Length ? text[at + 1] : default;
            var isReferred = IsReferred(c, next);
            if (!isReferred && NeedsEscape(c, next))
                _markdown.Append('\\');
            if (isReferred)
                _markdown.Append("&#").Append((int)c).Append(';');
            else
                _markdown.Append(c);

            _isInNumber = char.IsAsciiDigit(c) && (_isAtLineStart || _isInNumber);
            _isAtLineStart = false;
            _previous = c;
        }
    }

    // Programs trim other spaces than ours, and take an escaped backtick for one of those that follow.
    private bool IsReferred(char c, char next) => next == default ? c == '`' || IsWideSpace(c) : IsWideSpace(c) && (_isAtLineStart || next == '\n');

    private static bool IsWideSpace(char c) => c > '\u007F' && char.IsWhiteSpace(c);

    private bool NeedsEscape(char c, char next) => c switch
    {
        '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '~' or '|' => true,
        '&' => char.IsAsciiLetter(next) || next is '#' or default(char),
        // Before the bracket of a link it would make a picture of it.
        '!' => next == default,
        '(' or ':' => _previous == ']' || (c == ':' && _isAtLineStart),
        '#' or '+' or '-' or '=' => _isAtLineStart,
        '.' or ')' => _isInNumber,
        _ => false,
    };

    private void Break()
    {
        _markdown.Append("\\\n");
        (_isAtLineStart, _isInNumber, _previous) = (true, false, default);
    }

    public static int LongestRun(string text, char sign)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == sign ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
