using Galley.Content;

namespace Galley.Delivery.Articles;

/// <summary>A stretch of positions and the direction in which it is walked; both ends belong to it.</summary>
internal readonly record struct ListRange(long From, long Until, bool IsAscending)
{
    /// <summary>The range between two instants (half-open: after ≤ x &lt; before) that ends now: what comes later nobody may see.</summary>
    public static ListRange Of(InstantRange published, Instant now, bool isAscending)
    {
        var (after, before) = published;
        var newest = Position.Floor(Instant.Min(before ?? now.Plus(TimeSpan.FromMilliseconds(1)), now.Plus(TimeSpan.FromMilliseconds(1)))).Value - 1;
        var oldest = after is { } instant ? Position.Floor(instant).Value : long.MinValue;
        return isAscending ? new ListRange(oldest, newest, true) : new ListRange(newest, oldest, false);
    }

    public long Lowest => IsAscending ? From : Until;

    public long Highest => IsAscending ? Until : From;

    public bool Holds(long position) => position >= Lowest && position <= Highest;

    /// <summary>The rest of the range behind a place, which belongs to it.</summary>
    public ListRange StartingAt(long place) => this with { From = Farther(From, place) };

    /// <summary>The same stretch, walked the other way.</summary>
    public ListRange Back => new(Until, From, !IsAscending);

    public bool IsNearer(long position, long than) => IsAscending ? position < than : position > than;

    public long Farther(long a, long b) => IsAscending ? Math.Max(a, b) : Math.Min(a, b);

    /// <summary>The place right behind a position and its twin: an article whose other edition takes over is not met twice.</summary>
    public long Beyond(long position) => IsAscending ? (position | 1) + 1 : (position & ~1L) - 1;
}
