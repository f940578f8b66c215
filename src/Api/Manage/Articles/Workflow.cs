using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>The transitions of an article – publish, unpublish, discard, takedown, delete – and its corrections. Each accepted one makes a revision; one that holds already changes nothing.</summary>
internal sealed class Workflow(Publisher publisher, Corrector corrector, SiteOptions site)
{
    public async ValueTask<WriteOutcome> PublishAsync(WriteSession write, TransitionRequest request, PublishWish wish)
    {
        var (present, refusal) = await FindAsync(write, request);
        if (present is null)
            return write.Refused(refusal!);

        var content = ContentToPublish(write, present, wish);
        if (content.Headline is null || string.IsNullOrWhiteSpace(content.Headline))
            return write.Refused<WriteOutcome>(new WriteOutcome.Invalid([InputError.At("/headline", "required", "The article has no headline; it is required to publish.")]));
        if (content.ExpiresAt <= Instant.Max(content.EffectivePublishedAt(write.Now), wish.At ?? write.Now))
            return write.Refused(Conflict(present, "Its expiresAt would have passed; send a later one."));
        if (content.Slug is { } slug && await write.IsSeenAsync(present.Row.Id, content.Language, slug))
            return write.Refused<WriteOutcome>(new WriteOutcome.SlugTaken(slug));
        if (IsPublishedAlready(write, present, content, wish))
            return new WriteOutcome.Unchanged(present, []);

        var row = present.Row;
        row.UnpublishAt = null;
        // What readers have is told from other content by the tags that stand now.
        content = await write.WithMergedTagsAsync(content);
        await ArticleWriter.AddRevisionAsync(write, row, content, inputHash: null, sourceId: null, request.Caller.KeyId);
        var publication = await publisher.PublishAsync(write, row, content, wish.At ?? write.Now, isMinor: false);
        await write.UpdateAsync(row);
        await write.NoteWorkingScopesAsync(row);

        var warnings = new List<InputWarning>();
        if (publication.ChangedSlug is { } changed)
            warnings.Add(EditorialWarnings.Warn("/slug", "slug-changed", $"Another article has the slug; this one is {changed}."));
        if (publication.HasDroppedPending)
            warnings.Add(EditorialWarnings.Warn(string.Empty, "pending-dropped", "The update that was scheduled before is dropped."));
        warnings.AddRange(await EditorialWarnings.OfCanonicalUrlAsync(write, row, content, site));
        if (wish.At?.Milliseconds > present.Live?.ExpiresAt)
            warnings.Add(EditorialWarnings.Warn(string.Empty, "gap-ahead", $"What readers see now ends at {new Instant(present.Live!.ExpiresAt)}, before the update begins."));
        return new WriteOutcome.Updated(await StoredArticle.LoadAsync(write, row, site, write.Now), warnings);
    }

    public async ValueTask<WriteOutcome> UnpublishAsync(WriteSession write, TransitionRequest request, Instant? at, string? reason)
    {
        var (present, refusal) = await FindAsync(write, request);
        if (present is null)
            return write.Refused(refusal!);

        var isNow = at is null || at <= write.Now;
        switch (present.State)
        {
            case ArticleState.Unpublished:
                return new WriteOutcome.Unchanged(present, []);
            case ArticleState.Live when !isNow && present.Row.UnpublishAt == at!.Value.Milliseconds:
                return new WriteOutcome.Unchanged(present, []);
            case ArticleState.Live:
            case ArticleState.Scheduled when isNow:
                break;
            default:
                return write.Refused(Conflict(present, $"An article that is {present.State} cannot be unpublished{(isNow ? string.Empty : " later")}."));
        }

        var row = present.Row;
        if (isNow)
        {
            await ArticleWriter.AddRevisionAsync(write, row, present.Content with { Status = ArticleContent.Draft }, inputHash: null, sourceId: null, request.Caller.KeyId, reason);
            await publisher.WithdrawAsync(write, row, ChangeKind.Unpublished);
        }
        else
        {
            var before = row.WorkingRevision;
            await ArticleWriter.AddRevisionAsync(write, row, present.Content, inputHash: null, sourceId: null, request.Caller.KeyId, reason);
            await publisher.WithdrawAtAsync(write, row, at!.Value, before);
        }

        await write.UpdateAsync(row);
        await write.NoteWorkingScopesAsync(row);
        return new WriteOutcome.Updated(await StoredArticle.LoadAsync(write, row, site, write.Now), []);
    }

    /// <summary>Drops the draft and the pending update beside what readers see, which is the newest revision again.</summary>
    public async ValueTask<WriteOutcome> DiscardAsync(WriteSession write, TransitionRequest request)
    {
        var (present, refusal) = await FindAsync(write, request);
        if (present is null)
            return write.Refused(refusal!);
        if (present is not { Live: { } live, HasDraft: true })
            return write.Refused(Conflict(present, present.Live is null ? $"An article that is {present.State} has nothing live to go back to." : "There is no draft and no pending update."));

        var row = present.Row;
        await ArticleWriter.RepeatRevisionAsync(write, row, live.Revision, request.Caller.KeyId);
        await publisher.DiscardAsync(write, row);
        await write.UpdateAsync(row);
        await write.NoteWorkingScopesAsync(row);
        return new WriteOutcome.Updated(await StoredArticle.LoadAsync(write, row, site, write.Now), []);
    }

    /// <summary>Takes an article away for good, with its text in every revision.</summary>
    public async ValueTask<WriteOutcome> TakeDownAsync(WriteSession write, TransitionRequest request, string? reason)
    {
        var (present, refusal) = await FindAsync(write, request);
        if (present is null)
            return write.Refused(refusal!);
        if (present.State == ArticleState.Draft)
            return write.Refused(Conflict(present, "An article that was never published cannot be taken down; delete it."));

        var row = present.Row;
        await publisher.TakeDownAsync(write, row, present.Remains);
        await ArticleWriter.AddRevisionAsync(write, row, present.Remains, inputHash: null, sourceId: null, request.Caller.KeyId, reason);
        await write.UpdateAsync(row);
        write.Erase();
        return new WriteOutcome.Updated(await StoredArticle.LoadAsync(write, row, site, write.Now), []);
    }

    /// <summary>Adds a correction. One that is there already changes nothing, so that it can be sent again.</summary>
    public async ValueTask<WriteOutcome> CorrectAsync(WriteSession write, TransitionRequest request, CorrectionInput input)
    {
        var (present, refusal) = await FindAsync(write, request);
        if (present is null)
            return write.Refused(refusal!);
        if (present.Corrections.Any(each => each.Kind == input.Kind && each.Text == input.Text && (input.At is null || each.At == input.At)))
            return new WriteOutcome.Unchanged(present, []);
        if (present.Corrections.Count == CorrectionInput.MaxPerArticle)
            return write.Refused<WriteOutcome>(new WriteOutcome.Invalid([InputError.At(string.Empty, "too-many", $"The article has {CorrectionInput.MaxPerArticle} corrections; that is all it may have.") with { Limit = CorrectionInput.MaxPerArticle }]));

        var (row, before) = (present.Row, present.Row.WorkingRevision);
        await write.AddCorrectionAsync(row, new Correction { At = input.At ?? write.Now, Kind = input.Kind, Text = input.Text }, request.Caller.KeyId);
        await ArticleWriter.RepeatRevisionAsync(write, row, before, request.Caller.KeyId);
        await corrector.ShowAsync(write, row, before);
        await write.UpdateAsync(row);
        return new WriteOutcome.Updated(await StoredArticle.LoadAsync(write, row, site, write.Now), []);
    }

    public async ValueTask<WriteOutcome> DeleteAsync(WriteSession write, TransitionRequest request)
    {
        var (present, refusal) = await FindAsync(write, request);
        if (present is null)
            return write.Refused(refusal!);

        await publisher.DeleteAsync(write, present.Row);
        return new WriteOutcome.Deleted(present);
    }

    // Not live: with `at` that is the publication instant, without it a past one is kept and a future one or an embargo ends. Live: publishedAt does not move.
    private static ArticleContent ContentToPublish(WriteSession write, StoredArticle present, PublishWish wish)
    {
        var content = present.Content with
        {
            Status = ArticleContent.Published,
            ExpiresAt = wish.HasExpiry ? wish.ExpiresAt : present.Content.ExpiresAt,
        };
        if (present.Live is not null)
            return content with { PublishedAt = content.PublishedAt ?? write.Now };

        if (wish.At is { } at)
            return content with { PublishedAt = at, EmbargoedUntil = content.EmbargoedUntil > at ? null : content.EmbargoedUntil };

        return content with
        {
            PublishedAt = content.PublishedAt is { } past && past <= write.Now ? past : write.Now,
            EmbargoedUntil = content.EmbargoedUntil > write.Now ? null : content.EmbargoedUntil,
        };
    }

    private static bool IsPublishedAlready(WriteSession write, StoredArticle present, ArticleContent content, PublishWish wish)
    {
        if (!present.Content.IsPublished || !present.Content.EqualsAsContent(content))
            return false;
        // What readers have already has nothing to wait for.
        if (present is { Live: not null, HasDraft: false, Ahead: null })
            return present.Row.UnpublishAt is null;

        return (present.Live is null || wish.At > write.Now)
            && present.Ahead is { } ahead && ahead.FromAt == wish.At?.Milliseconds && ahead.Revision == present.Row.WorkingRevision;
    }

    // The article, or why nothing can be done with it.
    private async ValueTask<(StoredArticle? Present, WriteOutcome? Refusal)> FindAsync(WriteSession write, TransitionRequest request)
    {
        var (row, refusal) = await ArticleWriter.FindAsync(write, request.Target, request.Preconditions, request.Caller.Limits, write.Now);
        refusal = row is null ? new WriteOutcome.NotFound() : refusal;
        refusal ??= request.Problem is { } problem ? new WriteOutcome.Unreadable(problem) : null;
        return refusal is null ? (await StoredArticle.LoadAsync(write, row!, site, write.Now), null) : (null, refusal);
    }

    private static WriteOutcome Conflict(StoredArticle present, string detail) => new WriteOutcome.StateConflict(detail, present.State, present.Allowed);
}
