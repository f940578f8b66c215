using Galley.Content;
using Galley.Delivery.Articles.Fields;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>How many related articles are asked for.</summary>
internal sealed record RelatedQuery(int Limit) : IQuery<RelatedQuery>
{
    private static readonly QueryParameter LimitParameter = new("limit", "How many at most.") { Type = "integer", Minimum = 1, Maximum = 20, Default = "20" };

    public static IReadOnlyList<QueryParameter> Parameters => [LimitParameter];

    public static RelatedQuery Read(QueryReader reader) => new(reader.Integer(LimitParameter) ?? 20);
}

/// <summary>Articles beside one article, the best first. There are no more pages of them.</summary>
internal sealed record RelatedArticles
{
    /// <summary>The articles, each as a summary.</summary>
    public required IReadOnlyList<ArticleItem> Data { get; init; }
}

/// <summary>Reads what stands beside an article: what editors put there, then what shares most tags with it.</summary>
internal sealed class RelatedReader(Database database, ListAssembler lists, WalkBudget budget)
{
    // Of each tag only the newest are looked at: who shares more is nearer, and of equals the newer.
    private const int NewestOfTag = 100;

    /// <summary>The articles; null where the article is not visible, and then whether it was.</summary>
    public async ValueTask<(ListAtHand? Articles, bool IsGone)> ListAsync(Guid id, int limit, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var reach = await Reach.OfAsync(snapshot, limits);
        var article = await snapshot.FindAsync<TaggedRow>(
            $"select position, section_id, language_id, source_id, scopes from edition where public_id = @id and {Visible.Now}", new { id = id.ToString(), now = now.Milliseconds });
        if (article is null || !await reach.HoldsAsync(article))
            return (null, await ArticleReader.WasVisibleAsync(snapshot, reach, id.ToString(), now));

        var positions = await ListCuratedAsync(snapshot, article, reach, now);
        if (positions.Count < limit)
            positions = [.. positions, .. (await ListSharingAsync(snapshot, article, reach, now)).Except(positions)];

        var cards = await new CardPageReader(snapshot, budget, now).ReadAsync([.. positions.Take(limit)]);
        return (await lists.AssembleAsync(cards, ArticleView.Summary, null, null, snapshot, now), false);
    }

    private static async ValueTask<IReadOnlyList<long>> ListCuratedAsync(Session session, TaggedRow article, Reach reach, Instant now) =>
    [
        .. (await reach.WithinAsync(await session.ListAsync<TaggedRow>(
            $"""
            select e.position, e.section_id, e.language_id, e.source_id
            from reference r join edition e on e.public_id = r.target
            where r.position = @Position and {Visible.Edition}
            order by r.place
            """,
            new { article.Position, now = now.Milliseconds })))
            .Select(row => row.Position),
    ];

    private async ValueTask<IEnumerable<long>> ListSharingAsync(Session session, TaggedRow article, Reach reach, Instant now)
    {
        var tags = await ListTagsAsync(session, article);
        var (filter, range, languages) = (new ScopeFilter(session), ListRange.Of(default, now, isAscending: false), new HashSet<long> { article.LanguageId });
        var shared = new Dictionary<long, int>();
        foreach (var tag in tags)
        {
            var walk = new ScopeWalk(session, range, languages, now, new WalkBudget(budget.Entries / tags.Count));
            foreach (var position in (await walk.TakeAsync(await filter.WithinAsync(await filter.TagAsync(tag), reach), NewestOfTag)).Positions)
                shared[position] = shared.GetValueOrDefault(position) + 1;
        }

        shared.Remove(article.Position);
        return shared.OrderByDescending(each => each.Value).ThenByDescending(each => each.Key).Select(each => each.Key);
    }

    // Who wrote it says nothing about what it is about.
    private static async ValueTask<IReadOnlyList<long>> ListTagsAsync(Session session, TaggedRow article)
    {
        var tags = new List<long>();
        foreach (var id in ScopeSet.Unpack(article.Scopes).Select(scope => scope.TagId).OfType<long>())
        {
            if (await session.FindAsync<string>("select kind from tag where id = @id", new { id }) != TagKey.Contributor)
                tags.Add(id);
        }

        return tags;
    }

    private sealed class TaggedRow : Stand
    {
        public long Position { get; init; }

        public byte[] Scopes { get; init; } = [];
    }
}
