using Galley.Content;
using Galley.Storage;

namespace Galley.Delivery;

/// <summary>Names that sections and tags had when readers knew them. A present name always wins.</summary>
internal static class FormerNames
{
    /// <summary>The section that stands at a path, or stood there last.</summary>
    public static async ValueTask<long?> FindSectionIdAsync(this Session session, SectionPath path) =>
        await session.FindAsync<long?>("select id from section where path = @Value", new { path.Value }) ?? (await session.FindFormerSectionAsync(path.Value))?.Id;

    /// <summary>The section that stood at a path before it was moved.</summary>
    public static ValueTask<SectionAddress?> FindFormerSectionAsync(this Session session, string path) =>
        session.FindAsync<SectionAddress>(
            """
            select s.id, s.path
            from section_alias a join section s on s.id = a.section_id
            where a.path = @path and a.is_public = 1
            order by a.moved_at desc, s.id desc
            limit 1
            """,
            new { path });

    /// <summary>The tag of a kind and slug, or that into which it was merged.</summary>
    public static ValueTask<long?> FindTagIdAsync(this Session session, TagKey key) =>
        session.FindAsync<long?>(
            "select coalesce(merged_into, id) from tag where kind = @Kind and slug = @Slug and (merged_into is null or is_alias = 1)", new { key.Kind, key.Slug });
}

/// <summary>A section by id and present path.</summary>
internal sealed record SectionAddress
{
    public long Id { get; init; }

    public string Path { get; init; } = string.Empty;
}
