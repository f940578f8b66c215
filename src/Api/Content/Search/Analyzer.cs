namespace Galley.Content.Search;

/// <summary>
/// Reads the words of a text, for the index and for questions alike. Words are parted by gaps; of `l’Iran` only the noun counts, `Iran’s` is Iran, parts
/// joined by hyphens are words side by side and are found joined too, `1.000` is 1000, `U.S.` is one word. Scripts without gaps are read in pairs of letters.
/// </summary>
internal sealed class Analyzer
{
    /// <summary>Moves with every change of what it reads: the index is built again then.</summary>
    public const long Version = 1;

    // Of a word with the gap behind it.
    private const int TypicalLength = 6;

    private static readonly HashSet<string> Elisions = new(
        ["l", "d", "qu", "j", "n", "s", "m", "t", "c", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "dell", "all", "nell", "sull", "dall"], StringComparer.Ordinal);

    private readonly string _text;
    private readonly List<SearchToken> _words;
    private readonly List<SearchToken> _others = [];
    private int _at;

    private Analyzer(string text)
    {
        _text = text;
        _words = new List<SearchToken>(text.Length / TypicalLength);
    }

    public static SearchTokens Read(string text)
    {
        var analyzer = new Analyzer(text);
        analyzer.Read();
        return new SearchTokens(analyzer._words, analyzer._others);
    }

    private void Read()
    {
        while (_at < _text.Length)
        {
            switch (Characters.KindAt(_text, _at, out var length))
            {
                case CharacterKind.Spaced:
                    ReadCompound();
                    break;
                case CharacterKind.Dense:
                    ReadDense();
                    break;
                default:
                    _at += length;
                    break;
            }
        }
    }

    private void ReadCompound()
    {
        var first = _words.Count;
        do
            ReadWord();
        while (Take(Characters.IsHyphen));

        if (_words.Count - first < 2)
            return;

        if (_words.Skip(first).Sum(word => word.Form.Length) <= Folding.MaxLength)
            _others.Add(new SearchToken(string.Concat(_words.Skip(first).Select(word => word.Form)), _words[first].Start, _words[^1].End));
    }

    private void ReadWord()
    {
        var piece = TakePiece();
        // Most words: no sign behind them could belong to one.
        if (_at == _text.Length || _text[_at] == ' ')
        {
            Add(piece);
            return;
        }

        while (Elisions.Contains(piece.Form) && Take(Characters.IsApostrophe))
            piece = TakePiece();

        var word = TakeGroups(TakeInitials(piece));
        while (Take(Characters.IsApostrophe))
        {
            var next = TakePiece();
            if (next.Form == "s" && !IsJoined(_at, Characters.IsApostrophe))
                break;

            if (char.IsAsciiLetter(next.Form.FirstOrDefault()))
                _others.AddRange(word == piece ? [piece, next] : [next]);
            word = Join(word, next);
        }

        Add(word);
    }

    private void Add(SearchToken word)
    {
        if (word.Form.Length == 0)
            return;

        _words.Add(word);
        foreach (var form in Prefixes.Within(word.Form))
            _others.Add(word with { Form = form });
    }

    private SearchToken TakePiece()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at]))
            _at++;

        var end = _at;
        while (_at < _text.Length)
        {
            var kind = Characters.KindAt(_text, _at, out var length);
            if (kind is not (CharacterKind.Spaced or CharacterKind.Mark or CharacterKind.Ignored) && !IsWithinHebrew())
                break;

            _at += length;
            if (kind != CharacterKind.Ignored)
                end = _at;
        }

        return new SearchToken(FormOf(start, end), start, end);
    }

    private string FormOf(int start, int end) => Folding.Fold(_text.AsSpan(start, end - start));

    // The sign of abbreviations, often written as a quotation mark, and of foreign sounds, written as an apostrophe.
    private bool IsWithinHebrew() =>
        _at > 0 && _at + 1 < _text.Length && (_text[_at] is '"' or '״' or '”' or '“' or '׳' || Characters.IsApostrophe(_text[_at])) && Characters.IsHebrew(_text[_at - 1]) && Characters.IsHebrew(_text[_at + 1]);

    private bool IsJoined(int at, Func<char, bool> isSign) =>
        at + 1 < _text.Length && isSign(_text[at]) && Characters.KindAt(_text, at + 1, out _) == CharacterKind.Spaced;

    private bool Take(Func<char, bool> isSign)
    {
        if (!IsJoined(_at, isSign))
            return false;

        _at++;
        return true;
    }

    // No longer than a form may be, or a chain of a million letters would be copied a million times.
    private static SearchToken Join(SearchToken word, SearchToken next) =>
        word with { Form = word.Form.Length + next.Form.Length > Folding.MaxLength ? word.Form : word.Form + next.Form, End = next.End };

    // Single letters with dots between them.
    private SearchToken TakeInitials(SearchToken piece)
    {
        while (piece.Form.Length > 0 && char.IsLetter(piece.Form[^1]) && _at - piece.Start == (2 * piece.Form.Length) - 1 && IsInitial(_at + 1) && _text[_at] == '.')
        {
            _at++;
            var next = TakePiece();
            piece = Join(piece, next);
        }

        return piece;
    }

    private bool IsInitial(int at) =>
        at < _text.Length && char.IsLetter(_text[at]) && Characters.KindAt(_text, at, out _) == CharacterKind.Spaced
        && (at + 1 == _text.Length || Characters.KindAt(_text, at + 1, out _) == CharacterKind.Gap);

    // Threes of digits with the same sign between them.
    private SearchToken TakeGroups(SearchToken piece)
    {
        if (piece.Form.Length is 0 or > 3 || piece.Form[0] == '0' || !piece.Form.All(char.IsAsciiDigit) || _at >= _text.Length || !Characters.IsGroupSign(_text[_at]))
            return piece;

        var sign = _text[_at];
        while (_at < _text.Length && _text[_at] == sign && IsGroup(_at + 1))
        {
            piece = Join(piece, new SearchToken(FormOf(_at + 1, _at + 4), _at + 1, _at + 4));
            _at += 4;
        }

        return piece;
    }

    private bool IsGroup(int at) =>
        at + 3 <= _text.Length && char.IsDigit(_text[at]) && char.IsDigit(_text[at + 1]) && char.IsDigit(_text[at + 2])
        && (at + 3 == _text.Length || Characters.KindAt(_text, at + 3, out _) == CharacterKind.Gap);

    private void ReadDense()
    {
        SearchToken? before = null;
        var count = 0;
        while (TakeDenseLetter() is { } letter)
        {
            if (before is { } first)
                _words.Add(new SearchToken(first.Form + letter.Form, first.Start, letter.End));
            if (!Characters.IsSoutheastAsian(letter.Form[0]))
                _others.Add(letter);

            before = letter;
            count++;
        }

        if (count == 1)
            _words.Add(before!.Value);
    }

    private SearchToken? TakeDenseLetter()
    {
        var (start, end) = (_at, _at);
        while (_at < _text.Length)
        {
            var kind = Characters.KindAt(_text, _at, out var length);
            if (kind is not (CharacterKind.Dense or CharacterKind.Mark or CharacterKind.Ignored) || (kind == CharacterKind.Dense && end > start))
                break;

            _at += length;
            if (kind != CharacterKind.Ignored)
                end = _at;
        }

        return end == start ? null : new SearchToken(Folding.FoldDense(_text.AsSpan(start, end - start)), start, end);
    }
}
