using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing.Taxonomy;

/// <summary>What is done to tags by hand: names, and which are one.</summary>
internal static class TagChanges
{
    /// <summary>Gives a tag these names, by language, and no others.</summary>
    public static async ValueTask RenameTagAsync(this WriteSession write, long id, IEnumerable<KeyValuePair<string, string>> names)
    {
        await write.ExecuteAsync("delete from tag_name where tag_id = @id", new { id });
        foreach (var (language, name) in names)
        {
            await write.ExecuteAsync(
                "insert into tag_name (tag_id, language, name, folded) values (@id, @language, @name, @folded)",
                new { id, language, name, folded = PlainText.FoldName(name) });
        }
    }

    /// <summary>Makes a tag an alias of another, with all that was merged into it before. Its name goes on finding it where readers knew it; that of a hidden article tells nothing.</summary>
    public static async ValueTask MergeTagAsync(this WriteSession write, TagRow going, TagRow staying)
    {
        await write.LoseTagAsync(going.Id);
        var parameters = new { from = going.Id, into = staying.Id, now = write.Now.Milliseconds };
        await write.ExecuteAsync($"update tag set is_alias = 1 where id in (select t.id from tag t where t.id = @from and {Existence.WasOfTag})", parameters);
        await write.ExecuteAsync(
            $"delete from tag_name where tag_id = @from and not exists (select 1 from tag t where t.id = @from and {Existence.WasOfTag})", parameters);
        await write.ExecuteAsync("update tag set merged_into = @into where id = @from or merged_into = @from", parameters);

        var (before, after) = (Scope.Tag(going.Id).Packed, Scope.Tag(staying.Id).Packed);
        await write.ExecuteAsync(
            "insert into working_scope (scope, article_id) select @after, article_id from working_scope where scope = @before on conflict do nothing", new { before, after });
        await write.ExecuteAsync("delete from working_scope where scope = @before", new { before });
    }
}
