using System.Globalization;

namespace Galley.Tests.Support;

/// <summary>A clock that stands still until a test turns it.</summary>
public sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.Parse("2026-01-15T09:00:00Z", CultureInfo.InvariantCulture);

    public DateTimeOffset Now => _now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan span) => _now += span;

    public void TurnTo(DateTimeOffset instant) => _now = instant;

    /// <summary>An instant this far from now, as it is written on the wire.</summary>
    public string In(TimeSpan span) => (_now + span).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
