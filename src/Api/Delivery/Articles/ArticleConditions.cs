using Galley.Content;
using Galley.Http;

namespace Galley.Delivery.Articles;

/// <summary>What else a list asks of its articles: how urgent they are, whether they break just now, and from when they are.</summary>
internal sealed record ArticleConditions
{
    private static readonly QueryParameter PublishedAfterParameter = new("publishedAfter", "Published at this instant or later.") { Format = "date-time" };

    private static readonly QueryParameter PublishedBeforeParameter = new("publishedBefore", "Published before this instant.") { Format = "date-time" };

    private static readonly QueryParameter UpdatedAfterParameter = new(
        "updatedAfter", "Updated at this instant or later. To keep a copy follow `/v1/changes` instead: what has gone, or moved out of the filter, shows only there.")
    { Format = "date-time" };

    private static readonly QueryParameter UpdatedBeforeParameter = new("updatedBefore", "Updated before this instant.") { Format = "date-time" };

    private static readonly QueryParameter BreakingParameter = new("breaking", "`true`: only what is breaking now; `false`: only what is not.") { Type = "boolean" };

    public static IReadOnlyList<QueryParameter> Parameters =>
        [PublishedAfterParameter, PublishedBeforeParameter, UpdatedAfterParameter, UpdatedBeforeParameter, ArticleParameters.UrgencyMax, BreakingParameter];

    public required InstantRange Published { get; init; }

    public required InstantRange Updated { get; init; }

    public required int? UrgencyMax { get; init; }

    public required bool? IsBreaking { get; init; }

    /// <summary>What cursors are bound to.</summary>
    public string Identity => string.Join('\n', Published.After, Published.Before, Updated.After, Updated.Before, UrgencyMax, IsBreaking);

    public static ArticleConditions Read(QueryReader reader) => new()
    {
        Published = reader.Range(PublishedAfterParameter, PublishedBeforeParameter),
        Updated = reader.Range(UpdatedAfterParameter, UpdatedBeforeParameter),
        UrgencyMax = reader.Integer(ArticleParameters.UrgencyMax),
        IsBreaking = reader.Boolean(BreakingParameter),
    };

    /// <summary>What a filter lets through of all that is so urgent. That an article breaks ends by itself, which an index of words does not tell.</summary>
    public ScopeExpression Urgent(ScopeExpression filter) =>
        UrgencyMax is { } most ? ScopeExpression.AllOf([filter, ScopeExpression.AnyOf([.. Enumerable.Range(1, most).Select(urgency => new ScopeExpression.One(Scope.Urgency(urgency)))])]) : filter;

    /// <summary>The same of what breaks, or does not, where that is asked.</summary>
    public ScopeExpression Narrow(ScopeExpression filter) => IsBreaking switch
    {
        true => ScopeExpression.AllOf([Urgent(filter), new ScopeExpression.One(Scope.Breaking)]),
        false => ScopeExpression.AllOf([Urgent(filter), new ScopeExpression.Not(new ScopeExpression.One(Scope.Breaking))]),
        null => Urgent(filter),
    };
}
