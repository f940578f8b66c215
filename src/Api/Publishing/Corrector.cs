using Galley.Content;
using Galley.Publishing.Rerendering;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Carries a correction into the readers' world: it shows at once in what they see, and in what is ahead of them when that appears.</summary>
internal sealed class Corrector(EditionMaker maker, Rerender rerender)
{
    /// <summary>Renders the article's editions again with its corrections. Those of revision <paramref name="before"/>, which was the newest, are of the one that holds the correction now.</summary>
    public async ValueTask ShowAsync(WriteSession write, ArticleRow article, long before)
    {
        await rerender.CatchUpAsync(write, article);
        var editions = await write.ListEditionsAsync(article.Id);
        var live = editions.FirstOrDefault(edition => edition.Window.Holds(write.Now));
        if (article.ShownRevision == before)
            article.ShownRevision = article.WorkingRevision;

        // Where nobody sees it now, what they see next is another state than the last one, whatever the content.
        if (live is null)
            article.ShownHash = null;
        else
            (article.Version, article.UpdatedAt) = (live.Version + 1, write.Now.Milliseconds);

        foreach (var edition in editions)
        {
            var corrected = edition with { Revision = edition.Revision == before ? article.WorkingRevision : edition.Revision };
            await write.RewriteEditionAsync(await maker.RenderAgainAsync(write, article, live is null ? Awaited(corrected, article) : Corrected(corrected, write.Now)), edition);
        }

        if (live is not null)
            await write.AppendAsync(article, ChangeKind.Updated, write.Now, live.Scopes);
    }

    // The live edition, or an update that is ahead of it.
    private static EditionRow Corrected(EditionRow edition, Instant now) => edition with
    {
        Version = edition.Version + 1,
        UpdatedAt = Math.Max(edition.UpdatedAt, now.Milliseconds),
        ChangedAt = Math.Max(edition.ChangedAt, now.Milliseconds),
    };

    private static EditionRow Awaited(EditionRow edition, ArticleRow article) =>
        edition with { Version = article.Version + 1, UpdatedAt = Math.Max(edition.UpdatedAt, edition.FromAt) };
}
