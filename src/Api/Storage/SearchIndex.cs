using Galley.Content;
using Galley.Content.Search;

namespace Galley.Storage;

/// <summary>Full text over the editions: each stands in it by its position, with the words of its document and its scopes.</summary>
internal abstract class SearchIndex
{
    /// <summary>Brings the index in line with what stands at these positions now, or no longer does. The last thing in a transaction.</summary>
    public abstract void Bring(Statements statements, IReadOnlyCollection<long> positions);

    /// <summary>The first visible positions of a stretch, both ends in it, that match and pass a sieve.</summary>
    public abstract ValueTask<IReadOnlyList<long>> ListAsync(Session session, SearchExpression expression, SearchStretch stretch, SearchSieve sieve, int take, Instant now);

    /// <summary>Forgets everything.</summary>
    public abstract ValueTask ClearAsync(WriteSession write);

    /// <summary>Does a portion of the work after which no word is left of what was taken out; beginning with all there is, or going on. Says whether there was any.</summary>
    public abstract ValueTask<bool> SweepAsync(WriteSession write, bool isBeginning);

    /// <summary>Does a portion of what makes the index quicker to look into after much was written. Says whether there was any.</summary>
    public abstract ValueTask<bool> MergeAsync(WriteSession write);
}

/// <summary>A stretch of positions and the direction in which it is read.</summary>
internal readonly record struct SearchStretch(long From, long Until, bool IsAscending);

/// <summary>What is asked of an article besides its words and scopes: when it was updated, and whether it breaks now.</summary>
internal readonly record struct SearchSieve(InstantRange Updated, bool? IsBreaking);
