using Galley.Content;
using Galley.Manage.Articles;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.ArticleList;

/// <summary>How much may be read for one page of the newsroom's list: articles, and bytes of what they hold.</summary>
internal sealed record ManagedListBudget(int Articles, long Bytes)
{
    public static readonly ManagedListBudget Default = new(5_000, 8 * 1024 * 1024);
}

/// <summary>Some articles of a list in the direction in which it was walked, the place of the first of them, and where to go on; null at the end.</summary>
internal sealed record ListPortion(IReadOnlyList<ManagedArticleItem> Items, ListPlace? First, ListPlace? Onward);

/// <summary>
/// Goes through articles until a page is full or the budget is used up. First it reads of many where they stand, and then what those hold that may be let
/// through: a few statements for each hundred.
/// </summary>
internal sealed class ManagedArticleWalk(Session session, Sieve sieve, SiteOptions site, ManagedListBudget budget, Instant now)
{
    private const int SmallestStretch = 64;
    private const int LargestStretch = 512;

    // Without the document, which is nearly all of an edition.
    private const string EditionsOf = """
        select position, article_id, revision, from_at, until_at, end_kind, published_at, updated_at, version, language, slug, section_id
        from edition
        where article_id in @ids
        """;

    private const string NewestOf = """
        select a.id, r.document
        from article a join revision r on r.article_id = a.id and r.number = a.working_revision
        where a.id in @ids
        """;

    private long _bytesLeft = budget.Bytes;

    /// <summary>The next articles behind a place, at most so many.</summary>
    public async ValueTask<ListPortion> TakeAsync(ListWay way, ListPlace place, int limit)
    {
        // One more than a page has tells whether there is another.
        var (found, left, take) = (new List<Match>(), budget.Articles, limit + 1);
        while (true)
        {
            take = Math.Min(take, left);
            var rows = await way.ListAsync(session, place, take);
            var candidates = await ListCandidatesAsync(rows);
            var fitting = Fitting(candidates, sieve.IsOfContent ? candidates.Count : limit - found.Count);
            foreach (var match in await ListMatchesAsync(fitting, limit + 1 - found.Count))
            {
                if (found.Count == limit)
                    return await PortionAsync(found, found[^1].Row.Place);

                found.Add(match);
            }

            if (fitting.Count < candidates.Count)
                return await PortionAsync(found, fitting.Count > 0 ? fitting[^1].Row.Place : place);
            if (rows.Count < take)
                return await PortionAsync(found, null);

            (place, left) = (rows[^1].Place, left - take);
            if (left == 0)
                return await PortionAsync(found, place);

            take = Math.Clamp(take * 2, SmallestStretch, LargestStretch);
        }
    }

    /// <summary>All of these that are let through, in their order.</summary>
    public async ValueTask<IReadOnlyList<ManagedArticleItem>> ListAsync(IReadOnlyList<ListedRow> rows)
    {
        var (items, rest) = (new List<ManagedArticleItem>(), await ListCandidatesAsync(rows));
        while (rest.Count > 0)
        {
            // There is no other page: as much as fits is read and made, and then the next.
            _bytesLeft = budget.Bytes;
            var fitting = Fitting(rest, rest.Count);
            items.AddRange(await ListItemsAsync(await ListMatchesAsync(fitting, fitting.Count)));
            rest.RemoveRange(0, fitting.Count);
        }

        return items;
    }

    private async ValueTask<List<Candidate>> ListCandidatesAsync(IReadOnlyList<ListedRow> rows)
    {
        var editions = (await session.ListOfAsync<EditionRow, long>(EditionsOf, rows.Select(row => row.Id))).ToLookup(edition => edition.ArticleId);
        return [.. rows.Select(row => new Candidate(row, new StoredState(row, [.. editions[row.Id].OrderBy(edition => edition.FromAt)], now))).Where(each => sieve.MayHold(each.Row, each.State))];
    }

    // The first is read whatever it has, or nobody would come beyond it.
    private List<Candidate> Fitting(IReadOnlyList<Candidate> candidates, int most)
    {
        var fitting = new List<Candidate>();
        foreach (var candidate in candidates.Take(most))
        {
            if (candidate.Row.Size > _bytesLeft && _bytesLeft < budget.Bytes)
                break;

            _bytesLeft -= candidate.Row.Size;
            fitting.Add(candidate);
        }

        return fitting;
    }

    private async ValueTask<IReadOnlyList<Match>> ListMatchesAsync(IReadOnlyList<Candidate> candidates, int most)
    {
        var documents = (await session.ListOfAsync<NewestRow, long>(NewestOf, candidates.Select(each => each.Row.Id))).ToDictionary(row => row.Id, row => row.Document);
        return
        [
            .. candidates.Where(each => !sieve.IsOfContent || sieve.Holds(ContentJson.Read<ContentHead>(documents[each.Row.Id])))
                .Take(most).Select(each => new Match(each.Row, each.State, ContentJson.Read<ArticleContent>(documents[each.Row.Id]))),
        ];
    }

    private async ValueTask<ListPortion> PortionAsync(IReadOnlyList<Match> found, ListPlace? onward) =>
        new(await ListItemsAsync(found), found.Count == 0 ? null : found[0].Row.Place, onward);

    private async ValueTask<IReadOnlyList<ManagedArticleItem>> ListItemsAsync(IReadOnlyList<Match> matches)
    {
        var places = await PlaceRows.LoadAsync(session, [.. matches.Select(match => match.Content)]);
        var corrections = await session.ListCorrectionsAsync(matches.Select(match => match.Row.Id));
        return
        [
            .. matches
                .Select(match => new StoredArticle(match.Row, match.Content, places.Of(match.Content, site.DefaultLanguage, Debut.Past(now)), match.Row.Source, match.State.Editions, now)
                {
                    Corrections = [.. corrections[match.Row.Id]],
                })
                .Select(article => ManagedArticleItem.Of(article.ToAnswer())),
        ];
    }

    /// <summary>An article that may be let through.</summary>
    private sealed record Candidate(ListedRow Row, StoredState State);

    /// <summary>An article that is, with what its newest revision holds.</summary>
    private sealed record Match(ListedRow Row, StoredState State, ArticleContent Content);

    private sealed class NewestRow
    {
        public long Id { get; init; }

        public byte[] Document { get; init; } = [];
    }
}
