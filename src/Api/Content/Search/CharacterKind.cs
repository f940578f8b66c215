using System.Buffers;
using System.Globalization;
using System.Text;

namespace Galley.Content.Search;

/// <summary>What a character is to whoever looks for words.</summary>
internal enum CharacterKind
{
    /// <summary>It parts words.</summary>
    Gap,

    /// <summary>A letter or digit of a script that parts its words.</summary>
    Spaced,

    /// <summary>A letter of a script that writes its words without gaps, or hangs much on them: Chinese, Japanese, Korean, Thai and its neighbours.</summary>
    Dense,

    /// <summary>It belongs to the letter before it.</summary>
    Mark,

    /// <summary>It is not there: soft hyphens, joiners, marks of direction.</summary>
    Ignored,
}

/// <summary>Tells characters apart.</summary>
internal static class Characters
{
    private static readonly SearchValues<char> ApostropheSigns = SearchValues.Create("'’‘ʼʻʹ＇");

    private static readonly SearchValues<char> HyphenSigns = SearchValues.Create("-‐‑־﹣－");

    private static readonly SearchValues<char> GroupSigns = SearchValues.Create(".,'’\u00A0\u202F\u2009");

    public static bool IsApostrophe(char c) => ApostropheSigns.Contains(c);

    public static bool IsHyphen(char c) => HyphenSigns.Contains(c);

    /// <summary>Whether it parts thousands.</summary>
    public static bool IsGroupSign(char c) => GroupSigns.Contains(c);

    public static bool IsHebrew(char c) => c is >= '\u05D0' and <= '\u05EA';

    public static bool IsArabic(char c) => c is >= '\u0620' and <= '\u06FF';

    /// <summary>Whether it is one of the letters that a gap never parts from the next word.</summary>
    public static bool IsSoutheastAsian(int value) => value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);

    /// <summary>The kind of the character at a place, and how many code units it takes.</summary>
    public static CharacterKind KindAt(ReadOnlySpan<char> text, int at, out int length)
    {
        var c = text[at];
        length = 1;
        if (c < 0x80)
            return char.IsAsciiLetterOrDigit(c) ? CharacterKind.Spaced : CharacterKind.Gap;
        if (char.IsSurrogate(c))
            return Rune.DecodeFromUtf16(text[at..], out var rune, out length) == OperationStatus.Done ? KindOf(rune.Value, Rune.GetUnicodeCategory(rune)) : CharacterKind.Gap;

        return KindOf(c, CharUnicodeInfo.GetUnicodeCategory(c));
    }

    private static CharacterKind KindOf(int value, UnicodeCategory category) => category switch
    {
        UnicodeCategory.Format => CharacterKind.Ignored,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterKind.Mark,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber => CharacterKind.Spaced,
        UnicodeCategory.ModifierLetter when value is 0xFF9E or 0xFF9F => CharacterKind.Mark,
        UnicodeCategory.ModifierLetter when value < 0x10000 && IsApostrophe((char)value) => CharacterKind.Gap,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.LetterNumber => IsDense(value) ? CharacterKind.Dense : CharacterKind.Spaced,
        _ => CharacterKind.Gap,
    };

    private static bool IsDense(int value) => value switch
    {
        < 0x0E00 => false,
        < 0x1800 => IsSoutheastAsian(value) || value is >= 0x1100 and <= 0x11FF,
        < 0x2E80 => false,
        <= 0x9FFF or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFFDC) => true,
        _ => value is >= 0x1B000 and <= 0x1B2FF or (>= 0x20000 and <= 0x3FFFF),
    };
}
