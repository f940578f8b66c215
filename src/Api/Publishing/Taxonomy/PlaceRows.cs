using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing.Taxonomy;

/// <summary>The sections and tags of some articles with all their names, as stored.</summary>
internal sealed class PlaceRows
{
    private readonly Dictionary<long, IReadOnlyList<NamedRow>> _sections = [];

    // By the id that articles have, whatever it was merged into since.
    private readonly Dictionary<long, IReadOnlyList<NamedRow>> _tags = [];

    /// <summary>Those of one article.</summary>
    public static async ValueTask<PlaceRows> LoadAsync(Session session, ArticleContent content)
    {
        var places = new PlaceRows();
        for (var id = content.Section?.Id ?? 0; id != 0 && await ListSectionAsync(session, id) is { Count: > 0 } rows; id = rows[0].ParentId)
            places._sections[id] = rows;
        foreach (var use in content.Tags.Concat(content.Contributors))
            places._tags[use.Id] = await ListTagAsync(session, use.Id);

        return places;
    }

    /// <summary>Those of many articles, in as many statements as there are levels of sections and hundreds of tags.</summary>
    public static async ValueTask<PlaceRows> LoadAsync(Session session, IReadOnlyList<ArticleContent> contents)
    {
        var places = new PlaceRows();
        var sections = contents.Select(content => content.Section?.Id ?? 0).Where(id => id != 0).ToList();
        while (sections.Count > 0)
        {
            var found = (await ListSectionsAsync(session, sections)).GroupBy(row => row.Id).ToList();
            foreach (var rows in found)
                places._sections[rows.Key] = [.. rows];

            sections = [.. found.Select(rows => rows.First().ParentId).Where(id => id != 0 && !places._sections.ContainsKey(id))];
        }

        foreach (var rows in (await ListTagsAsync(session, contents.SelectMany(content => content.Tags.Concat(content.Contributors)).Select(use => use.Id))).GroupBy(row => row.UsedId))
            places._tags[rows.Key] = [.. rows];

        return places;
    }

    /// <summary>The sections and tags of <paramref name="content"/> under the names that readers see once <paramref name="debut"/> has come.</summary>
    public Places Of(ArticleContent content, string siteLanguage, Debut debut) =>
        new(SectionsOf(content, siteLanguage, debut), TagsOf(content.Tags, content.Language, siteLanguage, debut), TagsOf(content.Contributors, content.Language, siteLanguage, debut));

    private List<SectionPlace> SectionsOf(ArticleContent content, string siteLanguage, Debut debut)
    {
        var sections = new List<SectionPlace>();
        // The sender's names stand outermost first, and the walk goes outward. Counted from within: a section that was moved may be nearer to the top than it was.
        var sent = new Stack<string>(content.Section?.Names ?? []);
        // One that is not there was deleted since, which an old revision does not hinder.
        for (var id = content.Section?.Id ?? 0; _sections.TryGetValue(id, out var rows); id = rows[0].ParentId)
        {
            var row = rows[0];
            var isNamed = row.IsNamed(debut);
            var sentName = sent.TryPop(out var last) ? last : row.Slug;
            var (name, language) = isNamed ? NamesOf(rows).Pick(content.Language, siteLanguage, row.Slug) : (sentName, null);
            sections.Insert(0, new SectionPlace(row.Id, row.Path, name, language, isNamed));
        }

        return sections;
    }

    private List<TagPlace> TagsOf(IReadOnlyList<TagUse> uses, string language, string siteLanguage, Debut debut)
    {
        var places = new List<TagPlace>(uses.Count);
        foreach (var use in uses)
        {
            // Deleted since, which an old revision does not hinder; or merged into one that stands here already.
            if (!_tags.TryGetValue(use.Id, out var rows) || rows.Count == 0 || places.Any(place => place.Id == rows[0].Id))
                continue;

            var row = rows[0];
            var isNamed = row.IsNamed(debut);
            var (name, nameLanguage) = isNamed ? NamesOf(rows).Pick(language, siteLanguage, row.Slug) : (use.Name ?? row.Slug, null);
            places.Add(new TagPlace(row.Id, new TagKey(row.Kind, row.Slug), name, nameLanguage, isNamed, use.Relation ?? "about"));
        }

        return places;
    }

    private static ValueTask<IReadOnlyList<NamedRow>> ListSectionAsync(Session session, long id) =>
        session.ListAsync<NamedRow>(
            """
            select s.id, s.parent_id, s.slug, s.path, s.made_by, s.shown_at, s.named_by, n.language, n.name
            from section s left join section_name n on n.section_id = s.id
            where s.id = @id
            """,
            new { id });

    private static ValueTask<IReadOnlyList<NamedRow>> ListSectionsAsync(Session session, IEnumerable<long> ids) =>
        session.ListOfAsync<NamedRow, long>(
            """
            select s.id, s.parent_id, s.slug, s.path, s.made_by, s.shown_at, s.named_by, n.language, n.name
            from section s left join section_name n on n.section_id = s.id
            where s.id in @ids
            """,
            ids);

    private static ValueTask<IReadOnlyList<NamedRow>> ListTagAsync(Session session, long id) =>
        session.ListAsync<NamedRow>(
            """
            select t.id, t.kind, t.slug, t.made_by, t.shown_at, t.named_by, n.language, n.name
            from tag used join tag t on t.id = coalesce(used.merged_into, used.id) left join tag_name n on n.tag_id = t.id
            where used.id = @id
            """,
            new { id });

    private static ValueTask<IReadOnlyList<NamedRow>> ListTagsAsync(Session session, IEnumerable<long> ids) =>
        session.ListOfAsync<NamedRow, long>(
            """
            select used.id as used_id, t.id, t.kind, t.slug, t.made_by, t.shown_at, t.named_by, n.language, n.name
            from tag used join tag t on t.id = coalesce(used.merged_into, used.id) left join tag_name n on n.tag_id = t.id
            where used.id in @ids
            """,
            ids);

    private static Names NamesOf(IReadOnlyList<NamedRow> rows) =>
        new([.. rows.Where(row => row.Language is not null).Select(row => new Name { Language = row.Language!, Text = row.Name! })]);

    /// <summary>A section or tag beside one of its names.</summary>
    private sealed class NamedRow
    {
        public long UsedId { get; init; }

        public long Id { get; init; }

        public long ParentId { get; init; }

        public string Kind { get; init; } = string.Empty;

        public string Slug { get; init; } = string.Empty;

        public string Path { get; init; } = string.Empty;

        public string MadeBy { get; init; } = string.Empty;

        public long? ShownAt { get; init; }

        public long NamedBy { get; init; }

        public string? Language { get; init; }

        public string? Name { get; init; }

        public bool IsNamed(Debut debut) =>
            MadeBy == Taxonomy.MadeBy.Hand || (ShownAt is { } shown && (shown, NamedBy).CompareTo((debut.At.Milliseconds, debut.ArticleId)) <= 0);
    }
}
