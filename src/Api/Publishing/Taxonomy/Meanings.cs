using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing.Taxonomy;

/// <summary>
/// Remembers which names of sections and tags have come to mean something else to readers. Whoever follows the changes under such a name must begin again:
/// nobody is told of articles to which nothing happened. A name that readers never knew meant nothing to them before.
/// </summary>
internal static class Meanings
{
    /// <summary>The name as it stands in a filter.</summary>
    public static string Of(SectionPath path) => $"section {path}";

    /// <inheritdoc cref="Of(SectionPath)"/>
    public static string Of(TagKey tag) => $"tag {tag.Kind}:{tag.Slug}";

    /// <summary>A tag is about to go, or to be another: by its own name, and by those of all that were merged into it.</summary>
    public static async ValueTask LoseTagAsync(this WriteSession write, long id) =>
        await write.ChangeMeaningsAsync(await write.ListAsync<string>(
            $"""
            select 'tag ' || t.kind || ':' || t.slug from tag t where t.id = @id and {Existence.WasOfTag}
            union
            select 'tag ' || kind || ':' || slug from tag where merged_into = @id and is_alias = 1
            """,
            new { id, now = write.Now.Milliseconds }));

    /// <summary>A section is about to go: by its path, and by all that lead to it.</summary>
    public static async ValueTask LoseSectionAsync(this WriteSession write, long id) =>
        await write.ChangeMeaningsAsync(await write.ListAsync<string>(
            $"""
            select 'section ' || s.path from section s where s.id = @id and {Existence.WasOfSection}
            union
            select 'section ' || path from section_alias where section_id = @id and is_public = 1
            """,
            new { id, now = write.Now.Milliseconds }));

    /// <summary>A section was made or moved to this path, with what stands below it: what led elsewhere from there leads to it now.</summary>
    public static async ValueTask TakePathAsync(this WriteSession write, string path) =>
        await write.ChangeMeaningsAsync(await write.ListAsync<string>(
            """
            select distinct 'section ' || a.path
            from section_alias a join section s on s.path = a.path and s.id <> a.section_id
            where (a.path = @path or (a.path > @path || '/' and a.path < @path || '0')) and a.is_public = 1
            """,
            new { path }));

    /// <summary>Whether one of these names has come to mean something else since.</summary>
    public static async ValueTask<bool> HaveChangedAsync(this Session session, IEnumerable<string> names, long since)
    {
        foreach (var name in names)
        {
            if (await session.FindAsync<long?>("select no from meaning where name = @name and no > @since", new { name, since }) is not null)
                return true;
        }

        return false;
    }

    private static async ValueTask ChangeMeaningsAsync(this WriteSession write, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return;

        await write.ExecuteAsync("update counter set value = value + 1 where name = 'meaning'");
        foreach (var name in names)
        {
            await write.ExecuteAsync(
                "insert into meaning (name, no) select @name, value from counter where name = 'meaning' on conflict (name) do update set no = excluded.no", new { name });
        }
    }
}
