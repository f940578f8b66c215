using Galley.Content;
using Galley.Publishing.Rerendering;
using Galley.Publishing.Searching;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>What a publication did, and what it left: the one edition with its places, where readers see that now and nothing else is ahead.</summary>
internal sealed record Publication(string? ChangedSlug, bool HasDroppedPending, MadeEdition? Shown);

/// <summary>Carries revisions into the readers' world, and out of it again.</summary>
internal sealed class Publisher(EditionMaker maker, Appearance appearance, Rerender rerender, SearchKeeper search)
{
    /// <summary>
    /// Publishes the article's newest revision: one that is not live appears at its instant, but not before <paramref name="at"/>; a live one changes at
    /// <paramref name="at"/> and stays as it is until then. Whatever was scheduled before is dropped.
    /// </summary>
    public async ValueTask<Publication> PublishAsync(WriteSession write, ArticleRow article, ArticleContent content, Instant at, bool isMinor)
    {
        // Nobody can have published what has just been made.
        var before = article.WorkingRevision == 1 ? [] : await ListEditionsAsync(write, article);
        var live = before.FirstOrDefault(edition => edition.Window.Holds(write.Now));
        var hidden = before.FirstOrDefault(edition => edition != live);
        if (hidden is not null)
            await maker.RemoveHiddenAsync(write, hidden);

        article.WishedSlug = EditionMaker.WishOf(article, content);
        article.State = ArticleState.Published;
        var (after, made) = await PlaceAsync(write, article, content, live, at, isMinor);
        await write.ScheduleAsync(article.Id, after);
        var slug = await SettleSlugsAsync(write, article, before, after);
        var shown = made?.Row.Window.Holds(write.Now) == true ? made : null;

        return new Publication(slug == article.WishedSlug ? null : slug, HasDroppedPending: live is not null && hidden is not null, shown);
    }

    /// <summary>Takes an article away from readers now, with whatever was scheduled. A slug that readers know stays its own.</summary>
    public async ValueTask WithdrawAsync(WriteSession write, ArticleRow article, string changeKind)
    {
        article.UnpublishAt = null;
        article.State = article.WasVisible ? ArticleState.Unpublished : ArticleState.Draft;
        await write.ScheduleAsync(article.Id, []);

        foreach (var edition in await ListEditionsAsync(write, article))
        {
            if (edition.Window.Holds(write.Now))
                await appearance.DisappearAsync(write, article, edition, changeKind, write.Now);
            else
                await maker.RemoveHiddenAsync(write, edition);

            await maker.RemakeWishersAsync(write, [(edition.Language, edition.Slug)], write.Now);
        }
    }

    /// <summary>Gives a live article an end; a scheduled update is dropped. Readers see the same content: if theirs was revision <paramref name="before"/>, it is the newest again.</summary>
    public async ValueTask WithdrawAtAsync(WriteSession write, ArticleRow article, Instant at, long before)
    {
        article.UnpublishAt = at.Milliseconds;
        var live = await DropPendingAsync(write, article);
        if (live.Revision == before)
            await write.ExecuteAsync("update edition set revision = @WorkingRevision where position = @Position", new { article.WorkingRevision, live.Position });

        var (end, kind) = EditionMaker.EndOf(article, await write.LoadContentAsync(article.Id, live.Revision));
        await write.ScheduleAsync(article.Id, [await write.RewindowAsync(live, end, end, kind)]);
    }

    /// <summary>Drops what was prepared beside the live edition, whose content the newest revision is again: it ends when it would have ended, and readers notice nothing.</summary>
    public async ValueTask DiscardAsync(WriteSession write, ArticleRow article)
    {
        var live = await DropPendingAsync(write, article);
        var content = await write.LoadContentAsync(article.Id, article.WorkingRevision);
        article.LanguageId = live.LanguageId;
        article.TranslationGroup = live.TranslationGroup;
        article.WishedSlug = EditionMaker.WishOf(article, content);
        await write.ScheduleAsync(article.Id, [await KeepAsync(write, article, content, live)]);
    }

    /// <summary>
    /// Takes an article away for good, with every text that was written of it. Numbers, instants, hashes and its slug stay, and so do the addresses that answer 410 from now on;
    /// one that nobody saw leaves no trace for readers.
    /// </summary>
    public async ValueTask TakeDownAsync(WriteSession write, ArticleRow article, ArticleContent remains)
    {
        await WithdrawAsync(write, article, ChangeKind.Takedown);
        await write.ExecuteAsync("update gone set reason = @Takedown where public_id = @PublicId", new { ChangeKind.Takedown, article.PublicId });

        // The sender's key for translations is free for the article that takes its place.
        article.TranslationGroup = null;
        article.State = ArticleState.TakenDown;
        await write.ExecuteAsync("delete from working_scope where article_id = @Id", new { article.Id });
        await write.ExecuteAsync("delete from correction where article_id = @Id", new { article.Id });
        await write.EmptyRepliesAsync(article.Id, "taken-down");
        await write.DropPreviewsAsync(article.Id);
        await write.EmptyRevisionsAsync(article.Id, remains);
        await search.SweepAsync(write);
    }

    /// <summary>Removes an article for good. Its addresses answer 410 if it was ever visible; its slug is free.</summary>
    public async ValueTask DeleteAsync(WriteSession write, ArticleRow article)
    {
        // The language in which readers know it: that of the newest revision may be another.
        var language = await write.FindAsync<string>("select language from article_slug where article_id = @Id and is_current = 1", new { article.Id });
        await WithdrawAsync(write, article, ChangeKind.Deleted);
        await write.ExecuteAsync("update gone set reason = @Deleted where public_id = @PublicId", new { ChangeKind.Deleted, article.PublicId });
        await write.ExecuteAsync("update article_slug set is_current = 0 where article_id = @Id", new { article.Id });
        if (language is not null)
            await maker.RemakeWishersAsync(write, [(language, article.Slug!)], write.Now);

        // Others that name it by its sender's id wait for the next article of that id.
        await write.ExecuteAsync("update reference set target = null where target = @PublicId and target_source is not null", new { article.PublicId });
        await write.ExecuteAsync("delete from article_key where source_id = @SourceId and external_id = @ExternalId", new { article.SourceId, article.ExternalId });
        await write.ExecuteAsync("delete from working_scope where article_id = @Id", new { article.Id });
        await write.ExecuteAsync("delete from correction where article_id = @Id", new { article.Id });
        await write.EmptyRepliesAsync(article.Id, "state-conflict");
        await write.DropPreviewsAsync(article.Id);
        await write.ExecuteAsync("delete from revision where article_id = @Id", new { article.Id });
        await write.ExecuteAsync("delete from article where id = @Id", new { article.Id });
    }

    private async ValueTask<IReadOnlyList<EditionRow>> ListEditionsAsync(WriteSession write, ArticleRow article)
    {
        await rerender.CatchUpAsync(write, article);
        return await write.ListEditionsAsync(article.Id);
    }

    // Answers the live edition, alone again.
    private async ValueTask<EditionRow> DropPendingAsync(WriteSession write, ArticleRow article)
    {
        var editions = await ListEditionsAsync(write, article);
        var live = editions.Single(edition => edition.Window.Holds(write.Now));
        foreach (var pending in editions.Where(edition => edition != live))
        {
            await maker.RemoveHiddenAsync(write, pending);
            await maker.RemakeWishersAsync(write, [(pending.Language, pending.Slug)], write.Now);
        }

        return live;
    }

    // The editions that the article has from now on, and the one of them that is new.
    private async ValueTask<(IReadOnlyList<EditionRow> Editions, MadeEdition? Made)> PlaceAsync(WriteSession write, ArticleRow article, ArticleContent content, EditionRow? live, Instant at, bool isMinor)
    {
        if (EditionMaker.EndOf(article, content).At <= write.Now)
        {
            // Only an article that is not live gets here. It would have been visible once; an end that has passed keeps it from starting.
            article.State = ArticleState.Expired;
            return ([], null);
        }

        if (live is null)
            return await ShowAsync(write, article, content, null, Instant.Max(content.EffectivePublishedAt(write.Now), at), isMinor);
        if (EditionMaker.IsShown(article, content))
            return ([await KeepAsync(write, article, content, live)], null);
        if (at <= write.Now)
            return await ShowAsync(write, article, content, live, live.Window.From, isMinor);

        var pending = await maker.MakeAsync(write, article, content, live, at, isMinor);
        await write.PutEditionAsync(pending, null);
        // Its own end: a publication takes that of an unpublishing back.
        var end = new Instant(live.ExpiresAt);
        return ([await write.RewindowAsync(live, Instant.Min(at, end), end, ArticleState.Expired), pending.Row], pending);
    }

    private async ValueTask<(IReadOnlyList<EditionRow> Editions, MadeEdition? Made)> ShowAsync(WriteSession write, ArticleRow article, ArticleContent content, EditionRow? live, Instant from, bool isMinor)
    {
        var made = await maker.MakeAsync(write, article, content, live, from, isMinor);
        await write.PutEditionAsync(made, live);
        if (made.Row.Window.Holds(write.Now))
            await appearance.AppearAsync(write, article, made.Row, made.Content, live, write.Now);

        return ([made.Row], made);
    }

    // Readers have this content. That it came again, and what was prepared meanwhile, is not for them to notice: no date moves, no change is told.
    private static async ValueTask<EditionRow> KeepAsync(WriteSession write, ArticleRow article, ArticleContent content, EditionRow live)
    {
        await write.ExecuteAsync("update edition set revision = @WorkingRevision where position = @Position", new { article.WorkingRevision, live.Position });
        var (end, kind) = EditionMaker.EndOf(article, content);
        return await write.RewindowAsync(live, end, end, kind);
    }

    // Renders again whoever wishes for a slug that was taken, freed or put off just now; answers this article's own, which may have given way itself.
    private async ValueTask<string> SettleSlugsAsync(WriteSession write, ArticleRow article, IReadOnlyList<EditionRow> before, IReadOnlyList<EditionRow> after)
    {
        var isAhead = after.Any(edition => edition.Window.From > write.Now);
        if (isAhead)
            await write.UpdateAsync(article);

        var (left, taken) = (before.Select(ClaimOf), after.Select(ClaimOf));
        await maker.RemakeWishersAsync(write, left.Except(taken).Concat(taken.Except(left)).Select(claim => (claim.Language, claim.Slug)).Distinct(), write.Now);

        return after.Count == 0 ? article.WishedSlug
            : isAhead ? (await write.FindEditionAsync(after[^1].Position))!.Slug
            : after[^1].Slug;
    }

    private static (string Language, string Slug, long FromAt) ClaimOf(EditionRow edition) => (edition.Language, edition.Slug, edition.FromAt);
}
