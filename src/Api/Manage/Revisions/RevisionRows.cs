using Galley.Content;
using Galley.Http;
using Galley.Manage.Articles;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Storage;

namespace Galley.Manage.Revisions;

/// <summary>Reads revisions as a caller may see them. One that stands outside the limits of a key, whatever the article is now, is not there for it.</summary>
internal static class RevisionRows
{
    /// <summary>The article, if it is there for the caller.</summary>
    public static async ValueTask<ArticleRow?> FindArticleAsync(this Session session, Guid id, Caller caller, Instant now) =>
        await session.FindArticleAsync(id.ToString()) is { } row && await caller.Limits.HoldAsync(session, row, now) ? row : null;

    /// <summary>What a revision holds, if it is there for the caller.</summary>
    public static async ValueTask<ArticleContent?> FindRevisionAsync(this Session session, ArticleRow row, long revision, ContentLimits limits)
    {
        if (revision < 1 || revision > row.WorkingRevision)
            return null;

        var content = await session.LoadContentAsync(row.Id, revision);
        return await limits.HoldAsync(session, content.Language, content.Section) ? content : null;
    }

    /// <summary>Whether content is within the limits of a key, its source aside, which is the article's for ever.</summary>
    public static async ValueTask<bool> HoldAsync(this ContentLimits limits, Session session, string language, SectionUse? section) =>
        limits.HoldLanguage(language) && await limits.HoldSectionAsync(session, section?.Id ?? 0);

    /// <summary>The revisions from one number to another, the newest first.</summary>
    public static ValueTask<IReadOnlyList<RevisionRow>> ListRevisionsAsync(this Session session, ArticleRow row, long first, long last) =>
        session.ListAsync<RevisionRow>(
            """
            select r.number, r.document, r.key_id, r.reason, r.created_at, s.slug as source
            from revision r left join source s on s.id = r.source_id
            where r.article_id = @Id and r.number between @first and @last
            order by r.number desc
            """,
            new { row.Id, first, last });
}

/// <summary>A revision as it is stored.</summary>
internal sealed class RevisionRow
{
    public long Number { get; init; }

    public byte[] Document { get; init; } = [];

    public string? KeyId { get; init; }

    public string? Reason { get; init; }

    public long CreatedAt { get; init; }

    public string? Source { get; init; }

    public RevisionItem ToItem(RevisionHead head, IReadOnlyList<EditionRow> editions, Instant now) => new()
    {
        Revision = Number,
        CreatedAt = new Instant(CreatedAt),
        Status = head.Status,
        Language = head.Language,
        Headline = head.Headline,
        IsLive = editions.Any(edition => edition.Revision == Number && edition.Window.Holds(now)),
        PendingAt = editions.FirstOrDefault(edition => edition.Revision == Number && edition.Window.From > now)?.Window.From,
        KeyId = KeyId,
        Source = Source is null ? null : new ArticleSource { Slug = Source },
        Reason = Reason,
    };
}

/// <summary>What the history shows of a revision's content; the rest of the document is passed over.</summary>
internal sealed record RevisionHead
{
    public required string Language { get; init; }

    public required string Status { get; init; }

    public string? Headline { get; init; }

    public SectionUse? Section { get; init; }
}
