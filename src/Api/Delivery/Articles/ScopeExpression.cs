using Galley.Content;

namespace Galley.Delivery.Articles;

/// <summary>What a list is filtered by, in scopes.</summary>
internal abstract record ScopeExpression
{
    /// <summary>Whether an article that stands in these scopes is let through.</summary>
    public bool Holds(IReadOnlyCollection<Scope> scopes) => this switch
    {
        One(var scope) => scopes.Contains(scope),
        All(var terms) => terms.All(term => term.Holds(scopes)),
        Any(var terms) => terms.Any(term => term.Holds(scopes)),
        Not(var term) => !term.Holds(scopes),
        // Positions are no scopes: whoever narrows by them asks with them.
        _ => throw new System.Diagnostics.UnreachableException($"Unhandled expression {this}."),
    };

    /// <summary>Scopes of which every article that is let through stands in one, as few as may be. Nothing but negations lets anything through.</summary>
    public IReadOnlyList<Scope> Driving => this switch
    {
        One(var scope) => [scope],
        Any(var terms) => [.. terms.SelectMany(term => term.Driving).Distinct()],
        All(var terms) => terms.Where(term => term is not Not).Select(term => term.Driving).MinBy(scopes => scopes.Count) ?? [Scope.All],
        _ => [Scope.All],
    };

    /// <summary>All of several terms; what everything stands in says nothing beside others.</summary>
    public static ScopeExpression AllOf(IReadOnlyList<ScopeExpression> terms) => terms.Where(term => term != new One(Scope.All)).ToList() switch
    {
        [] => new One(Scope.All),
        [var one] => one,
        var several => new All(several),
    };

    public static ScopeExpression AnyOf(IReadOnlyList<ScopeExpression> terms) => terms is [var one] ? one : new Any(terms);

    public sealed record One(Scope Scope) : ScopeExpression;

    public sealed record All(IReadOnlyList<ScopeExpression> Terms) : ScopeExpression;

    public sealed record Any(IReadOnlyList<ScopeExpression> Terms) : ScopeExpression;

    public sealed record Not(ScopeExpression Term) : ScopeExpression;

    /// <summary>Just these positions, the lowest first, of editions that readers see.</summary>
    public sealed record Among(IReadOnlyList<long> Positions) : ScopeExpression;
}
