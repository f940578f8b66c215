using Galley.Content;

namespace Galley.Delivery.Articles;

/// <summary>What a list is filtered by, in scopes.</summary>
internal abstract record ScopeExpression
{
    public sealed record One(Scope Scope) : ScopeExpression;

    public sealed record All(IReadOnlyList<ScopeExpression> Terms) : ScopeExpression;

    public sealed record Any(IReadOnlyList<ScopeExpression> Terms) : ScopeExpression;

    public sealed record Not(ScopeExpression Term) : ScopeExpression;
}
