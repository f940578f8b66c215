using System.Text.RegularExpressions;

namespace Galley.Content;

/// <summary>A BCP 47 language tag in its usual spelling, such as <c>fr</c>, <c>pt-BR</c> or <c>zh-Hans</c>.</summary>
internal readonly partial record struct Language
{
    private const int MaxLength = 35;

    private static readonly HashSet<string> RightToLeftScripts =
        new(["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"], StringComparer.Ordinal);

    // Languages whose usual script runs from right to left (CLDR likely subtags).
    private static readonly HashSet<string> RightToLeftLanguages =
        new(["ar", "arc", "arz", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps",
            "sd", "skr", "syr", "ug", "ur", "yi"], StringComparer.Ordinal);

    private Language(string tag) => Tag = tag;

    public string Tag { get; }

    /// <summary><c>rtl</c> or <c>ltr</c>, by the tag's script or, without one, by its language's usual script.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    public override string ToString() => Tag;

    public static Language Parse(string text) =>
        TryParse(text, out var language) ? language : throw new FormatException($"'{text}' is not a language tag.");

    public static bool TryParse(string? text, out Language language)
    {
        var isWellFormed = text is { Length: <= MaxLength } && Shape().IsMatch(text);
        language = isWellFormed ? new Language(Canonical(text!)) : default;
        return isWellFormed;
    }

    private bool IsRightToLeft
    {
        get
        {
            var subtags = Tag.Split('-');
            var script = subtags.Skip(1).TakeWhile(s => s.Length > 1).FirstOrDefault(s => s.Length == 4 && !char.IsAsciiDigit(s[0]));
            return script is null ? RightToLeftLanguages.Contains(subtags[0]) : RightToLeftScripts.Contains(script);
        }
    }

    // RFC 5646 §2.1.1: lower case, but Title for a script and UPPER for a region, neither behind a singleton.
    private static string Canonical(string text)
    {
        var subtags = text.ToLowerInvariant().Split('-');
        for (var i = 1; i < subtags.Length && subtags[i].Length > 1; i++)
        {
            subtags[i] = subtags[i] switch
            {
                { Length: 2 } region => region.ToUpperInvariant(),
                { Length: 4 } script when !char.IsAsciiDigit(script[0]) => char.ToUpperInvariant(script[0]) + script[1..],
                var other => other,
            };
        }

        return string.Join('-', subtags);
    }

    [GeneratedRegex(@"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
