using Galley.Content;
using Galley.Content.Search;
using Galley.Delivery.Articles;
using Galley.Http;
using Galley.Storage;

namespace Galley.Delivery.Search;

/// <summary>Finds one page of what is searched for: rank by rank, and within each in the order of a list.</summary>
internal sealed class SearchReader(SearchIndex index, CursorSeal seal)
{
    private const int MostRanked = 1_000;

    /// <summary>The page of a query behind its cursor, of all that the filter lets through.</summary>
    public async ValueTask<FoundPage> FindAsync(ArticleListQuery query, Cursor? cursor, SearchQuestion question, ScopeExpression filter, Session snapshot, Instant now)
    {
        var (from, isBackward) = (cursor is { } known ? SearchPlace.Parse(known.Place) : null as SearchPlace?, cursor?.IsBackward == true);
        filter = query.Conditions.Urgent(filter);
        var ranks = query.IsByRelevance ? SearchRanks.Ranked(question, filter) : SearchRanks.Unranked(question, filter);
        var whole = ListRange.Of(query.Conditions.Published, now, query.IsOldestFirst);
        var take = query.IsByRelevance && !isBackward ? Math.Min(query.Limit + 1, MostRanked - (from?.Seen ?? 0)) : query.Limit + 1;
        var walk = new Walk(from, isBackward, whole, Math.Max(0, take));

        for (var rank = walk.FirstRank; rank >= 0 && rank < ranks.Count && walk.Wanted > 0; rank += isBackward ? -1 : 1)
            walk.Add(rank, await index.ListAsync(snapshot, ranks[rank], walk.StretchOf(rank), SieveOf(query), walk.Wanted, now));

        return new FoundPage([.. walk.Found.Take(query.Limit).Select(hit => hit.Position)], isBackward, shown => LinksOf(query, walk, shown));
    }

    /// <summary>Where all that is found stands, wherever a page of it begins; the newest, as many as are wanted.</summary>
    public ValueTask<IReadOnlyList<long>> ListAsync(ArticleListQuery query, SearchQuestion question, ScopeExpression filter, int most, Session snapshot, Instant now)
    {
        var range = ListRange.Of(query.Conditions.Published, now, isAscending: false);
        return index.ListAsync(snapshot, SearchRanks.Unranked(question, query.Conditions.Urgent(filter))[0], StretchOf(range), SieveOf(query), most, now);
    }

    /// <summary>Whether the article that stands at a position is found.</summary>
    public async ValueTask<bool> HoldsAsync(SearchQuestion question, long position, Session snapshot, Instant now) =>
        (await index.ListAsync(snapshot, SearchRanks.Unranked(question, new ScopeExpression.One(Scope.All))[0], new SearchStretch(position, position, IsAscending: false), new SearchSieve(), 1, now)).Count > 0;

    private static SearchSieve SieveOf(ArticleListQuery query) => new(query.Conditions.Updated, query.Conditions.IsBreaking);

    private static SearchStretch StretchOf(ListRange range) => new(range.From, range.Until, range.IsAscending);

    private PageLinks LinksOf(ArticleListQuery query, Walk walk, int shown)
    {
        var (onward, behind) = (walk.Found.Count > shown ? walk.After(shown) : null, walk.Before(shown));
        return walk.IsBackward
            ? new PageLinks { Next = Write(behind, isBackward: false), Previous = Write(onward, isBackward: true) }
            : new PageLinks { Next = Write(onward, isBackward: false), Previous = Write(behind, isBackward: true) };

        string? Write(SearchPlace? place, bool isBackward) => place is { } at ? seal.Write(new Cursor(at.ToString(), isBackward), query.Identity) : null;
    }

    /// <summary>What was found so far, and the places around it.</summary>
    private sealed class Walk(SearchPlace? from, bool isBackward, ListRange whole, int take)
    {
        private readonly ListRange _range = isBackward ? whole.Back : whole;

        public List<(int Rank, long Position)> Found { get; } = [];

        public bool IsBackward => isBackward;

        public int FirstRank => from?.Rank ?? 0;

        public int Wanted => take - Found.Count;

        public SearchStretch StretchOf(int rank)
        {
            var range = from is { } place && place.Rank == rank ? _range.StartingAt(place.At) : _range;
            return SearchReader.StretchOf(range);
        }

        public void Add(int rank, IEnumerable<long> positions) => Found.AddRange(positions.Select(position => (rank, position)));

        /// <summary>Where it goes on behind the first so many.</summary>
        public SearchPlace? After(int shown) => shown == 0 ? from : PlaceBeyond(Found[shown - 1], _range, (from?.Seen ?? 0) + (isBackward ? -shown : shown));

        /// <summary>Where it would go back to whence it came.</summary>
        public SearchPlace? Before(int shown) =>
            from is not { } place ? null
            : shown > 0 ? PlaceBeyond(Found[0], _range.Back, place.Seen)
            : place with { At = _range.IsAscending ? place.At - 1 : place.At + 1 };

        private static SearchPlace PlaceBeyond((int Rank, long Position) hit, ListRange range, int seen) => new(hit.Rank, range.Beyond(hit.Position), Math.Max(0, seen));
    }
}
