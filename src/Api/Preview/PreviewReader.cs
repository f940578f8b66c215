using Galley.Content;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Preview;

/// <summary>Makes of a revision what readers would get of it: the same document, with what a draft lacks left out.</summary>
internal sealed class PreviewReader(Database database, Clock clock, PreviewTokens tokens, SiteOptions site)
{
    /// <summary>The article in the revision that this token is for; null where it is for none, whatever the reason.</summary>
    public async ValueTask<Article?> FindAsync(string token, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var now = session.NotBefore(clock.Now);
        if (await session.FindPreviewAsync(tokens.HashOf(token), now) is not { } preview)
            return null;

        var row = (await session.FindArticleAsync(preview.ArticleId))!;
        var content = await session.LoadContentAsync(row.Id, preview.Revision);
        var edition = (await session.ListEditionsAsync(row.Id)).FirstOrDefault(edition => edition.Revision == preview.Revision);
        var whole = Renderer.Whole(content, await FactsAsync(session, row, content, edition, now));

        return whole with
        {
            CanonicalUrl = whole.CanonicalUrl ?? site.ArticleUrl?.Of(row.PublicId, whole.Path!),
            Breaking = content.BreakingUntil > now,
            Translations = await session.ListTranslationsAsync(row, content, now),
            Related = await session.ListRelatedAsync(row, content, now),
        };
    }

    // What is or will be published is called and dated as it is there; anything else as it would be.
    private async ValueTask<EditionFacts> FactsAsync(Session session, ArticleRow row, ArticleContent content, EditionRow? edition, Instant now) => new()
    {
        PublicId = row.PublicId,
        Source = await session.FindSourceSlugAsync(row.SourceId),
        Version = edition?.Version ?? row.Version,
        Slug = edition?.Slug ?? EditionMaker.WishOf(row, content),
        PublishedAt = InstantOf(edition?.PublishedAt) ?? (content.PublishedAt is null ? content.EmbargoedUntil : content.EffectivePublishedAt(now)),
        UpdatedAt = InstantOf(edition?.UpdatedAt ?? row.UpdatedAt),
        FirstPublishedAt = InstantOf(row.FirstPublishedAt ?? (edition?.Window.From <= now ? edition.PublishedAt : null)),
        Places = await session.LoadPlacesAsync(content, site.DefaultLanguage, Debut.Past(now)),
        Corrections = await session.ListCorrectionsAsync(row.Id),
    };

    private static Instant? InstantOf(long? milliseconds) => milliseconds is { } value ? new Instant(value) : null;
}
