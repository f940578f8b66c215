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
        _ => throw new System.Diagnostics.UnreachableException($"Unhandled expression {this}."),
    };

    public sealed record One(Scope Scope) : ScopeExpression;

    public sealed record All(IReadOnlyList<ScopeExpression> Terms) : ScopeExpression;

    public sealed record Any(IReadOnlyList<ScopeExpression> Terms) : ScopeExpression;

    public sealed record Not(ScopeExpression Term) : ScopeExpression;
}
