using Galley.Content;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Turns the names in a query into scopes. What does not exist, and what only hidden stories use, both let nothing through.</summary>
internal sealed class ScopeFilter(Session session)
{
    public async ValueTask<ScopeExpression> ExpressionOfAsync(ArticleListQuery query)
    {
        var terms = new List<ScopeExpression>();
        if (query.Sections.Count > 0)
            terms.Add(await SectionsAsync(query));
        if (query.Tags is { } tags)
            terms.Add(await TagsAsync(tags));

        return terms.Count switch
        {
            0 when query.Languages is [var language] => await LanguageIdAsync(language) is { } id ? new ScopeExpression.One(Scope.AllIn(id)) : ScopeExpression.Nothing,
            0 => new ScopeExpression.One(Scope.All),
            1 => terms[0],
            _ => new ScopeExpression.All(terms),
        };
    }

    /// <summary>The languages to let through; null where the scopes say it already, or all may pass.</summary>
    public async ValueTask<IReadOnlySet<long>?> LanguagesOfAsync(ArticleListQuery query)
    {
        if (query.Languages.Count == 0 || (query.Languages.Count == 1 && query.Sections.Count == 0 && query.Tags is null))
            return null;

        var ids = new HashSet<long>();
        foreach (var language in query.Languages)
        {
            if (await LanguageIdAsync(language) is { } id)
                ids.Add(id);
        }

        return ids;
    }

    private ValueTask<long?> LanguageIdAsync(Language language) => session.FindAsync<long?>("select id from language where tag = @Tag", new { language.Tag });

    private async ValueTask<ScopeExpression> SectionsAsync(ArticleListQuery query)
    {
        var scopes = new List<ScopeExpression>();
        foreach (var path in query.Sections)
        {
            if (await session.FindAsync<long?>("select id from section where path = @Value", new { path.Value }) is { } id)
                scopes.Add(new ScopeExpression.One(query.IsWithDescendants ? Scope.SectionTree(id) : Scope.SectionOnly(id)));
        }

        return scopes.Count == 1 ? scopes[0] : new ScopeExpression.Any(scopes);
    }

    private async ValueTask<ScopeExpression> TagsAsync(TagExpression expression) => expression switch
    {
        TagExpression.Tag(var key) => await session.FindAsync<long?>("select id from tag where kind = @Kind and slug = @Slug", new { key.Kind, key.Slug }) is { } id
            ? new ScopeExpression.One(Scope.Tag(id))
            : ScopeExpression.Nothing,
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
