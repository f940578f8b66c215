using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>What a publication did beside publishing.</summary>
internal readonly record struct Publication(string? ChangedSlug, bool HasDroppedPending);

/// <summary>Carries revisions into the readers' world, and out of it again.</summary>
internal sealed class Publisher(EditionMaker maker, Appearance appearance)
{
    /// <summary>
    /// Publishes the article's newest revision: one that is not live appears at its instant, but not before <paramref name="at"/>; a live one changes at
    /// <paramref name="at"/> and stays as it is until then. Whatever was scheduled before is dropped.
    /// </summary>
    public async ValueTask<Publication> PublishAsync(WriteSession write, ArticleRow article, ArticleContent content, Instant at, bool isMinor)
    {
        var editions = await write.ListEditionsAsync(article.Id);
        var live = editions.FirstOrDefault(edition => edition.Window.Holds(write.Now));
        var hidden = editions.FirstOrDefault(edition => edition != live);
        var before = editions.Select(SlugOf).ToList();

        if (hidden is not null)
            await write.RemoveEditionAsync(hidden);

        article.WishedSlug = EditionMaker.WishOf(article, content);
        if (EditionMaker.EndOf(article, content).At <= write.Now)
        {
            // Only an article that is not live gets here. It would have been visible once; an end that has passed keeps it from starting.
            article.State = ArticleState.Expired;
            await write.ScheduleAsync(article.Id, []);
            await maker.RemakeWishersAsync(write, article, before);
            return default;
        }

        article.State = ArticleState.Published;
        var isBeside = live is not null && at > write.Now;
        var from = isBeside ? at : live?.Window.From ?? Instant.Max(content.EffectivePublishedAt(write.Now), at);
        var made = await maker.MakeAsync(write, article, content, live, from, isMinor);

        await write.PutEditionAsync(made, isBeside ? null : live);
        if (isBeside)
            live = await write.RewindowAsync(live!, Instant.Min(from, new Instant(live!.EndsAt)), new Instant(live.EndsAt), live.EndKind);

        await write.ScheduleAsync(article.Id, isBeside ? [live!, made.Row] : [made.Row]);
        if (made.Row.Window.Holds(write.Now))
            await appearance.AppearAsync(write, article, made.Row, made.Content, made.Places, live, write.Now);

        IEnumerable<(string, string)> after = isBeside ? [SlugOf(live!), SlugOf(made.Row)] : [SlugOf(made.Row)];
        await maker.RemakeWishersAsync(write, article, before.Except(after).Concat(after.Except(before)));

        return new Publication(made.Row.Slug == article.WishedSlug ? null : made.Row.Slug, HasDroppedPending: live is not null && hidden is not null);
    }

    /// <summary>Takes an article away from readers now, with whatever was scheduled. A slug that readers know stays its own.</summary>
    public async ValueTask WithdrawAsync(WriteSession write, ArticleRow article, string changeKind)
    {
        article.UnpublishAt = null;
        article.State = article.WasVisible ? ArticleState.Unpublished : ArticleState.Draft;
        await write.ScheduleAsync(article.Id, []);

        foreach (var edition in await write.ListEditionsAsync(article.Id))
        {
            if (edition.Window.Holds(write.Now))
                await appearance.DisappearAsync(write, article, edition, changeKind, write.Now);
            else
                await write.RemoveEditionAsync(edition);

            await maker.RemakeWishersAsync(write, article, [SlugOf(edition)]);
        }
    }

    /// <summary>Gives a live article an end; a scheduled update is dropped. Readers see the same content: if theirs was revision <paramref name="before"/>, it is the newest again.</summary>
    public async ValueTask WithdrawAtAsync(WriteSession write, ArticleRow article, Instant at, long before)
    {
        article.UnpublishAt = at.Milliseconds;
        var editions = await write.ListEditionsAsync(article.Id);
        var live = editions.Single(edition => edition.Window.Holds(write.Now));
        foreach (var pending in editions.Where(edition => edition != live))
        {
            await write.RemoveEditionAsync(pending);
            await maker.RemakeWishersAsync(write, article, [SlugOf(pending)]);
        }

        if (live.Revision == before)
            await write.ExecuteAsync("update edition set revision = @WorkingRevision where position = @Position", new { article.WorkingRevision, live.Position });

        var (end, kind) = EditionMaker.EndOf(article, await write.LoadContentAsync(article.Id, live.Revision));
        await write.ScheduleAsync(article.Id, [await write.RewindowAsync(live, end, end, kind)]);
    }

    /// <summary>Removes an article for good. Its addresses answer 410 if it was ever visible; its slug is free.</summary>
    public async ValueTask DeleteAsync(WriteSession write, ArticleRow article, string language)
    {
        await WithdrawAsync(write, article, ChangeKind.Deleted);
        await write.ExecuteAsync("update gone set reason = @Deleted where public_id = @PublicId", new { ChangeKind.Deleted, article.PublicId });
        await write.ExecuteAsync("update article_slug set is_current = 0 where article_id = @Id", new { article.Id });
        if (article.Slug is { } slug)
            await maker.RemakeWishersAsync(write, article, [(language, slug)]);

        // Others that name it by its sender's id wait for the next article of that id.
        await write.ExecuteAsync("update reference set target = null where target = @PublicId and target_source is not null", new { article.PublicId });
        await write.ExecuteAsync("delete from article_key where source_id = @SourceId and external_id = @ExternalId", new { article.SourceId, article.ExternalId });
        await write.ExecuteAsync("delete from revision where article_id = @Id", new { article.Id });
        await write.ExecuteAsync("delete from article where id = @Id", new { article.Id });
    }

    private static (string Language, string Slug) SlugOf(EditionRow edition) => (edition.Language, edition.Slug);
}
