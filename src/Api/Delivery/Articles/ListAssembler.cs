using Galley.Content;
using Galley.Delivery.Articles.Fields;
using Galley.Delivery.Search;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Puts lists together: what was read of their articles, with what changes by the clock or stands elsewhere.</summary>
internal sealed class ListAssembler(Slots slots, Renderer renderer, WalkBudget budget)
{
    public static IReadOnlyList<T> InOrder<T>(IReadOnlyList<T> rows, bool isBackward) => isBackward ? [.. rows.Reverse()] : rows;

    /// <summary>Reads what was found: from the cards as far as those hold what is asked for, else from the documents.</summary>
    public async ValueTask<ListAtHand> ReadAsync(ArticleListQuery query, FoundPage page, long? total, Session snapshot, Reach reach, Instant now)
    {
        if (query.View.Fields.IsWithinSummary)
        {
            var cards = await new CardPageReader(snapshot, budget, now).ReadAsync(page.Positions);
            return (await AssembleAsync(InOrder(cards, page.IsBackward), query.View, query.Highlighter, page.LinksOf(cards.Count) with { Total = total }, snapshot, now)) with { DependsOn = page.DependsOn };
        }

        var documents = await new DocumentPageReader(snapshot, budget, now) { Forms = query.View.FormCount }.ReadAsync(page.Positions);
        return (await AssembleAsync(InOrder(documents, page.IsBackward), query, page.LinksOf(documents.Count) with { Total = total }, snapshot, reach, now)) with
        {
            IsCut = documents.Count < page.Positions.Count,
            DependsOn = page.DependsOn,
        };
    }

    /// <summary>The cards as they are answered, with their links where it is a page.</summary>
    public async ValueTask<ListAtHand> AssembleAsync(IReadOnlyList<CardRow> cards, ArticleView view, Highlighter? highlighter, PageLinks? links, Session session, Instant now)
    {
        var breaking = await BreakingAsync(session, cards, view, now);
        var presentPaths = await slots.ListPresentPathsAsync(session, view.Slots.HasFlag(SlotKinds.CanonicalUrl) ? cards : [], now);
        var list = new ListInTheMaking(view.IsSummary ? null : view, highlighter, cards.Count);
        foreach (var card in cards)
        {
            var (isBreaking, presentPath) = (breaking.Contains(card.Position), presentPaths.GetValueOrDefault(card.Position));
            list.Add(slots.PartsOf(card, isBreaking, presentPath), card.Tag, card.Card);
            list.Mark(isBreaking, presentPath);
        }

        return list.Finish(links, slots.Configured, renderer);
    }

    /// <summary>The same for whole articles.</summary>
    public async ValueTask<ListAtHand> AssembleAsync(IReadOnlyList<DocumentRow> articles, ArticleListQuery query, PageLinks links, Session session, Reach reach, Instant now)
    {
        var view = query.View;
        var list = new ListInTheMaking(view.IsWhole ? null : view, query.Highlighter, articles.Count);
        foreach (var row in articles)
        {
            var article = await slots.FillAsync(session, row.ToArticle() with { Slots = row.Slots & (long)view.Slots }, row.PublicId, reach, now);
            list.Add(article.Parts, article.Tag, row.Document);
            if (view.ShowsEnd && article.ExpiresAt != Instant.Never)
                list.Shows(article.ExpiresAt);
        }

        return list.Finish(links, slots.Configured, renderer);
    }

    private static async ValueTask<HashSet<long>> BreakingAsync(Session session, IReadOnlyList<CardRow> cards, ArticleView view, Instant now)
    {
        var breaking = new HashSet<long>();
        foreach (var card in view.Slots.HasFlag(SlotKinds.Breaking) ? cards.Where(card => ((SlotKinds)card.Slots).HasFlag(SlotKinds.Breaking)) : [])
        {
            if (await session.FindAsync<long?>("select position from edition where position = @Position and breaking_until > @now", new { card.Position, now = now.Milliseconds }) is not null)
                breaking.Add(card.Position);
        }

        return breaking;
    }
}
