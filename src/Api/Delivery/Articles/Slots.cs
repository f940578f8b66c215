using System.Text;
using Galley.Content;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Publishing.Rerendering;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>
/// Fills what other articles or the clock decide, under the same condition as everything else: a headline of a hidden story never shows, one that appears
/// needs no write, and one that is taken down is gone from every other story at once. A canonical URL that the configuration makes is a slot too, so that
/// no stored document ever shows what was configured before.
/// </summary>
internal sealed class Slots(Renderer renderer, SiteOptions site)
{
    // How every stored document and card ends; the slots stand last so that this can be cut.
    private static readonly byte[] StoredEnd = ",\"breaking\":false}"u8.ToArray();

    // What a tag of stored bytes does not tell.
    private readonly byte[] _configured = Encoding.UTF8.GetBytes(site.ArticleUrl?.ToString() ?? string.Empty);

    /// <summary>Whether an answer can be given without asking for other articles.</summary>
    public static bool IsAlone(long slots) => ((SlotKinds)slots & ~SlotKinds.CanonicalUrl) == SlotKinds.None;

    /// <summary>The canonical URL that an article without one of its own has by the configuration.</summary>
    public string? CanonicalUrlOf(long slots, string id, string path) => ((SlotKinds)slots).HasFlag(SlotKinds.CanonicalUrl) ? site.ArticleUrl?.Of(id, path) : null;

    /// <summary>Fills an answer that needs no other article.</summary>
    public ArticleAtHand Fill(ArticleAtHand article, string id) =>
        CanonicalUrlOf(article.Slots, id, article.Path) is { } canonicalUrl ? Fill(article, new Filled { CanonicalUrl = canonicalUrl }) : article;

    public async ValueTask<ArticleAtHand> FillAsync(Session session, ArticleAtHand article, string id, Reach reach, Instant now)
    {
        if (IsAlone(article.Slots))
            return Fill(article, id);

        var edition = (await session.FindAsync<SlotRow>(
            $"select position, coalesce(translation_group, 0) as translation_group, coalesce(breaking_until, 0) as breaking_until from edition where public_id = @id and {Visible.Now}",
            new { id, now = now.Milliseconds }))!;
        return Fill(article, new Filled
        {
            CanonicalUrl = CanonicalUrlOf(article.Slots, id, article.Path),
            Breaking = Has(article, SlotKinds.Breaking) && edition.BreakingUntil > now.Milliseconds,
            Translations = Has(article, SlotKinds.Translations) ? NullIfEmpty(await ListTranslationsAsync(session, edition, id, reach, now)) : null,
            Related = Has(article, SlotKinds.Related) ? NullIfEmpty(await ListRelatedAsync(session, edition, reach, now)) : null,
        });
    }

    /// <summary>The parts of a card, whose article may be breaking news just now, and may stand at another path than its card says.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> PartsOf(CardRow card, bool isBreaking, string? presentPath)
    {
        var canonicalUrl = site.ArticleUrl is null ? null : CardAddress.Read(card.Card) is var address ? CanonicalUrlOf(card.Slots, address.Id, presentPath ?? address.Path) : null;
        return canonicalUrl is null && !isBreaking ? [card.Card] : [card.Card.AsMemory()[..^StoredEnd.Length], EndOf(new Filled { CanonicalUrl = canonicalUrl, Breaking = isBreaking })];
    }

    /// <summary>Where articles stand whose canonical URL is made and whose cards say otherwise, while a section that was moved is being carried into them; nearly always none.</summary>
    public async ValueTask<IReadOnlyDictionary<long, string>> ListPresentPathsAsync(Session session, IReadOnlyList<CardRow> page, Instant now)
    {
        var paths = new Dictionary<long, string>();
        if (site.ArticleUrl is null || (await session.ListRerendersAsync()).Count == 0)
            return paths;

        foreach (var card in page.Where(card => ((SlotKinds)card.Slots).HasFlag(SlotKinds.CanonicalUrl)))
        {
            var path = await session.FindAsync<string>($"select {Address.Path} from edition e where e.position = @Position and {Visible.Edition}", new { card.Position, now = now.Milliseconds });
            if (path is not null && path != CardAddress.Read(card.Card).Path)
                paths[card.Position] = path;
        }

        return paths;
    }

    /// <summary>Whether canonical URLs are made: only then is it worth asking where an article stands.</summary>
    public bool MakesUrls => site.ArticleUrl is not null;

    /// <summary>What the tags of cards do not tell of a page.</summary>
    public ReadOnlySpan<byte> Configured => _configured;

    // When another article changed is not known here, nor when the configuration did: so neither is when these bytes did.
    private ArticleAtHand Fill(ArticleAtHand article, Filled filled)
    {
        if (filled == Filled.Nothing)
            return article with { ChangedAt = null };

        var end = EndOf(filled);
        return article with { Parts = [article.Parts[0][..^StoredEnd.Length], end], Tag = renderer.TagOf([.. article.Tag, .. end]), ChangedAt = null };
    }

    private static bool Has(ArticleAtHand article, SlotKinds kind) => ((SlotKinds)article.Slots).HasFlag(kind);

    private static byte[] EndOf(Filled filled)
    {
        var end = ContentJson.Write(filled);
        end[0] = (byte)',';
        return end;
    }

    private static async ValueTask<IReadOnlyList<TranslationLink>> ListTranslationsAsync(Session session, SlotRow edition, string id, Reach reach, Instant now) =>
    [
        .. (await reach.WithinAsync(await session.ListAsync<LinkRow>(
            $"""
            select e.language, e.public_id, {Address.Path} as path, e.headline, e.section_id, e.language_id, e.source_id
            from edition e
            where translation_group = @TranslationGroup and public_id <> @id and {Visible.Now}
            order by language, public_id
            """,
            new { edition.TranslationGroup, id, now = now.Milliseconds })))
            .Select(row => new TranslationLink { Language = row.Language, Id = row.PublicId, Path = row.Path, Headline = row.Headline }),
    ];

    private static async ValueTask<IReadOnlyList<RelatedLink>> ListRelatedAsync(Session session, SlotRow edition, Reach reach, Instant now) =>
    [
        .. (await reach.WithinAsync(await session.ListAsync<LinkRow>(
            $"""
            select e.language, e.public_id, {Address.Path} as path, e.headline, e.section_id, e.language_id, e.source_id
            from reference r join edition e on e.public_id = r.target
            where r.position = @Position and {Visible.Edition}
            order by r.place
            """,
            new { edition.Position, now = now.Milliseconds })))
            .Select(row => new RelatedLink { Id = row.PublicId, Path = row.Path, Headline = row.Headline }),
    ];

    private static IReadOnlyList<T>? NullIfEmpty<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : list;

    /// <summary>The slots in the order of the wire.</summary>
    private sealed record Filled
    {
        public static readonly Filled Nothing = new();

        public string? CanonicalUrl { get; init; }

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

    private sealed class LinkRow : Stand
    {
        public string Language { get; init; } = string.Empty;

        public string PublicId { get; init; } = string.Empty;

        public string Path { get; init; } = string.Empty;

        public string Headline { get; init; } = string.Empty;
    }
}
