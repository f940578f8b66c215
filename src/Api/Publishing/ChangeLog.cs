using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>What happened to an article, as readers must learn it.</summary>
internal static class ChangeKind
{
    public const string Published = "published";
    public const string Updated = "updated";
    public const string BreakingEnded = "breaking-ended";
    public const string Unpublished = "unpublished";
    public const string Expired = "expired";
    public const string Deleted = "deleted";
    public const string Takedown = "takedown";

    /// <summary>After these readers see nothing of the article.</summary>
    public static readonly IReadOnlySet<string> Ends = new HashSet<string> { Unpublished, Expired, Deleted, Takedown };

    /// <summary>Another article that it shows, as a translation or as related, came, went or is called otherwise: no new version.</summary>
    public const string Reference = "reference";

    /// <summary>A section or tag of it is called otherwise, or stands elsewhere: no new version.</summary>
    public const string Taxonomy = "taxonomy";
}

/// <summary>The ordered log of everything the public can notice, written in the transaction that makes it so.</summary>
internal static class ChangeLog
{
    /// <summary>How far the log reaches.</summary>
    public static async ValueTask<LogRow> LoadLogAsync(this Session session) =>
        (await session.FindAsync<LogRow>("select max(case name when 'seq' then value end) as seq, max(case name when 'change_floor' then value end) as floor, max(case name when 'meaning' then value end) as meaning from counter"))!;

    /// <summary>Adds a row; the scopes the article stood in before tell whoever reads one of them that it left.</summary>
    public static ValueTask<int> AppendAsync(this WriteSession write, ArticleRow article, string kind, Instant at, byte[] scopesBefore)
    {
        write.Touched.Article(article.PublicId);
        write.Touched.Listed(ScopeSet.Unpack(scopesBefore), article.ShownPosition ?? long.MaxValue);
        return write.ExecuteAsync(
            """
            insert into change (seq, article_id, public_id, kind, version, at, logged_at, scopes_before)
            values (@seq, @Id, @PublicId, @kind, @Version, @at, @loggedAt, @scopesBefore)
            """,
            new { seq = write.NextSeq(), article.Id, article.PublicId, kind, article.Version, at = at.Milliseconds, loggedAt = write.Now.Milliseconds, scopesBefore });
    }
}

/// <summary>Where the log begins and ends.</summary>
internal sealed class LogRow
{
    public long Seq { get; init; }

    public long Floor { get; init; }

    /// <summary>How often names have come to mean something else.</summary>
    public long Meaning { get; init; }
}
