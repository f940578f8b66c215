using System.Globalization;

namespace Galley.Content;

/// <summary>A moment in UTC, in whole milliseconds since 1970: what every date of the contract is.</summary>
internal readonly record struct Instant(long Milliseconds) : IComparable<Instant>
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
        string.Concat(ToDateTimeOffset().UtcDateTime.ToString("O", CultureInfo.InvariantCulture).AsSpan(0, Milliseconds % 1000 == 0 ? 19 : 23), "Z");

    /// <summary>Reads RFC 3339 with an offset, years 1700 to 2200. Digits beyond the millisecond are dropped.</summary>
    public static bool TryParse(string text, out Instant instant)
    {
        instant = default;

        if (!IsFormed(text) || !TryReadDate(text, out var local) || !TryParseOffset(text, out var offset))
            return false;

        // Not DateTimeOffset.Parse: it knows offsets up to 14 hours only, RFC 3339 up to 23:59.
        var utc = new DateTimeOffset(local, TimeSpan.Zero).ToUnixTimeMilliseconds() + FractionOf(text) - offset;
        instant = new Instant(utc);

        return instant >= First && instant < Beyond;
    }

    // By hand: each article that is read has four.
    private static bool IsFormed(ReadOnlySpan<char> text)
    {
        const string Date = "0000-00-00T00:00:00";
        if (text.Length <= Date.Length || !HasForm(text[..Date.Length], Date))
            return false;

        var rest = text[Date.Length..];
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9)
                return false;
            rest = rest[(digits + 1)..];
        }

        return rest is "Z" or "z" || HasForm(rest, "+00:00") || HasForm(rest, "-00:00");
    }

    private static bool HasForm(ReadOnlySpan<char> text, string form)
    {
        if (text.Length != form.Length)
            return false;

        for (var i = 0; i < form.Length; i++)
        {
            if (form[i] == '0' ? !char.IsAsciiDigit(text[i]) : text[i] != form[i] && (form[i] != 'T' || text[i] != 't'))
                return false;
        }

        return true;
    }

    private static bool TryReadDate(ReadOnlySpan<char> text, out DateTime date)
    {
        var (year, month, day) = ((Two(text) * 100) + Two(text[2..]), Two(text[5..]), Two(text[8..]));
        var (hour, minute, second) = (Two(text[11..]), Two(text[14..]), Two(text[17..]));
        var isOne = year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour <= 23 && minute <= 59 && second <= 59;
        date = isOne ? new DateTime(year, month, day, hour, minute, second) : default;
        return isOne;
    }

    private static int Two(ReadOnlySpan<char> digits) => ((digits[0] - '0') * 10) + digits[1] - '0';

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

        var (hours, minutes) = (Two(text.AsSpan(text.Length - 5)), Two(text.AsSpan(text.Length - 2)));
        milliseconds = ((hours * 60L) + minutes) * 60_000 * (text[^6] == '-' ? -1 : 1);

        return hours <= 23 && minutes <= 59;
    }
}
