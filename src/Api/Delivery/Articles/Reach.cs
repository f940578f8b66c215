using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>
/// How far a reader sees: all that is visible, or what the key is limited to. What lies outside is for this reader as if it were not there, by id, by
/// address, in lists and in what other articles show of it.
/// </summary>
internal sealed class Reach
{
    private readonly Session _session;
    private readonly IReadOnlyList<long>? _sources;
    private readonly IReadOnlyList<long>? _sections;
    private readonly IReadOnlyList<long>? _languages;

    private Reach(Session session, IReadOnlyList<long>? sources, IReadOnlyList<long>? sections, IReadOnlyList<long>? languages) =>
        (_session, _sources, _sections, _languages) = (session, sources, sections, languages);

    /// <summary>Whether it holds all that is visible.</summary>
    public bool IsWhole => _sources is null && _sections is null && _languages is null;

    /// <summary>The reach of limits as of a snapshot. A source or language that nothing uses yet holds nothing.</summary>
    public static async ValueTask<Reach> OfAsync(Session session, ContentLimits limits) => limits.AreNone ? new Reach(session, null, null, null) : new Reach(
        session,
        limits.Sources is null ? null : await IdsAsync(session, "select id, slug as name from source", name => limits.HoldSource(name)),
        limits.SectionIds,
        limits.Languages is null ? null : await IdsAsync(session, "select id, tag as name from language", limits.HoldLanguage));

    /// <summary>Whether what stands there is within it.</summary>
    public async ValueTask<bool> HoldsAsync(Stand stand) =>
        (_sources is null || _sources.Contains(stand.SourceId))
        && (_languages is null || _languages.Contains(stand.LanguageId))
        && (_sections is null || _sections.Contains(stand.SectionId) || (await _session.ListUpwardsAsync(stand.SectionId)).Any(section => _sections.Contains(section.Id)));

    /// <summary>Those within it, in their order.</summary>
    public async ValueTask<IReadOnlyList<T>> WithinAsync<T>(IReadOnlyList<T> stands)
        where T : Stand
    {
        if (IsWhole)
            return stands;

        var within = new List<T>(stands.Count);
        foreach (var stand in stands)
        {
            if (await HoldsAsync(stand))
                within.Add(stand);
        }

        return within;
    }

    /// <summary>Its limits as terms of a filter, each any of several scopes.</summary>
    public IEnumerable<IReadOnlyList<Scope>> Terms() =>
        new[] { _sources?.Select(Scope.Source), _sections?.Select(Scope.SectionTree), _languages?.Select(Scope.AllIn) }.OfType<IEnumerable<Scope>>().Select(scopes => scopes.ToList());

    private static async ValueTask<IReadOnlyList<long>> IdsAsync(Session session, string sql, Func<string, bool> isWanted) =>
        [.. (await session.ListAsync<NamedRow>(sql)).Where(row => isWanted(row.Name)).Select(row => row.Id)];

    private sealed class NamedRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = string.Empty;
    }
}
