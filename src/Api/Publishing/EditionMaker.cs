using System.Security.Cryptography;
using Galley.Content;
using Galley.Publishing.Rendering;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>An edition and its card, with what they were rendered from.</summary>
internal sealed record MadeEdition(EditionRow Row, CardRow Card, ArticleContent Content, Places Places);

/// <summary>Makes editions: slug, position, scopes, and the finished bytes.</summary>
internal sealed class EditionMaker(Renderer renderer, SiteOptions site)
{
    /// <summary>What the article would like to be called. A slug that readers know is kept until the sender chooses another.</summary>
    public static string WishOf(ArticleRow article, ArticleContent content) =>
        content.Slug ?? article.Slug ?? Slug.From(content.Headline ?? string.Empty);

    /// <summary>When the article ends by itself, and what it is then.</summary>
    public static (Instant At, string Kind) EndOf(ArticleRow article, ArticleContent content)
    {
        var expiresAt = content.ExpiresAt ?? Instant.Never;
        return article.UnpublishAt is { } unpublishAt && unpublishAt < expiresAt.Milliseconds
            ? (new Instant(unpublishAt), ArticleState.Unpublished)
            : (expiresAt, ArticleState.Expired);
    }

    /// <summary>Tells contents apart that readers would tell apart.</summary>
    public static byte[] HashOf(ArticleContent content) => SHA256.HashData(ContentJson.Write(content.WithoutSuggestions() with { Status = ArticleContent.Published }))[..16];

    /// <summary>Whether this content is what readers saw last.</summary>
    public static bool IsShown(ArticleRow article, ArticleContent content) => article.ShownHash is { } shown && shown.AsSpan().SequenceEqual(HashOf(content));

    // What nobody sees is not made again when a tag of it is merged into another: it is told apart by what it would hold now.
    private static async ValueTask<bool> IsShownUnderMergedTagsAsync(WriteSession write, ArticleRow article, ArticleContent content) =>
        article is { ShownPosition: null, ShownHash: not null, ShownRevision: { } revision }
        && HashOf(await write.WithMergedTagsAsync(await write.LoadContentAsync(article.Id, revision))).AsSpan().SequenceEqual(HashOf(content));

    /// <summary>Makes the edition that appears at <paramref name="from"/>; beside <paramref name="live"/> where that stays until then, else in its place.</summary>
    public async ValueTask<MadeEdition> MakeAsync(WriteSession write, ArticleRow article, ArticleContent content, EditionRow? live, Instant from, bool isMinor)
    {
        var published = content.EffectivePublishedAt(write.Now);
        var changedAt = Instant.Max(write.Now, from);
        var isChanged = !IsShown(article, content) && !await IsShownUnderMergedTagsAsync(write, article, content);
        var updated = isChanged && !(isMinor && article.WasVisible) ? changedAt : new Instant(article.UpdatedAt ?? 0);
        var (endsAt, endKind) = EndOf(article, content);
        var debut = from > write.Now ? new Debut(from, article.Id) : Debut.Past(write.Now);
        var places = await write.LoadPlacesAsync(content, site.DefaultLanguage, debut);

        var row = new EditionRow
        {
            Position = await FreePositionAsync(write, article, published, from, live),
            ArticleId = article.Id,
            PublicId = article.PublicId,
            LanguageId = article.LanguageId,
            Revision = article.WorkingRevision,
            FromAt = from.Milliseconds,
            UntilAt = endsAt.Milliseconds,
            EndsAt = endsAt.Milliseconds,
            EndKind = endKind,
            PublishedAt = published.Milliseconds,
            UpdatedAt = Instant.Max(updated, published).Milliseconds,
            ChangedAt = changedAt.Milliseconds,
            BreakingUntil = content.BreakingUntil > changedAt ? content.BreakingUntil.Value.Milliseconds : null,
            ExpiresAt = (content.ExpiresAt ?? Instant.Never).Milliseconds,
            Version = article.Version + (isChanged ? 1 : 0),
            Language = content.Language,
            Slug = await write.ClaimAsync(article, content.Language, WishOf(article, content), from, write.Now),
            Headline = content.Headline!,
            SectionId = content.Section?.Id ?? 0,
            SourceId = article.SourceId ?? 0,
            TranslationGroup = article.TranslationGroup,
        };
        row = row with { Slots = (long)SlotsOf(row, content), Scopes = ScopesOf(article, content, places, row) };

        return await RenderAsync(write, article, content, places, row, debut);
    }

    /// <summary>Renders again the editions still hidden at <paramref name="at"/> that wish for slugs which were taken or freed then.</summary>
    public async ValueTask RemakeWishersAsync(WriteSession write, IEnumerable<(string Language, string Slug)> slugs, Instant at)
    {
        foreach (var (language, slug) in slugs)
        {
            var wishers = await write.ListAsync<long>(
                """
                select e.position
                from article a join edition e on e.article_id = a.id
                where a.wished_slug = @slug and e.language = @language and e.from_at > @at
                order by e.from_at, e.article_id
                """,
                new { language, slug, at = at.Milliseconds });

            foreach (var position in wishers)
                await RemakeHiddenAsync(write, (await write.FindEditionAsync(position))!, at);
        }
    }

    /// <summary>Renders again the hidden editions in a scope, the first to appear first: what it is called, or where it stands, has changed.</summary>
    public ValueTask RemakeHiddenAsync(WriteSession write, Scope scope) => RemakeLaterAsync(write, scope, Debut.Past(write.Now));

    /// <summary>Renders again an edition that readers see, under what its sections and tags are called now and where they stand. Answers what it holds now.</summary>
    public async ValueTask<ArticleContent> RemakeShownAsync(WriteSession write, ArticleRow article, EditionRow shown)
    {
        var content = await write.WithMergedTagsAsync(await write.LoadContentAsync(shown.ArticleId, shown.Revision));
        var places = await write.LoadPlacesAsync(content, site.DefaultLanguage, Debut.Past(write.Now));
        var row = shown with { ChangedAt = write.Now.Milliseconds };
        row = row with { Scopes = ScopesOf(article, content, places, row) };

        await write.RewriteEditionAsync(await RenderAsync(write, article, content, places, row, Debut.Past(write.Now)), shown);
        return content;
    }

    /// <summary>Makes an edition again of its revision, whatever became of its bytes: place, window, dates and version stay as they are.</summary>
    public async ValueTask<MadeEdition> MakeAgainAsync(WriteSession write, ArticleRow article, EditionRow edition)
    {
        var isAhead = edition.Window.From > write.Now;
        var content = await write.LoadContentAsync(article.Id, edition.Revision);
        if (!isAhead)
            content = await write.WithMergedTagsAsync(content);
        var debut = isAhead ? new Debut(edition.Window.From, article.Id) : Debut.Past(write.Now);
        var places = await write.LoadPlacesAsync(content, site.DefaultLanguage, debut);
        var row = edition with
        {
            LanguageId = await write.LanguageIdAsync(content.Language),
            Language = content.Language,
            Headline = content.Headline!,
            SectionId = content.Section?.Id ?? 0,
            SourceId = article.SourceId ?? 0,
            ExpiresAt = (content.ExpiresAt ?? Instant.Never).Milliseconds,
        };
        // A breaking flag whose end has passed was settled.
        row = row with { Slots = (long)SlotsOf(row, content), Scopes = ScopesOf(article, content, places, isAhead ? row : row with { ChangedAt = write.Now.Milliseconds }) };
        return await RenderAsync(write, article, content, places, row, debut);
    }

    /// <summary>Takes away an edition that no reader has seen. What it would have named, the next one to appear there names.</summary>
    public async ValueTask RemoveHiddenAsync(WriteSession write, EditionRow hidden)
    {
        await write.RemoveEditionAsync(hidden);
        await write.CloseGapAsync(hidden.Position);
        foreach (var scope in hidden.ScopeList)
        {
            if (await write.UnnameAsync(scope, new Debut(hidden.Window.From, hidden.ArticleId)))
                await RemakeLaterAsync(write, scope, Debut.Past(write.Now));
        }
    }

    // The editions in a scope that appear after another, the first to appear first.
    private async ValueTask RemakeLaterAsync(WriteSession write, Scope scope, Debut debut)
    {
        var later = await write.ListAsync<long>(
            $"""
            select e.position
            from transition t join edition e on e.article_id = t.article_id and e.from_at = t.due_at
            where t.due_at >= @at and t.kind = '{Transitions.Starts}' and (e.from_at, e.article_id) > (@at, @ArticleId)
              and exists (select 1 from listing l where l.scope = @Packed and l.position = e.position)
            order by e.from_at, e.article_id
            """,
            new { scope.Packed, at = debut.At.Milliseconds, debut.ArticleId });

        foreach (var position in later)
            await RemakeHiddenAsync(write, (await write.FindEditionAsync(position))!, write.Now);
    }

    private async ValueTask NamePlacesAsync(WriteSession write, Places places, string language, Debut debut)
    {
        foreach (var section in places.Sections.Where(section => !section.IsNamed))
        {
            await write.NameAsync(section, language, debut);
            await RemakeLaterAsync(write, Scope.SectionTree(section.Id), debut);
        }

        foreach (var tag in places.AllTags.Where(tag => !tag.IsNamed).DistinctBy(tag => tag.Id))
        {
            await write.NameAsync(tag, language, debut);
            await RemakeLaterAsync(write, Scope.Tag(tag.Id), debut);
        }
    }

    /// <summary>Renders an edition again under the slug it has.</summary>
    public async ValueTask<MadeEdition> RenderAgainAsync(WriteSession write, ArticleRow article, EditionRow row)
    {
        var content = await write.LoadContentAsync(row.ArticleId, row.Revision);
        var debut = row.Window.From > write.Now ? new Debut(row.Window.From, row.ArticleId) : Debut.Past(write.Now);
        return await RenderAsync(write, article, content, await write.LoadPlacesAsync(content, site.DefaultLanguage, debut), row, debut);
    }

    private async ValueTask RemakeHiddenAsync(WriteSession write, EditionRow hidden, Instant at)
    {
        var article = (await write.FindArticleAsync(hidden.ArticleId))!;
        var content = await write.LoadContentAsync(hidden.ArticleId, hidden.Revision);
        var debut = new Debut(hidden.Window.From, hidden.ArticleId);
        var places = await write.LoadPlacesAsync(content, site.DefaultLanguage, debut);
        var slug = await write.ClaimAsync(article, hidden.Language, WishOf(article, content), hidden.Window.From, at);
        var row = hidden with { Slug = slug, Scopes = ScopesOf(article, content, places, hidden) };

        await write.RewriteEditionAsync(await RenderAsync(write, article, content, places, row, debut), hidden);
    }

    private async ValueTask<MadeEdition> RenderAsync(WriteSession write, ArticleRow article, ArticleContent content, Places places, EditionRow row, Debut debut)
    {
        var rendered = renderer.Render(content, new EditionFacts
        {
            PublicId = article.PublicId,
            Source = await write.FindSourceSlugAsync(article.SourceId),
            Version = row.Version,
            Slug = row.Slug,
            PublishedAt = new Instant(row.PublishedAt),
            UpdatedAt = new Instant(row.UpdatedAt),
            FirstPublishedAt = new Instant(article.FirstPublishedAt ?? row.PublishedAt),
            Places = places,
            // Nobody can have corrected what has just been made.
            Corrections = article.WorkingRevision == 1 ? [] : await write.ListCorrectionsAsync(article.Id),
        });
        await NamePlacesAsync(write, places, content.Language, debut);

        return new MadeEdition(
            row with { Document = rendered.Document, Etag = rendered.DocumentTag },
            new CardRow(row.Position, row.Slots, rendered.CardTag, rendered.Card),
            content,
            places);
    }

    private static SlotKinds SlotsOf(EditionRow row, ArticleContent content) =>
        (row.TranslationGroup is null ? SlotKinds.None : SlotKinds.Translations)
        | (content.Related.Count == 0 ? SlotKinds.None : SlotKinds.Related)
        | (row.BreakingUntil is null ? SlotKinds.None : SlotKinds.Breaking)
        | (content.CanonicalUrl is null ? SlotKinds.CanonicalUrl : SlotKinds.None);

    private static byte[] ScopesOf(ArticleRow article, ArticleContent content, Places places, EditionRow row) => ScopeSet.Pack(EachScopeOf(article, content, places, row));

    private static IEnumerable<Scope> EachScopeOf(ArticleRow article, ArticleContent content, Places places, EditionRow row)
    {
        yield return Scope.All;
        yield return Scope.AllIn(row.LanguageId);
        foreach (var section in places.Sections)
            yield return Scope.SectionTree(section.Id);
        if (places.Section is { } place)
            yield return Scope.SectionOnly(place.Id);
        foreach (var tag in places.AllTags)
            yield return Scope.Tag(tag.Id);
        if (article.SourceId is { } source)
            yield return Scope.Source(source);
        if (content.Urgency is { } urgency)
            yield return Scope.Urgency(urgency);
        // Its end has been settled where it lies behind an edition's last change.
        if (row.BreakingUntil > row.ChangedAt)
            yield return Scope.Breaking;
    }

    // Upward from the place that publication instant and id give; the other edition of the article may stand at the twin of each place.
    private static async ValueTask<long> FreePositionAsync(WriteSession write, ArticleRow article, Instant published, Instant from, EditionRow? live)
    {
        var isBeside = live is not null && from > write.Now;
        var place = Position.Of(published, article.Guid);
        if (live is not null && new Position(live.Position).WithoutEdition == place)
            return isBeside ? new Position(live.Position).Other.Value : live.Position;

        place = await write.PlaceAsync(article.Id, place, from);
        // Never the live edition's own bit: both stand side by side until the switch.
        return isBeside && (live!.Position & 1) == 0 ? place.Other.Value : place.Value;
    }
}
