using Galley.Content;
using Galley.Http;
using Galley.Publishing.Rerendering;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>
/// Turns the names in a query into scopes. What does not exist, and what only hidden stories use, both let nothing through, and cost the same: where a
/// page stops must not tell them apart.
/// </summary>
internal sealed class ScopeFilter(Session session)
{
    private IReadOnlyList<RerenderJob>? _underWay;

    /// <summary>Asks about scopes as they were written, whatever is moving just now.</summary>
    public static ScopeFilter AsWritten(Session session) => new(session) { _underWay = [] };

    /// <summary>The scopes to walk, and the languages to let through: null where the scopes say it already, or all may pass.</summary>
    public async ValueTask<(ScopeExpression Expression, IReadOnlySet<long>? Languages)> ResolveAsync(ArticleFilter filter, Reach reach)
    {
        var terms = await TermsAsync(filter, reach);
        if (terms.Count == 0 && filter.Languages is [var language])
            return (One(await LanguageIdAsync(language), Scope.AllIn), null);

        return (ScopeExpression.AllOf(terms), filter.Languages.Count == 0 ? null : await LanguagesAsync(filter.Languages));
    }

    /// <summary>The same in scopes alone, to ask about one article at a time.</summary>
    public async ValueTask<ScopeExpression> ResolveWholeAsync(ArticleFilter filter, Reach reach)
    {
        var terms = await TermsAsync(filter, reach);
        if (filter.Languages.Count > 0)
            terms.Add(ScopeExpression.AnyOf([.. (await LanguagesAsync(filter.Languages)).Select(id => new ScopeExpression.One(Scope.AllIn(id)))]));

        return ScopeExpression.AllOf(terms);
    }

    /// <summary>What of an expression a reader reaches.</summary>
    public async ValueTask<ScopeExpression> WithinAsync(ScopeExpression expression, Reach reach) => ScopeExpression.AllOf([expression, .. await TermsAsync(reach)]);

    private async ValueTask<List<ScopeExpression>> TermsAsync(ArticleFilter filter, Reach reach)
    {
        var terms = await TermsAsync(reach);
        if (filter.Sections.Count > 0)
            terms.Add(await SectionsAsync(filter));
        if (filter.Tags is { } tags)
            terms.Add(await TagsAsync(tags));
        if (filter.Sources.Count > 0)
            terms.Add(await SourcesAsync(filter.Sources));

        return terms;
    }

    private async ValueTask<List<ScopeExpression>> TermsAsync(Reach reach)
    {
        var terms = new List<ScopeExpression>();
        foreach (var scopes in reach.Terms())
        {
            var any = new List<ScopeExpression>(scopes.Count);
            foreach (var scope in scopes)
                any.Add(await AsOfNowAsync(new ScopeExpression.One(scope)));

            terms.Add(ScopeExpression.AnyOf(any));
        }

        return terms;
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

    private async ValueTask<ScopeExpression> SourcesAsync(IReadOnlyList<SourceSlug> sources)
    {
        var scopes = new List<ScopeExpression>();
        foreach (var source in sources)
            scopes.Add(One(await session.FindAsync<long?>("select id from source where slug = @Value", new { source.Value }), Scope.Source));

        return ScopeExpression.AnyOf(scopes);
    }

    private static ScopeExpression.One One(long? id, Func<long, Scope> scopeOf) => new(id is { } known ? scopeOf(known) : Scope.Nowhere);

    private ValueTask<long?> LanguageIdAsync(Language language) => session.FindAsync<long?>("select id from language where tag = @Tag", new { language.Tag });

    private async ValueTask<ScopeExpression> SectionsAsync(ArticleFilter filter)
    {
        var scopes = new List<ScopeExpression>();
        foreach (var path in filter.Sections)
        {
            scopes.Add(await SectionAsync(path, filter.IsWithDescendants));
        }

        return ScopeExpression.AnyOf(scopes);
    }

    /// <summary>What stands in a section, or in it and below.</summary>
    public async ValueTask<ScopeExpression> SectionAsync(SectionPath path, bool isWithDescendants) =>
        await AsOfNowAsync(One(await session.FindSectionIdAsync(path), isWithDescendants ? Scope.SectionTree : Scope.SectionOnly));

    /// <summary>What has a tag.</summary>
    public ValueTask<ScopeExpression> TagAsync(long? id) => AsOfNowAsync(One(id, Scope.Tag));

    private async ValueTask<ScopeExpression> TagsAsync(TagExpression expression) => expression switch
    {
        TagExpression.Tag(var key) => await TagAsync(await session.FindTagIdAsync(key)),
        TagExpression.Not(var term) => new ScopeExpression.Not(await TagsAsync(term)),
        TagExpression.All(var terms) => new ScopeExpression.All(await EachAsync(terms)),
        TagExpression.Any(var terms) => new ScopeExpression.Any(await EachAsync(terms)),
        _ => throw new System.Diagnostics.UnreachableException($"Unhandled expression {expression}."),
    };

    // A section that was moved or a tag that was merged is carried into the listing bit by bit; readers see it done at once.
    private async ValueTask<ScopeExpression> AsOfNowAsync(ScopeExpression.One named) =>
        (_underWay ??= await session.ListRerendersAsync()) is { Count: > 0 } jobs ? After(jobs, jobs.Count, named.Scope) : named;

    // What stands in a scope once the first jobs are done: they are done in their order, and what one moves may have been moved by another before.
    private static ScopeExpression After(IReadOnlyList<RerenderJob> jobs, int count, Scope scope)
    {
        ScopeExpression expression = new ScopeExpression.One(scope);
        for (var i = 0; i < count; i++)
        {
            var (hasGained, hasLost) = (jobs[i].HasGained(scope), jobs[i].HasLost(scope));
            var part = hasGained || hasLost ? After(jobs, i, new Scope(jobs[i].Scope)) : null;
            if (hasGained)
                expression = new ScopeExpression.Any([expression, part!]);
            if (hasLost)
                expression = new ScopeExpression.All([expression, new ScopeExpression.Not(part!)]);
        }

        return expression;
    }

    private async ValueTask<IReadOnlyList<ScopeExpression>> EachAsync(IReadOnlyList<TagExpression> terms)
    {
        var scopes = new List<ScopeExpression>(terms.Count);
        foreach (var term in terms)
            scopes.Add(await TagsAsync(term));

        return scopes;
    }
}
