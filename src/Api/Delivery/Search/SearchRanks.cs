using Galley.Content;
using Galley.Content.Search;
using Galley.Delivery.Articles;

namespace Galley.Delivery.Search;

/// <summary>Makes one question of what is looked for and what a list is filtered by; or several, one for each rank, none of which finds what another does.</summary>
internal static class SearchRanks
{
    /// <summary>All that is asked for, wherever it stands.</summary>
    public static IReadOnlyList<SearchExpression> Unranked(SearchQuestion question, ScopeExpression filter) => [Of(question, filter, SearchField.Anywhere, [])];

    /// <summary>The whole question as one phrase in the headline, all of it in the headline, all in the standfirst, all anywhere.</summary>
    public static IReadOnlyList<SearchExpression> Ranked(SearchQuestion question, ScopeExpression filter)
    {
        var (headline, standfirst) = (All(question, SearchField.Headline), All(question, SearchField.Standfirst));
        List<SearchExpression> ranks =
        [
            Of(question, filter, SearchField.Headline, []),
            Of(question, filter, SearchField.Standfirst, [headline]),
            Of(question, filter, SearchField.Anywhere, [headline, standfirst]),
        ];
        if (question.Wanted.SelectMany(term => term.Words).ToList() is not { Count: > 1 } words)
            return ranks;

        var phrase = new SearchExpression.Phrase(words, SearchField.Headline);
        ranks[0] = Of(question, filter, SearchField.Headline, [phrase]);
        return [With(phrase, question, filter, []), .. ranks];
    }

    private static SearchExpression Of(SearchQuestion question, ScopeExpression filter, SearchField field, IReadOnlyList<SearchExpression> higher) => With(All(question, field), question, filter, higher);

    private static SearchExpression With(SearchExpression wanted, SearchQuestion question, ScopeExpression filter, IReadOnlyList<SearchExpression> higher)
    {
        var (scopes, notScopes) = Split(filter);
        return Except(All([wanted, .. scopes]), [.. notScopes, .. question.Unwanted.Select(term => term.In(SearchField.Anywhere)), .. higher]);
    }

    private static SearchExpression All(SearchQuestion question, SearchField field) => All([.. question.Wanted.Select(term => term.In(field))]);

    private static SearchExpression All(IReadOnlyList<SearchExpression> terms) => terms is [var one] ? one : new SearchExpression.All(terms);

    private static SearchExpression Except(SearchExpression term, IReadOnlyList<SearchExpression> unwanted) => unwanted.Count == 0 ? term : new SearchExpression.Except(term, new SearchExpression.Any(unwanted));

    // Everything is in all: that asks for nothing.
    private static (IEnumerable<SearchExpression> Scopes, IEnumerable<SearchExpression> NotScopes) Split(ScopeExpression filter)
    {
        IReadOnlyList<ScopeExpression> terms = filter is ScopeExpression.All(var all) ? all : [filter];
        return (terms.Where(term => term is not ScopeExpression.Not && term != new ScopeExpression.One(Scope.All)).Select(Of), terms.OfType<ScopeExpression.Not>().Select(term => Of(term.Term)));
    }

    private static SearchExpression Of(ScopeExpression expression)
    {
        switch (expression)
        {
            case ScopeExpression.One(var scope):
                return new SearchExpression.In(scope);
            case ScopeExpression.Any(var terms):
                return new SearchExpression.Any([.. terms.Select(Of).DefaultIfEmpty(new SearchExpression.In(Scope.Nowhere))]);
            default:
                var (scopes, notScopes) = Split(expression);
                return Except(All([.. scopes.DefaultIfEmpty(new SearchExpression.In(Scope.All))]), [.. notScopes]);
        }
    }
}
