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
        var source = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
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

    private static bool IsKept(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // A mark on a Latin letter, vowel signs of Arabic and Hebrew, tatweel, soft hyphen, variation selectors: not part of the word's letters.
    private static bool IsDropped(Rune rune, Rune previous) =>
        rune.Value is 0x00AD or 0x0640 or (>= 0xFE00 and <= 0xFE0F) or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x06D6 and <= 0x06ED) or (>= 0x0591 and <= 0x05C7)
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
