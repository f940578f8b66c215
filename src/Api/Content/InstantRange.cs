namespace Galley.Content;

/// <summary>A stretch of time, half-open: after ≤ x &lt; before. An end that is not given is open.</summary>
internal readonly record struct InstantRange(Instant? After, Instant? Before)
{
    public bool IsWhole => After is null && Before is null;

    /// <summary>The first millisecond within it.</summary>
    public long From => After?.Milliseconds ?? long.MinValue;

    /// <summary>The first millisecond behind it.</summary>
    public long Until => Before?.Milliseconds ?? long.MaxValue;

    public bool Holds(long milliseconds) => milliseconds >= From && milliseconds < Until;
}
