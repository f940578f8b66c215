using Galley.Content;
using Galley.Publishing.Rerendering;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Announces what the clock has done: every transition that has become due, once, in order, before anything else is written.</summary>
internal sealed partial class Settling(Appearance appearance, EditionMaker maker, Rerender rerender, ILogger<Settling> log)
{
    private const int Portion = 1_000;

    private static readonly TimeSpan Delay = TimeSpan.FromHours(1);

    /// <summary>Settles one portion. Says whether more is due.</summary>
    public async ValueTask<bool> SettleAsync(WriteSession write)
    {
        var due = await write.ListAsync<DueRow>(
            "select due_at, article_id from transition where due_at <= @now order by due_at, article_id limit @Portion + 0",
            new { now = write.Now.Milliseconds, Portion });

        foreach (var row in due)
        {
            if (await write.TryAsync(() => SettleAsync(write, row.ArticleId, new Instant(row.DueAt))) is { } failure)
                await PutOffAsync(write, row, failure);
        }

        return due.Count == Portion;
    }

    // One article that cannot be settled must not keep everybody from writing. Readers see it change all the same: that needs no announcement.
    private async ValueTask PutOffAsync(WriteSession write, DueRow row, Exception failure)
    {
        LogPutOff(log, row.ArticleId, failure);
        write.Touched.Everything();
        await write.ExecuteAsync(
            "update transition set due_at = @later where due_at = @DueAt and article_id = @ArticleId",
            new { row.DueAt, row.ArticleId, later = write.Now.Plus(Delay).Milliseconds });
    }

    private async ValueTask SettleAsync(WriteSession write, long articleId, Instant at)
    {
        // Two transitions of one article at one instant are one thing to readers.
        if (await write.ExecuteAsync("delete from transition where article_id = @articleId and due_at = @at", new { articleId, at = at.Milliseconds }) == 0)
            return;

        var article = (await write.FindArticleAsync(articleId))!;
        var editions = await write.ListEditionsAsync(articleId);
        var isStaying = editions.Any(edition => edition.Position == article.ShownPosition && edition.Window.Holds(at));
        // What readers have ceased to see gets no new name in their sight; where it stood until then is told with what came of it.
        byte[]? stood = null;
        if (isStaying)
            await rerender.CatchUpAsync(write, article);
        else
            stood = await rerender.CatchUpUntoldAsync(write, article);

        editions = await write.ListEditionsAsync(articleId);
        var shown = editions.FirstOrDefault(edition => edition.Position == article.ShownPosition);
        var due = editions.FirstOrDefault(edition => edition.Window.Holds(at));

        if (due is not null && due != shown)
            await SwitchAsync(write, article, due, shown, at, stood);
        else if (due is null && shown is not null)
            await EndAsync(write, article, shown, at, isReturning: editions.Count > 1, stood);
        else if (shown?.BreakingUntil <= at.Milliseconds)
            await EndBreakingAsync(write, article, shown, at);

        await write.UpdateAsync(article);
    }

    private async ValueTask SwitchAsync(WriteSession write, ArticleRow article, EditionRow due, EditionRow? shown, Instant at, byte[]? stood)
    {
        if (shown is not null)
            await write.RemoveEditionAsync(shown);

        var content = await write.WithMergedTagsAsync(await write.LoadContentAsync(article.Id, due.Revision));
        await appearance.AppearAsync(write, article, due, content, shown, at, stood);
        if (shown is not null && (shown.Language, shown.Slug) != (due.Language, due.Slug))
            await maker.RemakeWishersAsync(write, [(shown.Language, shown.Slug)], at);
    }

    private async ValueTask EndAsync(WriteSession write, ArticleRow article, EditionRow shown, Instant at, bool isReturning, byte[]? stood)
    {
        article.State = isReturning ? ArticleState.Published : shown.EndKind;
        article.UnpublishAt = null;
        await appearance.DisappearAsync(write, article, shown, shown.EndKind, at, stood);
        await write.NoteWorkingScopesAsync(article);
    }

    private static async ValueTask EndBreakingAsync(WriteSession write, ArticleRow article, EditionRow shown, Instant at)
    {
        await write.AppendAsync(article, ChangeKind.BreakingEnded, at, shown.Scopes);
        await write.EndBreakingAsync(shown);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Article {ArticleId} could not be settled; its change is announced when it can, tried again in an hour.")]
    private static partial void LogPutOff(ILogger log, long articleId, Exception exception);

    private sealed class DueRow
    {
        public long DueAt { get; init; }

        public long ArticleId { get; init; }
    }
}
