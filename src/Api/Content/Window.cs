namespace Galley.Content;

/// <summary>When readers see an edition: from an instant on, until another.</summary>
internal readonly record struct Window(Instant From, Instant Until)
{
    public bool Holds(Instant now) => From <= now && Until > now;
}
