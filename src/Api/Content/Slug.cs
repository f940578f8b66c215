using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Galley.Content;

/// <summary>The last segment of an address: lower-case letters and digits of any script, joined by single hyphens.</summary>
internal static class Slug
{
    public const int MaxLength = 200;

    // Long headlines make long addresses; nobody reads past this.
    private const int MaxMade = 120;
    private const int MaxCodePoints = 8;

    // Latin letters that Unicode does not take apart into a base letter and a mark.
    private static readonly Dictionary<int, string> Folded = new()
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ł'] = "l",
        ['ħ'] = "h",
        ['ı'] = "i",
        // The invariant culture has no lower case for it.
        ['İ'] = "i",
        ['ŋ'] = "ng",
        ['ŧ'] = "t",
    };

    // What follows an English apostrophe inside a word: "don't" is one word, "l'offensive" are two.
    private static readonly HashSet<string> EnglishEndings = new(["s", "t", "d", "m", "re", "ve", "ll"], StringComparer.Ordinal);

    /// <summary>Whether <paramref name="text"/> has the form of a slug, whoever made it.</summary>
    public static bool IsValid(string text) =>
        text.Length is > 0 and <= MaxLength
        && text[0] != '-' && text[^1] != '-' && !text.Contains("--", StringComparison.Ordinal)
        && text.EnumerateRunes().All(rune => rune.Value == '-' || (IsKept(rune) && Rune.ToLowerInvariant(rune) == rune))
        && text.IsNormalized(NormalizationForm.FormC);

    /// <summary>Makes a slug of any text: Latin letters lose their accents, other scripts are kept. Never empty.</summary>
    public static string From(string text, int maxLength = MaxMade)
    {
        var slug = new StringBuilder(text.Length);
        var source = Compatible(text).ToLowerInvariant();
        var previous = default(Rune);

        for (var i = 0; i < source.Length;)
        {
            Rune.DecodeFromUtf16(source.AsSpan(i), out var rune, out var length);
            i += length;

            if (IsDropped(rune, previous) || (IsApostrophe(rune) && IsInsideEnglishWord(source, i)))
                continue;

            if (!IsKept(rune))
                Separate(slug);
            else if (IsLatin(rune))
                AppendLatin(slug, rune);
            else
                slug.Append(rune.ToString());

            previous = rune;
        }

        var made = Cut(slug.ToString().Normalize(NormalizationForm.FormC).Trim('-'), maxLength);
        return made.Length > 0 ? made : ByCodePoints(text);
    }

    // The compatible form, in which a ligature is its letters and a wide letter a letter; but Thai and Lao write their am as one.
    private static string Compatible(string text) =>
        text.Normalize(NormalizationForm.FormKC).Replace("\u0E4D\u0E32", "\u0E33", StringComparison.Ordinal).Replace("\u0ECD\u0EB2", "\u0EB3", StringComparison.Ordinal);

    private static void Separate(StringBuilder slug)
    {
        if (slug.Length > 0 && slug[^1] != '-')
            slug.Append('-');
    }

    private static void AppendLatin(StringBuilder slug, Rune rune)
    {
        if (rune.IsAscii)
            slug.Append((char)rune.Value);
        else if (Folded.TryGetValue(rune.Value, out var letters))
            slug.Append(letters);
        else
            slug.Append(string.Concat(rune.ToString().Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)));
    }

    private static bool IsKept(Rune rune) => !IsInvisible(rune)
        && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    // Controls of direction and joining, soft hyphens, fillers, variation selectors: two addresses that nobody could tell apart. Some count as letters or marks.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);

    // Inside a word of Arabic script the non-joiner parts what is written apart; elsewhere it only shapes letters.
    private static bool IsParting(Rune rune, Rune previous) => rune.Value == 0x200C && previous.Value is >= 0x0600 and <= 0x08FF;

    // A mark on a Latin letter, vowel signs of Arabic and Hebrew, tatweel, what nobody sees: not part of the word's letters.
    private static bool IsDropped(Rune rune, Rune previous) =>
        (IsInvisible(rune) && !IsParting(rune, previous)) || rune.Value is 0x0640 or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x06D6 and <= 0x06ED) or (>= 0x0591 and <= 0x05C7)
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark && (previous == default || IsLatin(previous) || !IsKept(previous)));

    private static bool IsLatin(Rune rune) => Rune.IsLetterOrDigit(rune)
        && rune.Value is < 0x0250 or (>= 0x1E00 and <= 0x1EFF) or (>= 0x2C60 and <= 0x2C7F) or (>= 0xA720 and <= 0xA7FF) or (>= 0xAB30 and <= 0xAB6F);

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or 0x2019;

    private static bool IsInsideEnglishWord(string source, int after)
    {
        var end = after;
        while (end < source.Length && char.IsLetter(source[end]))
            end++;

        return after >= 2 && char.IsLetter(source[after - 2]) && EnglishEndings.Contains(source[after..end]);
    }

    private static string Cut(string slug, int maxLength)
    {
        if (slug.Length <= maxLength)
            return slug;

        var hyphen = slug.LastIndexOf('-', maxLength);
        var end = hyphen > maxLength / 2 ? hyphen : maxLength - (char.IsHighSurrogate(slug[maxLength - 1]) ? 1 : 0);
        return slug[..end].TrimEnd('-');
    }

    // A headline of emoji still needs an address; a long one is told from others that begin alike.
    private static string ByCodePoints(string text)
    {
        if (text.Length == 0)
            return "0";

        var runes = text.EnumerateRunes().ToList();
        var shown = string.Join('-', runes.Take(MaxCodePoints).Select(rune => rune.Value.ToString("x", CultureInfo.InvariantCulture)));
        return runes.Count <= MaxCodePoints ? shown : $"{shown}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8]}";
    }
}
