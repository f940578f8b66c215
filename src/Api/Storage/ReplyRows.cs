using Galley.Content;

namespace Galley.Storage;

/// <summary>What was answered to writes that may be sent again.</summary>
internal static class ReplyRows
{
    /// <summary>The status of a reply that is kept without what it said: its article is gone, and the request must not be carried out again all the same.</summary>
    public const int Emptied = 0;

    private const int Portion = 200;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>What a request was answered before; null where it was not, or too long ago.</summary>
    public static ValueTask<Reply?> FindReplyAsync(this Session session, byte[] request, Instant now) =>
        session.FindAsync<Reply>("select body_hash, article_id, status, headers, body from reply where request = @request and expires_at > @now", new { request, now = now.Milliseconds });

    /// <summary>Keeps a reply, instead of one that has expired.</summary>
    public static async ValueTask KeepReplyAsync(this WriteSession write, byte[] request, Reply reply)
    {
        await write.ExecuteAsync("delete from reply where request = @request", new { request });
        await write.ExecuteAsync(
            """
            insert into reply (request, body_hash, article_id, status, headers, body, expires_at)
            values (@request, @BodyHash, @ArticleId, @Status, @Headers, @Body, @expiresAt)
            """,
            new { request, reply.BodyHash, reply.ArticleId, reply.Status, reply.Headers, reply.Body, expiresAt = write.Now.Plus(Kept).Milliseconds });
    }

    /// <summary>Lets go of one portion of what has expired. Says whether there may be more.</summary>
    public static async ValueTask<bool> ForgetRepliesAsync(this WriteSession write)
    {
        var now = write.Now.Milliseconds;
        // Nothing to do is nothing to commit.
        if (await write.FindAsync<long?>("select expires_at from reply where expires_at <= @now order by expires_at limit 1", new { now }) is null)
            return false;

        return await write.ExecuteAsync("delete from reply where request in (select request from reply where expires_at <= @now order by expires_at limit @Portion + 0)", new { now, Portion }) == Portion;
    }

    /// <summary>Leaves of the replies about an article only that there were some, and why they are gone.</summary>
    public static ValueTask<int> EmptyRepliesAsync(this WriteSession write, long articleId, string problem) =>
        write.ExecuteAsync("update reply set status = 0, headers = @problem, body = x'' where article_id = @articleId", new { articleId, problem });
}

/// <summary>A reply as it was given.</summary>
internal sealed record Reply
{
    /// <summary>Of the request's body.</summary>
    public byte[] BodyHash { get; init; } = [];

    public long? ArticleId { get; init; }

    public long Status { get; init; }

    /// <summary>A JSON object; where the reply is emptied, the code of the problem that says so.</summary>
    public string Headers { get; init; } = string.Empty;

    public byte[] Body { get; init; } = [];
}
