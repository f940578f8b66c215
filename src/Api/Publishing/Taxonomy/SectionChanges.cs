using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing.Taxonomy;

/// <summary>What is done to sections by hand: names, places, and the memory of former ones.</summary>
internal static class SectionChanges
{
    /// <summary>Gives a section these names, by language, and no others.</summary>
    public static async ValueTask RenameSectionAsync(this WriteSession write, long id, IEnumerable<KeyValuePair<string, string>> names)
    {
        await write.ExecuteAsync("delete from section_name where section_id = @id", new { id });
        foreach (var (language, name) in names)
        {
            await write.ExecuteAsync(
                "insert into section_name (section_id, language, name, folded) values (@id, @language, @name, @folded)",
                new { id, language, name, folded = PlainText.FoldName(name) });
        }
    }

    /// <summary>
    /// Makes a section, and with it all above it, one that exists by hand: readers could not find it under a section that does not. The outermost that was
    /// made by a push before; null where none was. A name that waited for a hidden article's appearance is dropped: it would tell of that.
    /// </summary>
    public static async ValueTask<SectionRow?> MakeByHandAsync(this WriteSession write, SectionRow section)
    {
        SectionRow? outermost = null;
        foreach (var pushed in (await write.ListUpwardsAsync(section.Id)).Where(each => each.MadeBy == MadeBy.Push))
        {
            var parameters = new { pushed.Id, now = write.Now.Milliseconds };
            await write.ExecuteAsync("delete from section_name where section_id = @Id and not exists (select 1 from section where id = @Id and shown_at <= @now)", parameters);
            await write.ExecuteAsync($"update section set made_by = '{MadeBy.Hand}' where id = @Id", parameters);
            outermost = pushed;
        }

        return outermost;
    }

    /// <summary>Remembers the present paths of a section and all below it, as ones that lead to them from now on where readers know them.</summary>
    public static ValueTask<int> RememberPathsAsync(this WriteSession write, string path) =>
        write.ExecuteAsync(
            $"""
            insert into section_alias (path, section_id, moved_at, is_public)
            select s.path, s.id, @now, case when {Existence.WasOfSection} then 1 else 0 end
            from section s
            where s.path = @path or (s.path > @path || '/' and s.path < @path || '0')
            on conflict (path, section_id) do update set moved_at = excluded.moved_at, is_public = case when section_alias.is_public = 1 then 1 else excluded.is_public end
            """,
            new { path, now = write.Now.Milliseconds });

    /// <summary>Gives a section another place, with all below it. A path that leads to where it stands is no former one.</summary>
    public static async ValueTask MoveSectionAsync(this WriteSession write, SectionRow section, SectionPath to, long parentId)
    {
        await write.RememberPathsAsync(section.Path);
        await write.ExecuteAsync(
            "update section set path = @to || substr(path, length(@from) + 1) where path = @from or (path > @from || '/' and path < @from || '0')",
            new { from = section.Path, to = to.Value });
        await write.ExecuteAsync("update section set parent_id = @parentId, slug = @slug where id = @Id", new { section.Id, parentId, slug = to.Slugs[^1] });
        await write.ExecuteAsync(
            """
            delete from section_alias
            where (path = @to or (path > @to || '/' and path < @to || '0')) and exists (select 1 from section s where s.path = section_alias.path and s.id = section_alias.section_id)
            """,
            new { to = to.Value });
        await write.TakePathAsync(to.Value);
    }
}
