using System.Globalization;
using System.Text;

namespace Galley.Content.Body;

/// <summary>How long a body is: its words, and the minutes it takes to read them.</summary>
internal static class ReadingTime
{
    private const double WordsPerMinute = 230;
    private const double IdeographsPerMinute = 500;

    /// <summary>Words are what spaces part and what has a letter or digit; of scripts without spaces each ideograph or kana counts.</summary>
    public static (int Words, int Minutes) Of(IReadOnlyList<Block> blocks)
    {
        var words = 0;
        var ideographs = 0;
        foreach (var text in blocks.SelectMany(TextsOf))
            Count(text, ref words, ref ideographs);

        var minutes = (int)Math.Ceiling((words / WordsPerMinute) + (ideographs / IdeographsPerMinute));
        return (words + ideographs, minutes);
    }

    private static IEnumerable<string> TextsOf(Block block) =>
        new[] { block.Text }
            .Concat((block.Items ?? []).SelectMany(item => (item.Items ?? []).Select(inner => inner.Text).Prepend(item.Text)))
            .Concat((block.Rows ?? []).Prepend(block.Header ?? []).SelectMany(row => row.Select(cell => cell.Text)))
            .OfType<string>();

    private static void Count(string text, ref int words, ref int ideographs)
    {
        var isInWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsIdeograph(rune))
            {
                ideographs++;
                isInWord = false;
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                isInWord = false;
            }
            else if (!isInWord && Rune.IsLetterOrDigit(rune))
            {
                isInWord = true;
                words++;
            }
        }
    }

    // Han, Hiragana, Katakana; Hangul has spaces.
    private static bool IsIdeograph(Rune rune) =>
        rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)
        && Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter;
}
