using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Reads and writes links to previews.</summary>
internal static class PreviewRows
{
    /// <summary>The revision that a token lets its holder read; null for one that is unknown, has expired or was revoked.</summary>
    public static ValueTask<PreviewRow?> FindPreviewAsync(this Session session, byte[] hash, Instant now) =>
        session.FindAsync<PreviewRow>(
            $"""
            select p.article_id, p.revision
            from preview_link p join article a on a.id = p.article_id
            where p.token_hash = @hash and p.expires_at > @now and a.state <> '{ArticleState.TakenDown}'
            """,
            new { hash, now = now.Milliseconds });

    public static ValueTask<int> AddPreviewAsync(this WriteSession write, string id, byte[] hash, PreviewRow preview, string keyId, Instant expiresAt) =>
        write.ExecuteAsync(
            """
            insert into preview_link (id, token_hash, article_id, revision, key_id, created_at, expires_at)
            values (@id, @hash, @ArticleId, @Revision, @keyId, @now, @expiresAt)
            """,
            new { id, hash, preview.ArticleId, preview.Revision, keyId, now = write.Now.Milliseconds, expiresAt = expiresAt.Milliseconds });

    /// <summary>Ends a link; says whether there was one that worked.</summary>
    public static async ValueTask<bool> RevokePreviewAsync(this WriteSession write, long articleId, string id) =>
        await write.ExecuteAsync("delete from preview_link where id = @id and article_id = @articleId and expires_at > @now", new { id, articleId, now = write.Now.Milliseconds }) > 0;

    /// <summary>Ends all links to an article's revisions: it is deleted, or taken down.</summary>
    public static ValueTask<int> DropPreviewsAsync(this WriteSession write, long articleId) =>
        write.ExecuteAsync("delete from preview_link where article_id = @articleId", new { articleId });

    /// <summary>Removes some of what has expired: with each new link more than one goes, so that nothing piles up.</summary>
    public static ValueTask<int> ForgetExpiredPreviewsAsync(this WriteSession write) =>
        write.ExecuteAsync(
            "delete from preview_link where id in (select id from preview_link where expires_at <= @now order by expires_at limit 20)",
            new { now = write.Now.Milliseconds });
}

/// <summary>Which revision a link is to.</summary>
internal sealed class PreviewRow
{
    public long ArticleId { get; init; }

    public long Revision { get; init; }
}
