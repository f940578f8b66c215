using Galley.Content;

namespace Galley.Storage;

/// <summary>
/// What an answer was made of: an article with what it shows of others, or lists. One that names nothing is good until the next commit of any kind.
/// </summary>
/// <param name="ArticleId">The public id of the article that it is.</param>
/// <param name="Scopes">Every article that is on the list, or could come onto it, stands in one of these.</param>
/// <param name="Lowest">The position beneath which nothing changes it; null where everything does.</param>
internal sealed record Dependencies(string? ArticleId = null, IReadOnlyList<Scope>? Scopes = null, long? Lowest = null)
{
    public static readonly Dependencies Any = new();
}

/// <summary>
/// At which commit each article and each scope last changed. An answer notes the number of the last commit before it was read, and is good while nothing it
/// names changed at a later one: so nobody who reads slowly can plant an old answer, and none is given after a write that changes it was acknowledged.
/// </summary>
/// <remarks>Numbers are kept by hash in arrays of fixed size. Two that share a place cost a reading now and then, never a wrong answer.</remarks>
internal sealed class Generations
{
    private const int Places = 1 << 14;

    private readonly Lock _gate = new();
    private readonly long[] _articles = new long[Places];
    private readonly long[] _scopes = new long[Places];

    // Of what changed at or above the lowest position that an answer kept depends on.
    private readonly long[] _heads = new long[Places];
    private readonly long[] _lowest = [.. Enumerable.Repeat(long.MaxValue, Places)];

    private long _everything;
    private long _nextDue = Instant.Never.Milliseconds;
    private long _no;

    /// <summary>The number of the last commit that is told here.</summary>
    public long No => Volatile.Read(ref _no);

    /// <summary>Whether the clock has changed something that is not settled yet. Nothing is kept then, and nothing kept is given: nobody knows what it touches.</summary>
    public bool IsBehind(Instant now) => now.Milliseconds >= Volatile.Read(ref _nextDue);

    /// <summary>For how long that has been so.</summary>
    public TimeSpan OverdueBy(Instant now) => TimeSpan.FromMilliseconds(Math.Max(0, now.Milliseconds - Volatile.Read(ref _nextDue)));

    /// <summary>Whether what was read after commit <paramref name="no"/> is as it was.</summary>
    public bool Hold(Dependencies of, long no)
    {
        if (Volatile.Read(ref _everything) > no)
            return false;
        if (of.ArticleId is { } id && Volatile.Read(ref _articles[PlaceOf(id)]) > no)
            return false;

        foreach (var scope in of.Scopes ?? [])
        {
            if (Volatile.Read(ref (of.Lowest is null ? _scopes : _heads)[PlaceOf(scope)]) > no)
                return false;
        }

        return of.ArticleId is not null || of.Scopes is not null || No <= no;
    }

    /// <summary>Has what changes from now on at or above an answer's lowest position be told. False where something changed already.</summary>
    public bool TryWatch(Dependencies of, long no)
    {
        if (of is not { Lowest: { } lowest, Scopes: { } scopes })
            return Hold(of, no);

        lock (_gate)
        {
            foreach (var scope in scopes)
            {
                ref var watched = ref _lowest[PlaceOf(scope)];
                watched = Math.Min(watched, lowest);
            }

            return Hold(of with { Lowest = null }, no);
        }
    }

    /// <summary>Tells what a commit touched, and when the clock changes something next. Before anybody is answered.</summary>
    public void Move(long no, Touched touched, Instant nextDue)
    {
        lock (_gate)
        {
            if (touched.IsEverything)
                Volatile.Write(ref _everything, no);
            foreach (var id in touched.Articles)
                Volatile.Write(ref _articles[PlaceOf(id)], no);
            foreach (var (scope, position) in touched.Scopes)
            {
                var place = PlaceOf(scope);
                Volatile.Write(ref _scopes[place], no);
                if (position < _lowest[place])
                    continue;

                // Whatever depended on it is no longer good: nothing is watched there until something is kept again.
                _lowest[place] = long.MaxValue;
                Volatile.Write(ref _heads[place], no);
            }

            Volatile.Write(ref _nextDue, nextDue.Milliseconds);
            Volatile.Write(ref _no, no);
        }
    }

    private static int PlaceOf(Scope scope) => (int)(((ulong)scope.Packed * 0x9E3779B97F4A7C15) >> 50);

    private static int PlaceOf(string id) => (int)((uint)string.GetHashCode(id, StringComparison.Ordinal) % Places);
}
