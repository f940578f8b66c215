using System.Globalization;
using Galley.Content;
using Galley.Content.Search;
using Galley.Delivery.Articles.Fields;
using Galley.Delivery.Search;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Reads one page of visible articles: from their cards as far as those hold what is asked for, else from their documents.</summary>
internal sealed class ArticleListReader(Database database, CursorSeal seal, Renderer renderer, Slots slots, WalkBudget budget, SearchReader search)
{
    /// <summary>The page, or null where the cursor is not one of this list.</summary>
    public async ValueTask<ListAtHand?> ListAsync(ArticleListQuery query, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        if (query.Question is { } question)
            return await SearchAsync(query, question, limits, now, cancel);

        var whole = ListRange.Of(query.PublishedAfter, query.PublishedBefore, now, query.IsOldestFirst);
        if (!TryPlace(query, whole, out var range, out var cursor))
            return null;

        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var reach = await Reach.OfAsync(snapshot, limits);
        var (expression, languages) = await new ScopeFilter(snapshot).ResolveAsync(query.Filter, reach);
        if (!query.View.Fields.IsWithinSummary)
        {
            var documents = await new DocumentPageReader(snapshot, budget, now) { Forms = query.View.FormCount }.ReadAsync(expression, languages, range, query.Limit);
            var articles = InOrder(documents.Rows, cursor);
            var around = LinksOf(query, whole, range, EndsOf(articles, article => article.Position), cursor, documents.Onward);
            return (await AssembleAsync(articles, query, around, snapshot, reach, now)) with { DependsOn = DependsOn(expression, range, documents.Ahead) };
        }

        var portion = await new CardPageReader(snapshot, budget, now).ReadAsync(expression, languages, range, query.Limit);
        var cards = InOrder(portion.Rows, cursor);
        var links = LinksOf(query, whole, range, EndsOf(cards, card => card.Position), cursor, portion.Onward);
        return (await AssembleAsync(cards, query.View, query.Highlighter, links, snapshot, now)) with { DependsOn = DependsOn(expression, range, portion.Ahead) };
    }

    private async ValueTask<ListAtHand?> SearchAsync(ArticleListQuery query, SearchQuestion question, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        if (!search.TryPlace(query, out var from, out var isBackward))
            return null;

        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var reach = await Reach.OfAsync(snapshot, limits);
        var filter = await new ScopeFilter(snapshot).ResolveWholeAsync(query.Filter, reach);
        var page = await search.ReadAsync(query, question, filter, (from, isBackward), snapshot, now);
        if (!query.View.Fields.IsWithinSummary)
        {
            var documents = await new DocumentPageReader(snapshot, budget, now) { Forms = query.View.FormCount }.ReadAsync(page.Positions);
            return await AssembleAsync(isBackward ? [.. documents.Reverse()] : documents, query, page.LinksOf(documents.Count), snapshot, reach, now);
        }

        var cards = await new CardPageReader(snapshot, budget, now).ReadAsync(page.Positions);
        return await AssembleAsync(isBackward ? [.. cards.AsEnumerable().Reverse()] : cards, query.View, query.Highlighter, page.LinksOf(cards.Count), snapshot, now);
    }

    private static IReadOnlyList<T> InOrder<T>(IReadOnlyList<T> rows, Cursor? cursor) => cursor?.IsBackward == true ? [.. rows.Reverse()] : rows;

    // Beneath the first article behind it nothing changes a page that was walked downward.
    private static Dependencies DependsOn(ScopeExpression expression, ListRange range, long? ahead) => new(Scopes: expression.Driving, Lowest: range.IsAscending ? null : ahead);

    private bool TryPlace(ArticleListQuery query, ListRange whole, out ListRange range, out Cursor? cursor)
    {
        range = whole;
        if (!seal.TryRead(query.Cursor, query.Identity, out cursor))
            return false;

        if (cursor is { } from)
        {
            var place = long.Parse(from.Place, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            range = from.IsBackward ? whole.Back.StartingAt(place) : whole.StartingAt(place);
        }

        return true;
    }

    private static (long First, long Last)? EndsOf<T>(IReadOnlyList<T> page, Func<T, long> positionOf) => page.Count == 0 ? null : (positionOf(page[0]), positionOf(page[^1]));

    // Onward is where the walk would go on in its own direction; the other way is open wherever the walk did not begin at an end of the list.
    private PageLinks LinksOf(ArticleListQuery query, ListRange whole, ListRange range, (long First, long Last)? page, Cursor? from, long? onward)
    {
        var behind = from is null ? null as long?
            : page is not { } ends ? range.From
            : from.Value.IsBackward ? whole.Beyond(ends.Last)
            : whole.Back.Beyond(ends.First);
        var (next, previous) = from?.IsBackward == true ? (behind, onward) : (onward, behind);

        return new PageLinks { Next = Write(next, isBackward: false), Previous = Write(previous, isBackward: true) };

        string? Write(long? place, bool isBackward) =>
            place is { } at ? seal.Write(new Cursor(at.ToString(CultureInfo.InvariantCulture), isBackward), query.Identity) : null;
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
            list.Add(slots.PartsOf(card, isBreaking, presentPath), card.Tag);
            list.Mark(isBreaking, presentPath);
        }

        return list.Finish(links, slots.Configured, renderer);
    }

    private async ValueTask<ListAtHand> AssembleAsync(IReadOnlyList<DocumentRow> articles, ArticleListQuery query, PageLinks links, Session session, Reach reach, Instant now)
    {
        var view = query.View;
        var list = new ListInTheMaking(view.IsWhole ? null : view, query.Highlighter, articles.Count);
        foreach (var row in articles)
        {
            var article = await slots.FillAsync(session, row.ToArticle() with { Slots = row.Slots & (long)view.Slots }, row.PublicId, reach, now);
            list.Add(article.Parts, article.Tag);
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
