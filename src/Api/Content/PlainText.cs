using System.Buffers;
using System.Globalization;
using System.Text;

namespace Galley.Content;

/// <summary>The rules every text follows: valid Unicode, no controls but tab and newline, stored as NFC.</summary>
internal static class PlainText
{
    private const int MaxMarks = 30;
    private const char BeforeMarks = '\u02FF';

    // CR is no fault: it is read as a newline.
    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\r')), '\u007F', .. Surrogates(), .. Noncharacters()]);

    /// <summary>What is wrong with <paramref name="text"/>, or null when it may be stored.</summary>
    public static string? FindFault(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny(Suspects); at >= 0;)
        {
            if (Rune.DecodeFromUtf16(text[at..], out var rune, out var length) != OperationStatus.Done)
                return "contains half a surrogate pair";

            if (IsNoncharacter(rune.Value) || rune.Value is < 0x20 or 0x7F)
                return string.Create(CultureInfo.InvariantCulture, $"contains U+{rune.Value:X4}, which no text may hold");

            var next = text[(at + length)..].IndexOfAny(Suspects);
            at = next < 0 ? -1 : at + length + next;
        }

        return HasLongRunOfMarks(text) ? $"contains more than {MaxMarks} combining marks in a row" : null;
    }

    // Bringing marks into order takes the square of their number; no language stacks more than a few (UAX #15, Stream-Safe Text Format).
    private static bool HasLongRunOfMarks(ReadOnlySpan<char> text)
    {
        for (int at = 0, run = 0; at < text.Length; at++)
        {
            if (run == 0)
            {
                var next = text[at..].IndexOfAnyExceptInRange('\0', BeforeMarks);
                if (next < 0)
                    return false;

                at += next;
            }

            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            run = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark ? run + 1 : 0;
            if (run > MaxMarks)
                return true;

            at += length - 1;
        }

        return false;
    }

    /// <summary>NFC with LF as the only line end. The text must be without fault.</summary>
    public static string Normalize(string text)
    {
        var lines = text.Contains('\r', StringComparison.Ordinal)
            ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : text;

        return lines.IsNormalized(NormalizationForm.FormC) ? lines : lines.Normalize(NormalizationForm.FormC);
    }

    /// <summary>For finding a name whatever its case and spaces: folded, trimmed, single spaces.</summary>
    public static string FoldName(string name) =>
        string.Join(' ', name.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsNoncharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;

    private static IEnumerable<char> Surrogates() => Enumerable.Range(0xD800, 0x800).Select(c => (char)c);

    private static IEnumerable<char> Noncharacters() => Enumerable.Range(0xFDD0, 0x20).Append(0xFFFE).Append(0xFFFF).Select(c => (char)c);
}
