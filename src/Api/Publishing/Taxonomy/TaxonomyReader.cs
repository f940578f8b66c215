using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing.Taxonomy;

/// <summary>Finds sections and tags, and what they are called.</summary>
internal static class TaxonomyReader
{
    /// <summary>The section at a path, or that which stood there before it was moved.</summary>
    public static async ValueTask<SectionRow?> FindSectionAsync(this Session session, string path) =>
        await session.FindAsync<SectionRow>($"select {SectionRow.Columns} from section where path = @path", new { path })
        ?? await session.FindAsync<SectionRow>(
            """
            select s.id, s.parent_id, s.slug, s.path, s.made_by
            from section_alias a join section s on s.id = a.section_id
            where a.path = @path
            order by a.moved_at desc, s.id desc
            limit 1
            """,
            new { path });

    /// <summary>The section that stands at a path now.</summary>
    public static ValueTask<SectionRow?> FindPresentSectionAsync(this Session session, SectionPath path) =>
        session.FindAsync<SectionRow>($"select {SectionRow.Columns} from section where path = @Value", new { path.Value });

    /// <summary>The section with this id, and all above it: innermost first. None for 0, nor for one that was deleted.</summary>
    public static async ValueTask<IReadOnlyList<SectionRow>> ListUpwardsAsync(this Session session, long id)
    {
        var sections = new List<SectionRow>();
        while (id != 0)
        {
            var section = await session.FindAsync<SectionRow>($"select {SectionRow.Columns} from section where id = @id", new { id });
            if (section is null)
                break;

            sections.Add(section);
            id = section.ParentId;
        }

        return sections;
    }

    /// <summary>A section below <paramref name="parentId"/> (0: at the top) by its public name in a language, whatever its case and spaces; of several, the one whose slug is made of that name.</summary>
    public static ValueTask<SectionRow?> FindSectionByNameAsync(this Session session, long parentId, string name, string slug, string language, Instant now) =>
        session.FindAsync<SectionRow>(
            $"""
            select s.id, s.parent_id, s.slug, s.path, s.made_by
            from section_name n join section s on s.id = n.section_id
            where n.folded = @folded and n.language = @language and s.parent_id = @parentId and {Existence.WasOfSection}
            order by s.slug = @slug desc, s.slug
            limit 1
            """,
            new { parentId, slug, folded = PlainText.FoldName(name), language, now = now.Milliseconds });

    /// <summary>The tag of this kind and slug, or that into which it was merged.</summary>
    public static ValueTask<TagRow?> FindTagAsync(this Session session, TagKey key) =>
        session.FindAsync<TagRow>(
            """
            select t.id, t.kind, t.slug, t.made_by
            from tag named join tag t on t.id = coalesce(named.merged_into, named.id)
            where named.kind = @Kind and named.slug = @Slug
            """,
            new { key.Kind, key.Slug });

    /// <summary>
    /// A tag of a kind by its public name in a language, or that of one which was merged into it, whatever its case and spaces; of several, the one whose slug is made of that name.
    /// </summary>
    public static ValueTask<TagRow?> FindTagByNameAsync(this Session session, string kind, string name, string slug, string language, Instant now) =>
        session.FindAsync<TagRow>(
            $"""
            select t.id, t.kind, t.slug, t.made_by
            from tag_name n join tag named on named.id = n.tag_id join tag t on t.id = coalesce(named.merged_into, named.id)
            where n.folded = @folded and n.language = @language and named.kind = @kind and (named.made_by = '{MadeBy.Hand}' or named.shown_at <= @now)
            order by named.slug = @slug desc, named.slug
            limit 1
            """,
            new { kind, slug, folded = PlainText.FoldName(name), language, now = now.Milliseconds });

    /// <summary>The sections and tags of <paramref name="content"/> under the names that readers see once <paramref name="debut"/> has come.</summary>
    public static async ValueTask<Places> LoadPlacesAsync(this Session session, ArticleContent content, string siteLanguage, Debut debut) =>
        (await PlaceRows.LoadAsync(session, content)).Of(content, siteLanguage, debut);

    /// <summary>The content as it would be if it were sent now: with those tags into which its own were merged.</summary>
    public static async ValueTask<ArticleContent> WithMergedTagsAsync(this Session session, ArticleContent content) => content with
    {
        Tags = await MergedAsync(session, content.Tags),
        Contributors = await MergedAsync(session, content.Contributors),
    };

    private static async ValueTask<IReadOnlyList<TagUse>> MergedAsync(Session session, IReadOnlyList<TagUse> uses)
    {
        var merged = new List<TagUse>(uses.Count);
        foreach (var use in uses)
            merged.Add(use with { Id = await session.FindAsync<long?>("select merged_into from tag where id = @Id", new { use.Id }) ?? use.Id });

        return [.. merged.DistinctBy(use => use.Id)];
    }
}
