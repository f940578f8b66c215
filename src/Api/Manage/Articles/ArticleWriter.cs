using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>Finds and saves the newsroom's own rows of an article.</summary>
internal sealed class ArticleWriter(Randomness randomness)
{
    /// <summary>The article, and what keeps a write from even looking at its content: the key's limits, existence and preconditions.</summary>
    public static async ValueTask<(ArticleRow? Row, WriteOutcome? Refusal)> FindAsync(Session session, ArticleTarget target, Preconditions preconditions, ContentLimits limits, Instant now)
    {
        var row = await session.FindArticleAsync(target);
        // Before anything is said of it: who may not know of it gets the answer for what is not there.
        if (row is not null && !await limits.HoldAsync(session, row, now))
            return (null, new WriteOutcome.NotFound());

        var refusal = Refuse(target, row, preconditions);
        return (row, row is not null && refusal is WriteOutcome.Stale stale ? stale with { Changed = await session.ListChangedAsync(row, preconditions, limits) } : refusal);
    }

    private static WriteOutcome? Refuse(ArticleTarget target, ArticleRow? row, Preconditions preconditions)
    {
        var etag = row is null ? null : StoredArticle.EtagOf(row);
        if (row is null && target.Id is not null)
            return new WriteOutcome.NotFound();
        if (row?.State == ArticleState.TakenDown)
            return new WriteOutcome.TakenDown();
        if (row is not null && preconditions.IsCreateOnly)
            return new WriteOutcome.AlreadyExists(etag!);
        if (row is not null && preconditions.IsMissing)
            return new WriteOutcome.MatchMissing(etag!);

        return preconditions.Allow(etag) ? null : new WriteOutcome.Stale(etag);
    }

    /// <summary>Saves a revision, and with the first one the article.</summary>
    public async ValueTask<ArticleRow> SaveAsync(WriteSession write, Submission submission, ArticleRow? present, ArticleContent content)
    {
        var sourceId = submission.Target.Source is { } source ? await write.SourceIdAsync(source) : null as long?;
        var row = present ?? new ArticleRow
        {
            Id = write.NextId(),
            PublicId = randomness.NewPublicId().ToString(),
            SourceId = sourceId,
            ExternalId = submission.Target.ExternalId,
            CreatedAt = write.Now.Milliseconds,
        };

        row.LanguageId = await write.LanguageIdAsync(content.Language);
        row.TranslationGroup = content.TranslationKey is { } key && row.SourceId is { } owner ? await GroupAsync(write, owner, key) : null;
        if (present is null)
        {
            await write.InsertAsync(row);
            if (row.SourceId is not null)
                await FulfilWishesAsync(write, submission, row);
        }

        await AddRevisionAsync(write, row, content, submission.InputHash, sourceId, submission.KeyId);
        return row;
    }

    /// <summary>Adds a revision to an article; the caller updates its row.</summary>
    public static async ValueTask AddRevisionAsync(WriteSession write, ArticleRow row, ArticleContent content, byte[]? inputHash, long? sourceId, string keyId, string? reason = null)
    {
        row.WorkingRevision++;
        row.ModifiedAt = write.Now.Milliseconds;
        await write.ExecuteAsync(
            """
            insert into revision (article_id, number, document, input_hash, source_id, key_id, reason, created_at)
            values (@Id, @WorkingRevision, @document, @inputHash, @sourceId, @keyId, @reason, @ModifiedAt)
            """,
            new { row.Id, row.WorkingRevision, document = ContentJson.Write(content), inputHash, sourceId, keyId, reason, row.ModifiedAt });
    }

    /// <summary>Adds a revision with the content of an earlier one, which stays its sender's.</summary>
    public static async ValueTask RepeatRevisionAsync(WriteSession write, ArticleRow row, long number, string keyId)
    {
        await write.ExecuteAsync(
            """
            insert into revision (article_id, number, document, input_hash, source_id, key_id, created_at)
            select article_id, @WorkingRevision + 1, document, input_hash, source_id, @keyId, @now
            from revision
            where article_id = @Id and number = @number
            """,
            new { row.Id, row.WorkingRevision, number, keyId, now = write.Now.Milliseconds });
        row.WorkingRevision++;
        row.ModifiedAt = write.Now.Milliseconds;
    }

    /// <summary>Whether the newest revision is this very input, from the same sender.</summary>
    public async ValueTask<bool> IsSameInputAsync(Session session, ArticleRow row, Submission submission)
    {
        var newest = await NewestAsync(session, row);
        return newest.Source == submission.Target.Source && newest.InputHash is not null && newest.InputHash.AsSpan().SequenceEqual(submission.InputHash);
    }

    /// <summary>Whether somebody else wrote the newest revision: an editor, or a transition.</summary>
    public async ValueTask<bool> IsFromElsewhereAsync(Session session, ArticleRow row, Submission submission) =>
        submission.Target.Source is { } source && (await NewestAsync(session, row)).Source != source;

    private static async ValueTask<NewestRow> NewestAsync(Session session, ArticleRow row) =>
        (await session.FindAsync<NewestRow>(
            """
            select r.input_hash, s.slug as source
            from revision r left join source s on s.id = r.source_id
            where r.article_id = @Id and r.number = @WorkingRevision
            """,
            new { row.Id, row.WorkingRevision }))!;

    private static async ValueTask<long> GroupAsync(WriteSession write, long sourceId, string key)
    {
        if (await write.FindAsync<long?>("select id from translation_group where source_id = @sourceId and key = @key", new { sourceId, key }) is { } known)
            return known;

        var id = write.NextId();
        await write.ExecuteAsync("insert into translation_group (source_id, key, id) values (@sourceId, @key, @id)", new { sourceId, key, id });
        return id;
    }

    // Articles that named this one before it existed.
    private static ValueTask<int> FulfilWishesAsync(WriteSession write, Submission submission, ArticleRow row) =>
        write.ExecuteAsync(
            "update reference set target = @PublicId where target_source = @Source and target_external_id = @ExternalId",
            new { row.PublicId, submission.Target.Source, submission.Target.ExternalId });

    private sealed class NewestRow
    {
        public byte[]? InputHash { get; init; }

        public string? Source { get; init; }
    }
}
