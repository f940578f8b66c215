using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Storage;

namespace Galley.Delivery.Changes;

/// <summary>Reads what is visible, newest first, for whoever has nothing yet. What changes meanwhile stands in the log behind the place where the walk began.</summary>
internal sealed class SnapshotReader(Session session, ArticleFilter filter, Reach reach, WalkBudget budget, Instant now)
{
    private (ScopeExpression Expression, IReadOnlySet<long>? Languages)? _resolved;

    /// <summary>The first articles from a place on (null: the beginning).</summary>
    public async ValueTask<Portion<DocumentRow>> ReadAsync(long? place, int count, PageBytes bytes)
    {
        var range = ListRange.Of(default, now, isAscending: false);
        var (expression, languages) = _resolved ??= await new ScopeFilter(session).ResolveAsync(filter, reach);
        return await new DocumentPageReader(session, budget, now).ReadAsync(expression, languages, place is { } from ? range.StartingAt(from) : range, count, bytes);
    }
}
