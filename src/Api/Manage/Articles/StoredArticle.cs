using Galley.Content;
using Galley.Content.Body;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>Everything management knows of an article at one instant.</summary>
internal sealed record StoredArticle(ArticleRow Row, ArticleContent Content, Places Places, string? Source, IReadOnlyList<EditionRow> Editions, Instant Now) : StoredState(Row, Editions, Now)
{
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>The slug of the newest revision: the one it is published or scheduled under, else the one chosen for it, else the one readers know.</summary>
    public string Slug
    {
        get
        {
            if (Editions.LastOrDefault(edition => edition.Revision == Row.WorkingRevision) is { } newest)
                return newest.Slug;

            var known = Shown?.Slug ?? Row.Slug;
            var isChosen = known is null || (Content.Slug is { } chosen && !SlugKeeper.IsSuffixed(Row, chosen, known));
            return isChosen ? EditionMaker.WishOf(Row, Content) : known!;
        }
    }

    /// <summary>What a takedown leaves of the newest revision: where it stood and when, so that whoever was allowed to know of it still finds it, and nothing that was written.</summary>
    public ArticleContent Remains => new()
    {
        Language = Content.Language,
        Status = ArticleContent.Draft,
        Slug = Row.Slug ?? Slug,
        Section = Content.Section is { } section ? section with { Names = [] } : null,
        PublishedAt = Content.PublishedAt,
        EmbargoedUntil = Content.EmbargoedUntil,
        ExpiresAt = Content.ExpiresAt,
    };

    /// <summary>One tag per revision, and per article: a number alone would fit its successor after a deletion.</summary>
    public string Etag => EtagOf(Row);

    public static string EtagOf(ArticleRow row) => $"\"{row.PublicId[..8]}-{row.WorkingRevision}\"";

    public static async ValueTask<StoredArticle> LoadAsync(Session session, ArticleRow row, SiteOptions site, Instant now)
    {
        var content = await session.LoadContentAsync(row.Id, row.WorkingRevision);
        return new StoredArticle(
            row,
            content,
            await session.LoadPlacesAsync(content, site.DefaultLanguage, Debut.Past(now)),
            await session.FindSourceSlugAsync(row.SourceId),
            await session.ListEditionsAsync(row.Id),
            now)
        {
            Corrections = await session.ListCorrectionsAsync(row.Id),
        };
    }

    /// <summary>The article as management answers it.</summary>
    public ManagedArticle ToAnswer(string? outcome = null, IReadOnlyList<InputWarning>? warnings = null)
    {
        var (words, minutes) = ReadingTime.Of(Content.Blocks);
        return new ManagedArticle
        {
            Id = Row.PublicId,
            Type = "article",
            Version = Version,
            Revision = Row.WorkingRevision,
            Etag = Etag,
            Status = Content.Status,
            State = State,
            HasDraft = HasDraft,
            Allowed = Allowed,
            PendingAt = Live is null ? null : Ahead?.Window.From,
            UnpublishAt = Row.UnpublishAt is { } unpublishAt && Live is not null ? new Instant(unpublishAt) : null,
            Source = Source is null ? null : new ArticleSource { Slug = Source },
            ExternalId = Row.ExternalId,
            Language = Content.Language,
            Direction = Language.Parse(Content.Language).Direction,
            Slug = Slug,
            Path = Renderer.PathOf(Content.Language, Places, Slug),
            CanonicalUrl = Content.CanonicalUrl,
            Aliases = Content.Aliases.Count == 0 ? null : Content.Aliases,
            Kicker = Content.Kicker,
            Headline = Content.Headline,
            Standfirst = Content.Standfirst,
            Byline = Content.Byline,
            Contributors = Places.Contributors.Count == 0 ? null : [.. Places.Contributors.Select(tag => new ContributorName { Slug = tag.Key.Slug, Name = tag.Name })],
            Dateline = Content.Dateline,
            Section = Renderer.SectionOf(Places),
            Tags = [.. Places.Tags.Select(Renderer.TagOf)],
            LeadImage = Content.LeadImage,
            Body = new ArticleBody { Blocks = Content.Blocks },
            WordCount = words,
            ReadingMinutes = minutes,
            Urgency = Content.Urgency,
            Agency = Content.Agency,
            Rights = Content.Rights,
            TranslationKey = Content.TranslationKey,
            Related = Content.Related.Count == 0 ? null : Content.Related,
            PublishedAt = Content.PublishedAt,
            EmbargoedUntil = Content.EmbargoedUntil,
            ExpiresAt = Content.ExpiresAt,
            BreakingUntil = Content.BreakingUntil,
            FirstPublishedAt = InstantOf(Row.FirstPublishedAt ?? Shown?.PublishedAt),
            UpdatedAt = UpdatedAt,
            Corrections = Corrections.Count == 0 ? null : Corrections,
            DigitalSourceType = Content.DigitalSourceType,
            CreatedAt = new Instant(Row.CreatedAt),
            ModifiedAt = new Instant(Row.ModifiedAt),
            Outcome = outcome,
            Warnings = warnings is { Count: > 0 } ? warnings : null,
        };
    }

    private static Instant? InstantOf(long? milliseconds) => milliseconds is { } value ? new Instant(value) : null;
}
