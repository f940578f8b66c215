using System.Text.RegularExpressions;

namespace Galley.Content;

/// <summary>A BCP 47 language tag in its usual spelling, such as <c>fr</c>, <c>pt-BR</c> or <c>zh-Hans</c>.</summary>
internal readonly partial record struct Language
{
    private const int MaxLength = 35;

    private static readonly HashSet<string> RightToLeftScripts =
        new(["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"], StringComparer.Ordinal);

    // Languages whose usual script runs from right to left (CLDR likely subtags), also by codes of three letters that have one of two.
    private static readonly HashSet<string> RightToLeftLanguages = new(
        ("acm acq acw aeb afb aii ajp apc apd ar ara arc arq ars ary arz ayl azb bal bft bgn bqi brh ckb dcc div dv fa fas glk gwc gwt haz hbo he heb hnd hno iw ji jpr jrb kas khw ks kvx lad lah lrc luz mzn "
        + "nqo ota per phr pnb prs ps pus rhg sam sd sdh shu skr smp snd syr trw ug uig ur urd yi yid").Split(' '),
        StringComparer.Ordinal);

    // Where a language is written otherwise than usual.
    private static readonly HashSet<string> RightToLeftPlaces =
        new(["az-IQ", "az-IR", "ha-CM", "ha-SD", "kk-AF", "kk-CN", "kk-IR", "ku-IQ", "ku-IR", "ky-CN", "ms-CC", "pa-PK", "tg-PK", "tk-AF", "tk-IR", "uz-AF"], StringComparer.Ordinal);

    private static readonly HashSet<string> LeftToRightPlaces = new(["sd-IN", "ug-KZ", "ug-MN"], StringComparer.Ordinal);

    // ISO 639-1: whatever else has two letters is a slip of the pen, such as jp, cz or dk.
    private static readonly HashSet<string> TwoLetters = new(
        ("aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz "
        + "ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os "
        + "pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu").Split(' '),
        StringComparer.Ordinal);

    private Language(string tag) => Tag = tag;

    public string Tag { get; }

    /// <summary><c>rtl</c> or <c>ltr</c>, by the tag's script or, without one, by its language's usual script.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    /// <summary>Whether there may be such a language. Of two letters all are known, of three too many to tell.</summary>
    public bool IsKnown => Tag.Split('-')[0] is var code && (code.Length != 2 || TwoLetters.Contains(code));

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
            var further = subtags.Skip(1).TakeWhile(subtag => subtag.Length > 1).ToList();
            if (further.FirstOrDefault(subtag => subtag.Length == 4 && !char.IsAsciiDigit(subtag[0])) is { } script)
                return RightToLeftScripts.Contains(script);

            var place = further.FirstOrDefault(subtag => subtag.Length == 2) is { } region ? $"{subtags[0]}-{region}" : string.Empty;
            return RightToLeftPlaces.Contains(place) || (RightToLeftLanguages.Contains(subtags[0]) && !LeftToRightPlaces.Contains(place));
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
