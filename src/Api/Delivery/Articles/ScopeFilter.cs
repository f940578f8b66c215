using Galley.Content;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>
/// Turns the names in a query into scopes. What does not exist, and what only hidden stories use, both let nothing through, and cost the same: where a
/// page stops must not tell them apart.
/// </summary>
internal sealed class ScopeFilter(Session session)
{
    /// <summary>The scopes, and the languages to let through: null where the scopes say it already, or all may pass.</summary>
    public async ValueTask<(ScopeExpression Expression, IReadOnlySet<long>? Languages)> ResolveAsync(ArticleListQuery query)
    {
        var terms = new List<ScopeExpression>();
        if (query.Sections.Count > 0)
            terms.Add(await SectionsAsync(query));
        if (query.Tags is { } tags)
            terms.Add(await TagsAsync(tags));
        if (terms.Count == 0 && query.Languages is [var language])
            return (One(await LanguageIdAsync(language), Scope.AllIn), null);

        var expression = terms.Count switch
        {
            0 => new ScopeExpression.One(Scope.All),
            1 => terms[0],
            _ => new ScopeExpression.All(terms),
        };
        return (expression, query.Languages.Count == 0 ? null : await LanguagesAsync(query.Languages));
    }

    private async ValueTask<HashSet<long>> LanguagesAsync(IReadOnlyList<Language> languages)
    {
        var ids = new HashSet<long>();
        foreach (var language in languages)
        {
            if (await LanguageIdAsync(language) is { } id)
                ids.Add(id);
        }

        return ids;
    }

    private static ScopeExpression.One One(long? id, Func<long, Scope> scopeOf) => new(id is { } known ? scopeOf(known) : Scope.Nowhere);

    private ValueTask<long?> LanguageIdAsync(Language language) => session.FindAsync<long?>("select id from language where tag = @Tag", new { language.Tag });

    private async ValueTask<ScopeExpression> SectionsAsync(ArticleListQuery query)
    {
        var scopes = new List<ScopeExpression>();
        foreach (var path in query.Sections)
        {
            var id = await session.FindAsync<long?>("select id from section where path = @Value", new { path.Value });
            scopes.Add(One(id, query.IsWithDescendants ? Scope.SectionTree : Scope.SectionOnly));
        }

        return scopes.Count == 1 ? scopes[0] : new ScopeExpression.Any(scopes);
    }

    private async ValueTask<ScopeExpression> TagsAsync(TagExpression expression) => expression switch
    {
        TagExpression.Tag(var key) => One(await session.FindAsync<long?>("select id from tag where kind = @Kind and slug = @Slug", new { key.Kind, key.Slug }), Scope.Tag),
        TagExpression.Not(var term) => new ScopeExpression.Not(await TagsAsync(term)),
        TagExpression.All(var terms) => new ScopeExpression.All(await EachAsync(terms)),
        TagExpression.Any(var terms) => new ScopeExpression.Any(await EachAsync(terms)),
        _ => throw new System.Diagnostics.UnreachableException($"Unhandled expression {expression}."),
    };

    private async ValueTask<IReadOnlyList<ScopeExpression>> EachAsync(IReadOnlyList<TagExpression> terms)
    {
        var scopes = new List<ScopeExpression>(terms.Count);
        foreach (var term in terms)
            scopes.Add(await TagsAsync(term));

        return scopes;
    }
}
