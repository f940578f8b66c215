using System.Globalization;
using System.Text;

namespace Galley.Content.Search;

/// <summary>
/// Brings a word into the one form under which it is looked up: case, accents, vowel signs and variants of letters make no difference. What a script takes
/// for another letter stays one: й is not и, and the signs of Indian and Thai vowels are no accents.
/// </summary>
internal static class Folding
{
    /// <summary>What is longer is cut, in texts and in questions alike.</summary>
    public const int MaxLength = 64;

    // Of one character: Unicode's compatibility decompositions have 18 code units at most.
    private const int LongestForm = 32;

    private const int Kept = 4_096;

    [ThreadStatic]
    private static string?[]? Forms;

    // By the upper byte of a character; filled as characters are met.
    private static readonly string?[]?[] Pages = new string?[256][];

    // Each letter with what it is looked up as.
    private static readonly Dictionary<char, string> Letters =
        "ßss æae œoe øo đd ðd þth łl ħh ŧt ıi ςσ ךכ םמ ןנ ףפ ץצ ٱا ىي یي ےي ةه ۃه ہه ھه ەه کك ـ"
            .Split(' ').ToDictionary(pair => pair[0], pair => pair[1..]);

    // They are letters of their own, although they can be written as another with a mark.
    private const string Whole = "йїў";

    /// <summary>The form of a piece of text that is one word.</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        var start = word.Length > MaxLength ? word[..MaxLength] : word;
        if (!Ascii.IsValid(start) || start.Length < word.Length)
            return FoldSlowly(word);

        Span<char> folded = stackalloc char[MaxLength];
        Ascii.ToLower(start, folded, out var written);
        return Known(folded[..written]);
    }

    /// <summary>The form of one letter, with its marks, of a script without gaps.</summary>
    public static string FoldDense(ReadOnlySpan<char> letter)
    {
        var kept = new StringBuilder(letter.Length);
        for (var at = 0; at < letter.Length && kept.Length < MaxLength;)
        {
            if (Characters.KindAt(letter, at, out var length) != CharacterKind.Ignored)
                kept.Append(letter.Slice(at, length));
            at += length;
        }

        return kept.ToString().Normalize(NormalizationForm.FormKC);
    }

    private static string FoldSlowly(ReadOnlySpan<char> word)
    {
        Span<char> folded = stackalloc char[MaxLength + LongestForm];
        var length = 0;
        for (var at = 0; at < word.Length && length < MaxLength; at++)
        {
            var form = char.IsHighSurrogate(word[at]) && at + 1 < word.Length ? Compute(word.Slice(at++, 2).ToString()) : FormOf(word[at]);
            form.CopyTo(folded[length..]);
            length += form.Length;
        }

        return Known(folded[..(length > MaxLength && !char.IsLowSurrogate(folded[MaxLength]) ? MaxLength : length)]);
    }

    // A long text says the same words again and again: each is one string, not hundreds of thousands.
    private static string Known(ReadOnlySpan<char> form)
    {
        var known = Forms ??= new string?[Kept];
        ref var place = ref known[(uint)string.GetHashCode(form) % Kept];
        return place is { } same && form.SequenceEqual(same) ? same : place = form.ToString();
    }

    private static string FormOf(char c)
    {
        var page = Pages[c >> 8] ??= new string?[256];
        return page[c & 0xFF] ??= char.IsSurrogate(c) ? string.Empty : Compute(c.ToString());
    }

    private static string Compute(string character)
    {
        if (Whole.Contains(character.ToLowerInvariant(), StringComparison.Ordinal))
            return character.ToLowerInvariant();

        var folded = new StringBuilder();
        foreach (var rune in character.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(rune);
            if (CharUnicodeInfo.GetDecimalDigitValue(lower.ToString(), 0) is >= 0 and var digit)
                folded.Append(digit);
            else if (lower.IsBmp && Letters.TryGetValue((char)lower.Value, out var letters))
                folded.Append(letters);
            else if (IsKept(lower))
                folded.Append(lower.ToString());
        }

        return folded.ToString();
    }

    private static bool IsKept(Rune rune) => Rune.IsLetterOrDigit(rune)
        || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber && !IsAccent(rune.Value));

    // Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel signs of Arabic, dots below Indian letters, variation selectors.
    private static bool IsAccent(int value) => value is
        (>= 0x0300 and <= 0x036F) or (>= 0x0483 and <= 0x0489) or (>= 0x0591 and <= 0x05C7) or (>= 0x0610 and <= 0x061A) or (>= 0x064B and <= 0x065F) or 0x0670
        or (>= 0x06D6 and <= 0x06ED) or (>= 0x08CA and <= 0x08FF) or 0x093C or 0x09BC or 0x0A3C or 0x0ABC or 0x0B3C
        or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE20 and <= 0xFE2F) or (>= 0xE0100 and <= 0xE01EF);
}
