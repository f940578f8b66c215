using Galley.Content;

namespace Galley.Storage;

/// <summary>The time that decides what readers see. It never goes back, so a clock that is set back hides nothing that was visible.</summary>
internal sealed class Clock(TimeProvider time)
{
    private long _highest = long.MinValue;

    public Instant Now
    {
        get
        {
            NotBefore(Instant.From(time.GetUtcNow()));
            return new Instant(Interlocked.Read(ref _highest));
        }
    }

    /// <summary>Takes over an instant that was already passed, such as the last one an earlier process wrote.</summary>
    public void NotBefore(Instant instant)
    {
        var seen = Interlocked.Read(ref _highest);
        while (instant.Milliseconds > seen)
        {
            var before = Interlocked.CompareExchange(ref _highest, instant.Milliseconds, seen);
            if (before == seen)
                return;

            seen = before;
        }
    }
}
