using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>
/// Where the newest revision of an article stands, as long as no edition was made of it: sections and tags are in use that only a draft names. What readers
/// have or will have stands in the listing.
/// </summary>
internal static class WorkingScopes
{
    /// <summary>Brings the rows of an article in line with its newest revision and its editions.</summary>
    public static async ValueTask NoteWorkingScopesAsync(this WriteSession write, ArticleRow article)
    {
        await write.ExecuteAsync("delete from working_scope where article_id = @Id", new { article.Id });
        if (await write.FindAsync<long?>("select position from edition where article_id = @Id and revision = @WorkingRevision", new { article.Id, article.WorkingRevision }) is not null)
            return;

        var content = await write.LoadContentAsync(article.Id, article.WorkingRevision);
        if (content.Section is { } section)
            await write.AddAsync(article, Scope.SectionOnly(section.Id));

        foreach (var use in content.Tags.Concat(content.Contributors))
        {
            if (await write.FindAsync<long?>("select coalesce(merged_into, id) from tag where id = @Id", new { use.Id }) is { } tagId)
                await write.AddAsync(article, Scope.Tag(tagId));
        }
    }

    /// <summary>Whether any article stands in a scope or will, or would if its newest revision were published.</summary>
    public static async ValueTask<bool> IsInUseAsync(this Session session, Scope scope) =>
        await session.FindAsync<long?>(
            """
            select 1 from listing where scope = @Packed
            union all
            select 1 from working_scope where scope = @Packed
            limit 1
            """,
            new { scope.Packed }) is not null;

    private static ValueTask<int> AddAsync(this WriteSession write, ArticleRow article, Scope scope) =>
        write.ExecuteAsync("insert into working_scope (scope, article_id) values (@Packed, @Id) on conflict do nothing", new { scope.Packed, article.Id });
}
