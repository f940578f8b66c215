using Galley.Content;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>
/// Fills what other articles or the clock decide, under the same condition as everything else: a headline of a hidden story never shows, one that appears
/// needs no write, and one that is taken down is gone from every other story at once.
/// </summary>
internal sealed class Slots(Renderer renderer)
{
    // How every stored document and card ends; the slots stand last so that this can be cut.
    private static readonly byte[] StoredEnd = ",\"breaking\":false}"u8.ToArray();

    private static readonly byte[] BreakingEnd = ",\"breaking\":true}"u8.ToArray();

    public async ValueTask<ArticleAtHand> FillAsync(Session session, ArticleAtHand article, string id, Instant now)
    {
        var edition = (await session.FindAsync<SlotRow>(
            $"select position, coalesce(translation_group, 0) as translation_group, coalesce(breaking_until, 0) as breaking_until from edition where public_id = @id and {Visible.Now}",
            new { id, now = now.Milliseconds }))!;
        var filled = new Filled
        {
            Breaking = edition.BreakingUntil > now.Milliseconds,
            Translations = NullIfEmpty(await ListTranslationsAsync(session, edition, id, now)),
            Related = NullIfEmpty(await ListRelatedAsync(session, edition, now)),
        };
        // When another article changed is not known here, so neither is when these bytes did.
        if (filled is { Breaking: false, Translations: null, Related: null })
            return article with { ChangedAt = null };

        var slots = ContentJson.Write(filled);
        slots[0] = (byte)',';
        var document = article.Parts[0];
        return article with
        {
            Parts = [document[..^StoredEnd.Length], slots],
            Tag = renderer.TagOf([.. article.Tag, .. slots]),
            ChangedAt = null,
        };
    }

    /// <summary>A card whose article is breaking news just now.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> AsBreaking(ReadOnlyMemory<byte> card) => [card[..^StoredEnd.Length], BreakingEnd];

    private static async ValueTask<IReadOnlyList<TranslationLink>> ListTranslationsAsync(Session session, SlotRow edition, string id, Instant now) => edition.TranslationGroup == 0 ? [] :
    [
        .. (await session.ListAsync<LinkRow>(
            $"""
            select e.language, e.public_id, {Address.Path} as path, e.headline
            from edition e
            where translation_group = @TranslationGroup and public_id <> @id and {Visible.Now}
            order by language, public_id
            """,
            new { edition.TranslationGroup, id, now = now.Milliseconds }))
            .Select(row => new TranslationLink { Language = row.Language, Id = row.PublicId, Path = row.Path, Headline = row.Headline }),
    ];

    private static async ValueTask<IReadOnlyList<RelatedLink>> ListRelatedAsync(Session session, SlotRow edition, Instant now) =>
    [
        .. (await session.ListAsync<LinkRow>(
            $"""
            select e.language, e.public_id, {Address.Path} as path, e.headline
            from reference r join edition e on e.public_id = r.target
            where r.position = @Position and {Visible.Edition}
            order by r.place
            """,
            new { edition.Position, now = now.Milliseconds }))
            .Select(row => new RelatedLink { Id = row.PublicId, Path = row.Path, Headline = row.Headline }),
    ];

    private static IReadOnlyList<T>? NullIfEmpty<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : list;

    /// <summary>The slots in the order of the wire.</summary>
    private sealed record Filled
    {
        public bool Breaking { get; init; }

        public IReadOnlyList<TranslationLink>? Translations { get; init; }

        public IReadOnlyList<RelatedLink>? Related { get; init; }
    }

    private sealed class SlotRow
    {
        public long Position { get; init; }

        public long TranslationGroup { get; init; }

        public long BreakingUntil { get; init; }
    }

    private sealed class LinkRow
    {
        public string Language { get; init; } = string.Empty;

        public string PublicId { get; init; } = string.Empty;

        public string Path { get; init; } = string.Empty;

        public string Headline { get; init; } = string.Empty;
    }
}
