using System.Globalization;
using System.Text.RegularExpressions;

namespace Galley.Content;

/// <summary>A moment in UTC, in whole milliseconds since 1970: what every date of the contract is.</summary>
internal readonly partial record struct Instant(long Milliseconds) : IComparable<Instant>
{
    // The years 1700 to 2200. Compared as numbers: an offset can carry a date past what the framework's own types hold.
    private static readonly Instant First = From(new DateTimeOffset(1700, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly Instant Beyond = From(new DateTimeOffset(2201, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>An end that never comes. It is later than any instant that may be sent, and still fits six bytes in an index row.</summary>
    public static readonly Instant Never = new(1L << 46);

    public static Instant Max(Instant a, Instant b) => a >= b ? a : b;

    public static Instant Min(Instant a, Instant b) => a <= b ? a : b;

    public static bool operator <(Instant left, Instant right) => left.Milliseconds < right.Milliseconds;

    public static bool operator <=(Instant left, Instant right) => left.Milliseconds <= right.Milliseconds;

    public static bool operator >(Instant left, Instant right) => left.Milliseconds > right.Milliseconds;

    public static bool operator >=(Instant left, Instant right) => left.Milliseconds >= right.Milliseconds;

    public int CompareTo(Instant other) => Milliseconds.CompareTo(other.Milliseconds);

    public Instant Plus(TimeSpan span) => new(Milliseconds + (long)span.TotalMilliseconds);

    public static Instant From(DateTimeOffset moment) => new(moment.ToUnixTimeMilliseconds());

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);

    /// <summary>RFC 3339 in UTC with <c>Z</c>; the fraction only where there is one.</summary>
    public override string ToString() =>
        ToDateTimeOffset().ToString(
            Milliseconds % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            CultureInfo.InvariantCulture);

    /// <summary>Reads RFC 3339 with an offset, years 1700 to 2200. Digits beyond the millisecond are dropped.</summary>
    public static bool TryParse(string text, out Instant instant)
    {
        instant = default;

        if (!Rfc3339().IsMatch(text)
            || !DateTime.TryParseExact(text[..19].ToUpperInvariant(), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || !TryParseOffset(text, out var offset))
        {
            return false;
        }

        // Not DateTimeOffset.Parse: it knows offsets up to 14 hours only, RFC 3339 up to 23:59.
        var utc = new DateTimeOffset(local, TimeSpan.Zero).ToUnixTimeMilliseconds() + FractionOf(text) - offset;
        instant = new Instant(utc);

        return instant >= First && instant < Beyond;
    }

    private static long FractionOf(string text)
    {
        if (text[19] != '.')
            return 0;

        var digits = text.AsSpan(20);
        var length = digits.IndexOfAnyExceptInRange('0', '9');

        return int.Parse(digits[..Math.Min(length, 3)], CultureInfo.InvariantCulture) * (length switch { 1 => 100, 2 => 10, _ => 1 });
    }

    private static bool TryParseOffset(string text, out long milliseconds)
    {
        milliseconds = 0;
        if (text[^1] is 'Z' or 'z')
            return true;

        var hours = int.Parse(text.AsSpan(text.Length - 5, 2), CultureInfo.InvariantCulture);
        var minutes = int.Parse(text.AsSpan(text.Length - 2, 2), CultureInfo.InvariantCulture);
        milliseconds = ((hours * 60L) + minutes) * 60_000 * (text[^6] == '-' ? -1 : 1);

        return hours <= 23 && minutes <= 59;
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
