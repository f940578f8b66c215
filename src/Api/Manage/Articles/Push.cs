using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>Creates or replaces an article: finds it, resolves what it names, decides whether anything changes, saves a revision and publishes it.</summary>
internal sealed class Push(Database database, Clock clock, Publisher publisher, ArticleWriter articles, SiteOptions site)
{
    /// <summary>Takes a request as far as it can come without the writer, then through it.</summary>
    public async Task<TAnswer> SubmitAsync<TAnswer>(PushRequest request, Writing writing, Func<WriteOutcome, TAnswer> answer, CancellationToken cancel)
        where TAnswer : IResult
    {
        if (await RefuseAsync(request, cancel) is { } refusal)
            return answer(refusal);

        var submission = Submission.Of(request);
        return await writing.AnswerAsync(write => RunAsync(write, submission), answer);
    }

    /// <summary>What can be said of a request without the writer; null where it may go on.</summary>
    public async ValueTask<WriteOutcome?> RefuseAsync(PushRequest request, CancellationToken cancel) =>
        request.Input.Value?.Status == ArticleContent.Published && !request.Caller.May(KeyScope.ContentPublish) ? new WriteOutcome.ScopeMissing(KeyScope.ContentPublish)
        : request.Input.Problem is null ? null
        : await RefuseContentAsync(request, cancel);

    /// <summary>Carries out what was read and found sound, inside the writer.</summary>
    public async ValueTask<WriteOutcome> RunAsync(WriteSession write, Submission submission)
    {
        var (row, refusal) = await ArticleWriter.FindAsync(write, submission.Target, submission.Preconditions, submission.Limits, write.Now);
        if (refusal is not null)
            return write.Refused(refusal);
        if (submission.MergedInto is { } etag && (row is null || StoredArticle.EtagOf(row) != etag))
            return write.Refused<WriteOutcome>(new WriteOutcome.Overtaken());

        var present = row is null ? null : await StoredArticle.LoadAsync(write, row, site, write.Now);
        // Cancelling a publication is a transition, whatever it is called.
        if (present is { Live: null, Ahead: not null } && submission.Status != ArticleContent.Published && !submission.MayPublish)
            return write.Refused<WriteOutcome>(new WriteOutcome.ScopeMissing(KeyScope.ContentPublish));

        var (content, errors) = await ContentComposer.ComposeAsync(write, submission, present);
        if (errors.Count > 0)
            return write.Refused(RefusalOf(errors));

        if (present is not null && await IsUnchangedAsync(write, submission, present, content))
            return new WriteOutcome.Unchanged(present, [.. EditorialWarnings.Of(submission, present.Content)]);

        if (await ConflictAsync(write, present, content) is { } conflict)
            return write.Refused(conflict);

        return IsOverBeforeItBegins(write, content)
            ? write.Refused<WriteOutcome>(new WriteOutcome.Invalid([InputError.At("/expiresAt", "out-of-range", "expiresAt must be later than publishedAt, which is kept or now where it is absent.")]))
            : await SaveAsync(write, submission, present, content);
    }

    // What was sent has been checked for itself; a publication instant that is kept, or is now, only here.
    private static bool IsOverBeforeItBegins(WriteSession write, ArticleContent content) =>
        (content.PublishedAt ?? (content.IsPublished ? write.Now : null)) is { } published && content.ExpiresAt <= published;

    // Content that is not valid never reaches the writer. Existence and preconditions come before it, and what only the database knows belongs in the same list.
    private async ValueTask<WriteOutcome> RefuseContentAsync(PushRequest request, CancellationToken cancel)
    {
        var (target, input, limits) = (request.Target, request.Input, request.Caller.Limits);
        using var session = await database.SnapshotAsync(cancel);
        var (row, refusal) = await ArticleWriter.FindAsync(session, target, request.Preconditions, limits, clock.Now);
        if (refusal is not null)
            return refusal;
        if (input.Unreadable is { } unreadable)
            return new WriteOutcome.Unreadable(unreadable);

        var present = row is null ? null : await StoredArticle.LoadAsync(session, row, site, clock.Now);
        var further = await ContentComposer.FindFaultsAsync(session, target, request.CreateMissing, input, present, limits, clock.Now);
        return RefusalOf([.. input.Errors.Concat(further).OrderBy(error => error.Pointer, StringComparer.Ordinal)]);
    }

    // Who names what the key is not for learns nothing else.
    private static WriteOutcome RefusalOf(IReadOnlyList<InputError> errors) =>
        errors.Where(error => error.Code == "outside-constraint").ToList() is { Count: > 0 } outside ? new WriteOutcome.Outside(outside) : new WriteOutcome.Invalid(errors);

    private async ValueTask<bool> IsUnchangedAsync(WriteSession write, Submission submission, StoredArticle present, ArticleContent content)
    {
        var isAsAsked = content.Status == present.Content.Status
            && (!content.IsPublished || present.Row.State is ArticleState.Published or ArticleState.Expired);

        // The same words may name another section by now: one that was made where the first stood before it was moved.
        var isSameInput = content.Section?.Id == present.Content.Section?.Id && await articles.IsSameInputAsync(write, present.Row, submission);
        return isAsAsked && (isSameInput || (await write.WithMergedTagsAsync(present.Content)).EqualsAsContent(content));
    }

    private async ValueTask<WriteOutcome?> ConflictAsync(WriteSession write, StoredArticle? present, ArticleContent content)
    {
        if (present?.Live is not null && (content.EffectivePublishedAt(write.Now) > write.Now || content.ExpiresAt <= write.Now))
        {
            return new WriteOutcome.StateConflict(
                "A write never hides what is live: a future publishedAt or embargoedUntil, or a past expiresAt, would. Publish with \"at\", or unpublish first.",
                present.State,
                present.Allowed);
        }

        return content is { IsPublished: true, Slug: { } slug } && await write.IsSeenAsync(present?.Row.Id ?? 0, content.Language, slug)
            ? new WriteOutcome.SlugTaken(slug)
            : null;
    }

    private async ValueTask<WriteOutcome> SaveAsync(WriteSession write, Submission submission, StoredArticle? present, ArticleContent content)
    {
        // The instant of publishing is the publication instant where the sender names none.
        content = content with { PublishedAt = content.PublishedAt ?? (content.IsPublished ? write.Now : null) };

        var warnings = EditorialWarnings.Of(submission, content).ToList();
        // A patch keeps what it does not name.
        if (present is not null && submission.MergedInto is null && await articles.IsFromElsewhereAsync(write, present.Row, submission))
            warnings.Add(EditorialWarnings.Warn(string.Empty, "overwrote-edit", "The newest revision was not this source's; it is replaced, and kept in the history."));
        if (submission.Input.Slug is { } wish && Slug.From(wish, Slug.MaxLength) is var made && made != wish)
            warnings.Add(EditorialWarnings.Warn("/slug", "slug-changed", $"The slug was brought into the form {made}."));

        var wasWorking = present is not null && !present.IsNewestPlaced;
        var row = await articles.SaveAsync(write, submission, present?.Row, content);
        var publication = await ApplyAsync(write, submission, present, row, content, warnings);
        await write.UpdateAsync(row);
        // Nearly every push is seen at once, and so was the one before it.
        if (wasWorking || publication?.Shown is null)
            await write.NoteWorkingScopesAsync(row);
        await WarnOfMissingRelatedAsync(write, submission, warnings);

        // What readers see now is at hand; whatever lies ahead is looked up.
        var stored = publication?.Shown is { } shown
            ? new StoredArticle(row, content, shown.Places, submission.Target.Source ?? present?.Source, [shown.Row], write.Now) { Corrections = present?.Corrections ?? [] }
            : await StoredArticle.LoadAsync(write, row, site, write.Now);
        return present is null ? new WriteOutcome.Created(stored, warnings) : new WriteOutcome.Updated(stored, warnings);
    }

    private async ValueTask<Publication?> ApplyAsync(WriteSession write, Submission submission, StoredArticle? present, ArticleRow row, ArticleContent content, List<InputWarning> warnings)
    {
        if (content.IsPublished)
        {
            var publication = await publisher.PublishAsync(write, row, content, write.Now, submission.Input.MinorEdit == true);
            if (publication.ChangedSlug is { } slug)
                warnings.Add(EditorialWarnings.Warn("/slug", "slug-changed", $"Another article has the slug; this one is {slug}."));
            if (publication.HasDroppedPending)
                warnings.Add(EditorialWarnings.Warn("/status", "pending-dropped", "The update that was scheduled is dropped."));
            warnings.AddRange(await EditorialWarnings.OfCanonicalUrlAsync(write, row, content, site));
            return publication;
        }

        if (present?.Live is not null)
        {
            warnings.Add(EditorialWarnings.Warn("/status", "live-unchanged", "Readers keep what they have until the next publication."));
            return null;
        }

        row.WishedSlug = EditionMaker.WishOf(row, content);
        if (present?.Ahead is not null)
            await publisher.WithdrawAsync(write, row, ChangeKind.Unpublished);
        return null;
    }

    private static async ValueTask WarnOfMissingRelatedAsync(WriteSession write, Submission submission, List<InputWarning> warnings)
    {
        var related = submission.Input.Related ?? [];
        for (var i = 0; i < related.Count; i++)
        {
            var named = related[i];
            var found = named.Id is null ? await write.FindArticleAsync(named.Source!, named.ExternalId!) : await write.FindArticleAsync(named.Id.ToLowerInvariant());
            // What is outside the key's limits and was never public is not there for it.
            if (found is null || (!found.WasVisible && !await submission.Limits.HoldAsync(write, found, write.Now)))
                warnings.Add(EditorialWarnings.Warn($"/related/{i}", "related-missing", "This article does not exist yet; it appears when it does."));
        }
    }
}
