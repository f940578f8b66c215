using Galley.Content;
using Galley.Http;
using Galley.Manage.Articles;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.ArticleList;

/// <summary>What a filter and the limits of a key let through, with sections and tags as they stand now. A key finds what it may read one by one.</summary>
internal sealed class Sieve
{
    private readonly ManagedArticleFilter _filter;
    private readonly ContentLimits _limits;
    private readonly Instant _now;
    private readonly Dictionary<TagKey, HashSet<long>> _tags = [];

    // Null for all there are, and none.
    private HashSet<long>? _sections;
    private HashSet<long>? _sectionsOfKey;

    private Sieve(ManagedArticleFilter filter, ContentLimits limits, Instant now) => (_filter, _limits, _now) = (filter, limits, now);

    public static async ValueTask<Sieve> OfAsync(Session session, ManagedArticleFilter filter, ContentLimits limits, Instant now)
    {
        var sieve = new Sieve(filter, limits, now);
        if (filter.Sections.Count > 0)
            sieve._sections = await session.ListSectionsAsync(filter.Sections, filter.IsWithDescendants);
        if (limits.SectionIds is { } ids)
            sieve._sectionsOfKey = await session.ListSectionsAsync(ids);
        foreach (var tag in filter.Tags?.Named() ?? [])
            sieve._tags[tag] = await session.ListTagsAsync(tag);

        return sieve;
    }

    /// <summary>Whether what an article holds decides too, beside where it stands.</summary>
    public bool IsOfContent =>
        _sections is not null || _sectionsOfKey is not null || _limits.Languages is not null || _filter.Tags is not null || _filter.Languages.Count > 0
        || !_filter.Published.IsWhole || _filter.UrgencyMax is not null || _filter.IsBreaking is not null;

    /// <summary>Whether an article may be let through, by where it stands: the newest revision is still to be asked.</summary>
    public bool MayHold(ListedRow row, StoredState state) =>
        _limits.HoldSource(row.Source)
        && (_filter.Sources.Count == 0 || (row.Source is { } source && _filter.Sources.Contains(source, StringComparer.Ordinal)))
        && (_filter.ExternalId is null || row.ExternalId == _filter.ExternalId)
        && (_filter.StatesAskedFor.Count == 0 || _filter.StatesAskedFor.Contains(state.State, StringComparer.Ordinal))
        && (_filter.HasDraft is null || state.HasDraft == _filter.HasDraft)
        && IsWithin(_filter.Updated, state.UpdatedAt)
        && state.Editions.All(edition => edition.UntilAt <= _now.Milliseconds || IsOfKey(edition.Language, edition.SectionId));

    /// <summary>Whether it is let through by what its newest revision holds.</summary>
    public bool Holds(ContentHead head) =>
        IsOfKey(head.Language, head.Section?.Id ?? 0)
        && (_sections is null || _sections.Contains(head.Section?.Id ?? 0))
        && (_filter.Languages.Count == 0 || _filter.Languages.Contains(head.Language, StringComparer.Ordinal))
        && (_filter.Tags is null || Holds(_filter.Tags, [.. head.Tags.Concat(head.Contributors).Select(use => use.Id)]))
        && IsWithin(_filter.Published, head.PublishedAt)
        && (_filter.UrgencyMax is null || head.Urgency <= _filter.UrgencyMax)
        && (_filter.IsBreaking is null || head.BreakingUntil > _now == _filter.IsBreaking);

    private bool IsOfKey(string language, long sectionId) => _limits.HoldLanguage(language) && (_sectionsOfKey is null || _sectionsOfKey.Contains(sectionId));

    private bool Holds(TagExpression expression, HashSet<long> ids) => expression switch
    {
        TagExpression.Tag(var key) => _tags[key].Overlaps(ids),
        TagExpression.Not(var term) => !Holds(term, ids),
        TagExpression.All(var terms) => terms.All(term => Holds(term, ids)),
        TagExpression.Any(var terms) => terms.Any(term => Holds(term, ids)),
        _ => throw new System.Diagnostics.UnreachableException($"Unhandled expression {expression}."),
    };

    private static bool IsWithin(InstantRange range, Instant? instant) => range.IsWhole || (instant is { } there && range.Holds(there.Milliseconds));
}

/// <summary>What of a revision decides whether a filter lets it through; the rest of the document is passed over.</summary>
internal sealed record ContentHead
{
    public required string Language { get; init; }

    public SectionUse? Section { get; init; }

    public IReadOnlyList<TagUse> Tags { get; init; } = [];

    public IReadOnlyList<TagUse> Contributors { get; init; } = [];

    public int? Urgency { get; init; }

    public Instant? PublishedAt { get; init; }

    public Instant? BreakingUntil { get; init; }
}

/// <summary>Finds what names in a filter stand for, whether or not readers know it.</summary>
internal static class NamedPlaces
{
    /// <summary>The ids of the sections at these paths, or that stood there before they were moved.</summary>
    public static async ValueTask<HashSet<long>> ListSectionsAsync(this Session session, IReadOnlyList<SectionPath> paths, bool isWithDescendants)
    {
        var ids = new HashSet<long>();
        foreach (var path in paths)
        {
            if (await session.FindSectionAsync(path.Value) is { } section)
                ids.UnionWith(isWithDescendants ? await session.ListTreeAsync(section.Path) : [section.Id]);
        }

        return ids;
    }

    /// <summary>The ids of these sections and of all below them.</summary>
    public static async ValueTask<HashSet<long>> ListSectionsAsync(this Session session, IReadOnlyList<long> tops)
    {
        var ids = new HashSet<long>();
        foreach (var path in await session.ListOfAsync<string, long>("select path from section where id in @ids", tops))
            ids.UnionWith(await session.ListTreeAsync(path));

        return ids;
    }

    /// <summary>The ids under which articles have a tag: its own, and those of all that were merged into it.</summary>
    public static async ValueTask<HashSet<long>> ListTagsAsync(this Session session, TagKey key) =>
        await session.FindTagAsync(key) is { } tag ? [tag.Id, .. await session.ListAsync<long>("select id from tag where merged_into = @Id", new { tag.Id })] : [];

    private static ValueTask<IReadOnlyList<long>> ListTreeAsync(this Session session, string path) =>
        session.ListAsync<long>("select id from section where path = @path or (path > @path || '/' and path < @path || '0')", new { path });
}
