using System.Globalization;
using System.Text.RegularExpressions;

namespace Galley.Tool.Import;

/// <summary>Reads the dates of feeds and archives: RFC 3339, RFC 822 with named zones, and what is unambiguous beside them. What names no zone is UTC.</summary>
internal static partial class WrittenDate
{
    private static readonly Dictionary<string, string> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = "+00:00",
        ["UTC"] = "+00:00",
        ["GMT"] = "+00:00",
        ["Z"] = "+00:00",
        ["EST"] = "-05:00",
        ["EDT"] = "-04:00",
        ["CST"] = "-06:00",
        ["CDT"] = "-05:00",
        ["MST"] = "-07:00",
        ["MDT"] = "-06:00",
        ["PST"] = "-08:00",
        ["PDT"] = "-07:00",
    };

    private static readonly string[] Forms =
    [
        "d MMM yyyy H:mm:ss zzz", "d MMM yyyy H:mm zzz", "d MMM yy H:mm:ss zzz", "d MMM yy H:mm zzz", "d MMM yyyy H:mm:ss", "d MMM yyyy H:mm", "d MMM yyyy", "d MMMM yyyy H:mm:ss zzz", "d MMMM yyyy",
        "yyyy-M-d H:mm:ss", "yyyy-M-d H:mm", "yyyy-M-d", "yyyy-M-d H:mm:ss zzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm",
        "yyyyMMdd'T'HHmmsszzz", "yyyyMMdd'T'HHmmss", "yyyyMMdd", "yyyy/M/d H:mm:ss", "yyyy/M/d", "MMMM d, yyyy", "MMM d, yyyy", "MMM d yyyy H:mm:ss", "MMM d H:mm:ss yyyy",
    ];

    public static DateTimeOffset? Read(string text)
    {
        if (text.Length > 100)
            return null;

        var plain = Weekday().Replace(text.Trim(), string.Empty);
        plain = Zone().Replace(plain, match => Zones.TryGetValue(match.Groups[2].Value, out var offset) ? (match.Groups[1].Value + offset) : match.Value);
        plain = Offset().Replace(plain, "$1:$2");
        return DateTimeOffset.TryParseExact(plain, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var date) ? date : null;
    }

    [GeneratedRegex(@"^[A-Za-z]{3,9},?\s+(?=\d|[A-Z][a-z]{2} +\d+ \d)", RegexOptions.CultureInvariant)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"(\d\s*)([A-Za-z]{1,3})$", RegexOptions.CultureInvariant)]
    private static partial Regex Zone();

    [GeneratedRegex(@"(?<=\d[ T]*[\d:.]*\s*)([+-]\d\d)(\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Offset();
}
