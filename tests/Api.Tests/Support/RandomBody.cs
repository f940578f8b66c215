using Galley.Content;
using Galley.Content.Body;

namespace Galley.Tests.Support;

/// <summary>Bodies of every block type, with marks across each other. Tidy ones hold only what markup can hold; wild ones whatever may be sent.</summary>
internal sealed class RandomBody(Random dice, bool isWild)
{
    private static readonly string[] Words =
    [
        "a", "l’offensive", "«\u00A0éclair\u00A0»", "1.", "2)", "-", "+", "#", "##", "*", "**", "_x_", "__", "`", "``", "~~", "[a](b)", "![x]", "<b>", "</p>", "&amp;", "&lt;", "&", "|", "\\", "===", "---", "***",
        "https://e.org/?a=1&b=2", "javascript:alert(1)", "(", ")", "]", "[", "]:", "](", "!", "😀", "السلام", "日本語", "e\u0301", "snake_case_word", "5*3*2", "\"", "'", "x—", "> q", "~", ":", ":---", "a|b", "\u202F!", "<!--",
        "-->", "]]>", "<script>", "&#x41;", "&copy;", "a\u2028b", "x\u00A0b", "\u200B", "$", "^", "{", "}", "%", "ß", "Ł", "ﷺ",
    ];

    private static readonly string[] Spaces = ["  ", "\t", "\n\n", " \n", "\n ", "    ", "\n\n\n", "\u00A0", "\u2003"];
    private static readonly string[] Types = ["strong", "emphasis", "underline", "strike", "superscript", "subscript", "code", "link"];
    private static readonly string[] Urls = ["https://e.org/", "https://e.org/a_(b)?c=1&copy=2&d=*x*", "http://e.org/a,", "https://e.org/%C3%A9#f'g", "https://xn--mgbh0fb.example/~a/[]", "https://e.org/a;b=!$"];

    public bool IsForMarkdown { get; init; }

    public IReadOnlyList<Block> Next() => BlockNormalizer.Normalize([.. Enumerable.Range(0, dice.Next(1, 6)).Select(_ => Block())]);

    private Block Block() => dice.Next(IsForMarkdown && !isWild ? 10 : 13) switch
    {
        0 => new Block { Type = "heading", Level = dice.Next(2, 5), Text = Text(out var marks, !IsForMarkdown), Marks = marks },
        1 => Quote(),
        2 => new Block { Type = "list", Ordered = dice.Next(2) == 0, Items = [.. Enumerable.Range(0, dice.Next(isWild ? 0 : 1, 4)).Select(_ => Item(1))] },
        3 => Table(),
        4 => new Block { Type = "code", Text = Code(), Language = dice.Next(3) switch { 0 => "c++", 1 => isWild ? "a \"b\"" : "c#", _ => null } },
        5 => new Block { Type = "divider" },
        6 => new Block { Type = "image", Image = Image() },
        10 => new Block { Type = "embed", Provider = isWild ? Any() : "somebody \"else\"", Url = "https://e.org/embed?a=1&b=2", Title = Maybe() },
        11 => new Block { Type = "correction", At = new Instant(1_764_662_400_000 + dice.Next(1000)), Text = Text(out var marks), Marks = marks },
        12 => new Block { Type = "gallery", Images = [.. Enumerable.Range(0, dice.Next(isWild ? 0 : 1, 4)).Select(_ => Image())] },
        _ => new Block { Type = "paragraph", Text = Text(out var marks), Marks = marks },
    };

    private Block Quote()
    {
        var (first, second) = (Text(out var marks), Text(out var more));
        if (dice.Next(2) == 0)
            return new Block { Type = "quote", Text = first, Marks = marks, Attribution = Maybe(), SourceUrl = dice.Next(2) == 0 ? Url() : null };

        var start = first.Length + 2;
        return new Block { Type = "quote", Text = $"{first}\n\n{second}", Marks = [.. marks ?? [], .. (more ?? []).Select(mark => mark with { Start = mark.Start + start, End = mark.End + start })], Attribution = Maybe() };
    }

    private ListItem Item(int level) => new()
    {
        Text = Text(out var marks),
        Marks = marks,
        Items = level == 1 && dice.Next(3) == 0 ? [.. Enumerable.Range(0, dice.Next(1, 3)).Select(_ => Item(2))] : null,
    };

    private Block Table()
    {
        var columns = dice.Next(2, 4);
        return new Block
        {
            Type = "table",
            Header = dice.Next(2) == 0 ? Row() : null,
            Rows = [.. Enumerable.Range(0, dice.Next(isWild ? 0 : 1, 4)).Select(_ => Row())],
        };

        IReadOnlyList<TableCell> Row() => [.. Enumerable.Range(0, isWild ? dice.Next(4) : columns).Select(_ => new TableCell { Text = Text(out var marks, !IsForMarkdown), Marks = marks })];
    }

    private string Code() => isWild ? Any() + "\n  " + Any() : $"var a = 1;\n\n\tif (a < b && \"{Word()}\")\n    ```{Word()}";

    private Image Image() => new()
    {
        Url = Url(),
        Alt = Maybe(),
        Caption = Maybe(),
        Credit = IsForMarkdown && !isWild ? null : Maybe(),
        Width = IsForMarkdown && !isWild ? null : 1600,
        Height = isWild || !IsForMarkdown ? 900 : null,
        Bytes = isWild ? 1 : null,
        ContentType = isWild ? "image/jpeg" : null,
        FocalPoint = isWild ? new FocalPoint { X = 0.5, Y = 0.5 } : null,
        Renditions = IsForMarkdown && !isWild || dice.Next(2) == 0 ? null
            :
            [
                .. isWild ? [new Rendition { Url = "https://e.org/r," }, new Rendition { Url = "https://e.org/r,,", Width = 2, Bytes = 1, Height = 3 }] : Array.Empty<Rendition>(),
                new Rendition { Url = "https://e.org/r.webp?a,b&c", Width = 320, ContentType = "image/webp" }, new Rendition { Url = "https://e.org/r.jpg", Width = 640 },
            ],
    };

    private string Url() => dice.Next(isWild ? 2 : 1) == 0 ? Urls[dice.Next(Urls.Length)] : "https://www.youtube.com/watch?v=abc";

    private string? Maybe() => dice.Next(2) == 0 ? null : isWild ? Any() : string.Join(' ', Enumerable.Range(0, dice.Next(1, 4)).Select(_ => Word()));

    private string Any() => dice.Next(8) == 0 ? string.Empty : Text(out _);

    private string Word() => PlainText.Normalize(Words[dice.Next(Words.Length)]);

    private string Text(out IReadOnlyList<Mark>? marks, bool mayBreak = true)
    {
        var text = Word();
        for (var more = dice.Next(isWild ? 9 : 6); more > 0; more--)
            text += dice.Next(4) switch { 0 when isWild => Spaces[dice.Next(Spaces.Length)], 1 when mayBreak => "\n", 2 when isWild => string.Empty, _ => " " } + Word();

        text = PlainText.Normalize(text);
        marks = dice.Next(3) == 0 ? null : Marks(text);
        return text;
    }

    // Where signs take effect in Markdown: between words, inside each other.
    private static bool IsPlain(string text, int start, int end, List<Mark> marks) =>
        char.IsLetter(text[start]) && char.IsLetter(text[end - 1]) && marks.TrueForAll(mark => mark.End <= start || mark.Start >= end || (mark.Start <= start && mark.End >= end) || (start <= mark.Start && end >= mark.End));

    // Tidy marks begin and end with words, wild ones anywhere between code points.
    private List<Mark>? Marks(string text)
    {
        var edges = Enumerable.Range(0, text.Length + 1).Where(at => isWild
            ? at == 0 || at == text.Length || !char.IsLowSurrogate(text[at])
            : at == 0 || at == text.Length || text[at] is ' ' or '\n' || text[at - 1] is ' ' or '\n').ToList();
        var marks = new List<Mark>();
        foreach (var type in IsForMarkdown && !isWild ? ["strong", "emphasis", "strike", "link"] : Types)
        {
            if (dice.Next(3) > 0 || edges.Count < 2)
                continue;

            var (one, two) = (edges[dice.Next(edges.Count)], edges[dice.Next(edges.Count)]);
            var (start, end) = (Math.Min(one, two), Math.Max(one, two));
            while (!isWild && start < end && text[start] is ' ' or '\n')
                start++;
            while (!isWild && start < end && text[end - 1] is ' ' or '\n')
                end--;
            if (start < end && (isWild || !IsForMarkdown || IsPlain(text, start, end, marks)))
                marks.Add(new Mark { Type = type, Start = start, End = end, Href = type == "link" ? Url() : null });
        }

        return marks.Count == 0 ? null : marks;
    }
}
