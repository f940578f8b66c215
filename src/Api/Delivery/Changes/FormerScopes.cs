using System.Diagnostics;
using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Storage;

namespace Galley.Delivery.Changes;

/// <summary>
/// What a filter may have let through at some time, asked about the scopes in which an article stood then. Rather too much than too little: who is told of
/// a deletion for nothing ignores it, who is not told keeps what is gone.
/// </summary>
internal static class FormerScopes
{
    public static async ValueTask<ScopeExpression> ResolveAsync(Session session, ArticleFilter filter, Reach reach) =>
        await WidenAsync(session, await ScopeFilter.AsWritten(session).ResolveWholeAsync(filter, reach), isWanted: true);

    // Where a tag was merged into another, its own scope stood for it before. That only lets more through where it is wanted.
    private static async ValueTask<ScopeExpression> WidenAsync(Session session, ScopeExpression expression, bool isWanted) => expression switch
    {
        ScopeExpression.One({ TagId: { } tag } scope) when isWanted => await WithMergedAsync(session, scope, tag),
        ScopeExpression.One => expression,
        ScopeExpression.Not(var term) => new ScopeExpression.Not(await WidenAsync(session, term, !isWanted)),
        ScopeExpression.All(var terms) => new ScopeExpression.All(await WidenAsync(session, terms, isWanted)),
        ScopeExpression.Any(var terms) => new ScopeExpression.Any(await WidenAsync(session, terms, isWanted)),
        _ => throw new UnreachableException($"Unhandled expression {expression}."),
    };

    private static async ValueTask<IReadOnlyList<ScopeExpression>> WidenAsync(Session session, IReadOnlyList<ScopeExpression> terms, bool isWanted)
    {
        var widened = new List<ScopeExpression>(terms.Count);
        foreach (var term in terms)
            widened.Add(await WidenAsync(session, term, isWanted));

        return widened;
    }

    private static async ValueTask<ScopeExpression> WithMergedAsync(Session session, Scope scope, long tag)
    {
        var merged = await session.ListAsync<long>("select id from tag where merged_into = @tag", new { tag });
        return merged.Count == 0 ? new ScopeExpression.One(scope) : new ScopeExpression.Any([new ScopeExpression.One(scope), .. merged.Select(id => new ScopeExpression.One(Scope.Tag(id)))]);
    }
}
