using System.Globalization;
using Galley.Content;
using Galley.Http;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Reads a page of a list in the order of positions, which listings are kept in: nothing is found first and read then.</summary>
internal sealed class WalkedReader(CursorSeal seal, ListAssembler assembler, UpdatedReader updated, WalkBudget budget)
{
    /// <summary>The page of a query behind its cursor.</summary>
    public async ValueTask<ListAtHand> ReadAsync(ArticleListQuery query, Cursor? cursor, ScopeFilter scopes, long? total, Session snapshot, Reach reach, Instant now)
    {
        var whole = ListRange.Of(query.Conditions.Published, now, query.IsOldestFirst);
        var range = cursor is { } from ? (from.IsBackward ? whole.Back : whole).StartingAt(PlaceOf(from)) : whole;
        var (named, languages) = await scopes.ResolveAsync(query.Filter, reach);
        var filter = query.Conditions.Narrow(named);
        var narrowed = await updated.NarrowAsync(filter, query.Conditions.Updated, snapshot, now);
        var (expression, sifted) = (narrowed ?? filter, narrowed is null ? query.Conditions.Updated : default);

        if (!query.View.Fields.IsWithinSummary)
        {
            var documents = await new DocumentPageReader(snapshot, budget, now) { Forms = query.View.FormCount, Updated = sifted }.ReadAsync(expression, languages, range, query.Limit);
            var articles = ListAssembler.InOrder(documents.Rows, cursor?.IsBackward == true);
            var around = LinksOf(query, whole, range, EndsOf(articles, article => article.Position), cursor, documents.Onward);
            return (await assembler.AssembleAsync(articles, query, around with { Total = total }, snapshot, reach, now)) with { DependsOn = DependsOn(query, filter, range, documents.Ahead) };
        }

        var portion = await new CardPageReader(snapshot, budget, now) { Updated = sifted }.ReadAsync(expression, languages, range, query.Limit);
        var cards = ListAssembler.InOrder(portion.Rows, cursor?.IsBackward == true);
        var links = LinksOf(query, whole, range, EndsOf(cards, card => card.Position), cursor, portion.Onward);
        return (await assembler.AssembleAsync(cards, query.View, query.Highlighter, links with { Total = total }, snapshot, now)) with { DependsOn = DependsOn(query, filter, range, portion.Ahead) };
    }

    // Beneath the first article behind it nothing changes a page that was walked downward, unless it tells how many there are.
    private static Dependencies DependsOn(ArticleListQuery query, ScopeExpression filter, ListRange range, long? ahead) =>
        new(Scopes: filter.Driving, Lowest: range.IsAscending || query.IsCounted ? null : ahead);

    private static long PlaceOf(Cursor cursor) => long.Parse(cursor.Place, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

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
}
