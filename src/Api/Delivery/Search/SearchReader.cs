using Galley.Content;
using Galley.Content.Search;
using Galley.Delivery.Articles;
using Galley.Http;
using Galley.Storage;

namespace Galley.Delivery.Search;

/// <summary>What a page may show, in the order of the walk, and its links once it is known how many of that it does.</summary>
internal sealed record SearchPage(IReadOnlyList<long> Positions, bool IsBackward, Func<int, PageLinks> LinksOf);

/// <summary>Finds one page of what is searched for: rank by rank, and within each in the order of a list.</summary>
internal sealed class SearchReader(SearchIndex index, CursorSeal seal)
{
    private const int MostRanked = 1_000;

    /// <summary>Whether the cursor of a query, if it has one, belongs to it.</summary>
    public bool TryPlace(ArticleListQuery query, out SearchPlace? place, out bool isBackward)
    {
        var cursor = query.Cursor is null ? null : seal.Read(query.Cursor, query.Identity);
        place = cursor is { } known ? SearchPlace.Parse(known.Place) : null;
        isBackward = cursor?.IsBackward == true;
        return query.Cursor is null || place is not null;
    }

    /// <summary>The page of a query from a place on, of all that the filter lets through.</summary>
    public async ValueTask<SearchPage> ReadAsync(ArticleListQuery query, SearchQuestion question, ScopeExpression filter, (SearchPlace? From, bool IsBackward) start, Session snapshot, Instant now)
    {
        var ranks = query.IsByRelevance ? SearchRanks.Ranked(question, filter) : SearchRanks.Unranked(question, filter);
        var whole = ListRange.Of(query.PublishedAfter, query.PublishedBefore, now, query.IsOldestFirst);
        var take = query.IsByRelevance && !start.IsBackward ? Math.Min(query.Limit + 1, MostRanked - (start.From?.Seen ?? 0)) : query.Limit + 1;
        var walk = new Walk(start.From, start.IsBackward, whole, Math.Max(0, take));

        for (var rank = walk.FirstRank; rank >= 0 && rank < ranks.Count && walk.Wanted > 0; rank += start.IsBackward ? -1 : 1)
            walk.Add(rank, await index.ListAsync(snapshot, ranks[rank], walk.StretchOf(rank), walk.Wanted, now));

        return new SearchPage([.. walk.Found.Take(query.Limit).Select(hit => hit.Position)], start.IsBackward, shown => LinksOf(query, walk, shown));
    }

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
            return new SearchStretch(range.From, range.Until, range.IsAscending);
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
