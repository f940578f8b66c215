using Galley.Content;
using Galley.Content.Body;
using Galley.Manage.Articles;
using Galley.Publishing.Rendering;

namespace Galley.Manage.ArticleList;

/// <summary>An article as it stands in the newsroom's list: all that management answers of it but its `body`.</summary>
internal sealed record ManagedArticleItem
{
    /// <inheritdoc cref="ManagedArticle.Id"/>
    public required string Id { get; init; }

    /// <inheritdoc cref="ManagedArticle.Type"/>
    public required string Type { get; init; }

    /// <inheritdoc cref="ManagedArticle.Version"/>
    public required long Version { get; init; }

    /// <inheritdoc cref="ManagedArticle.Revision"/>
    public required long Revision { get; init; }

    /// <inheritdoc cref="ManagedArticle.Etag"/>
    public required string Etag { get; init; }

    /// <inheritdoc cref="ManagedArticle.Status"/>
    public required string Status { get; init; }

    /// <inheritdoc cref="ManagedArticle.State"/>
    public required string State { get; init; }

    /// <inheritdoc cref="ManagedArticle.HasDraft"/>
    public required bool HasDraft { get; init; }

    /// <inheritdoc cref="ManagedArticle.Allowed"/>
    public required IReadOnlyList<string> Allowed { get; init; }

    /// <inheritdoc cref="ManagedArticle.PendingAt"/>
    public Instant? PendingAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.UnpublishAt"/>
    public Instant? UnpublishAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.Source"/>
    public ArticleSource? Source { get; init; }

    /// <inheritdoc cref="ManagedArticle.ExternalId"/>
    public string? ExternalId { get; init; }

    /// <inheritdoc cref="ManagedArticle.Language"/>
    public required string Language { get; init; }

    /// <inheritdoc cref="ManagedArticle.Direction"/>
    public required string Direction { get; init; }

    /// <inheritdoc cref="ManagedArticle.Slug"/>
    public required string Slug { get; init; }

    /// <inheritdoc cref="ManagedArticle.Path"/>
    public required string Path { get; init; }

    /// <inheritdoc cref="ManagedArticle.CanonicalUrl"/>
    public string? CanonicalUrl { get; init; }

    /// <inheritdoc cref="ManagedArticle.Aliases"/>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <inheritdoc cref="ManagedArticle.Kicker"/>
    public string? Kicker { get; init; }

    /// <inheritdoc cref="ManagedArticle.Headline"/>
    public string? Headline { get; init; }

    /// <inheritdoc cref="ManagedArticle.Standfirst"/>
    public string? Standfirst { get; init; }

    /// <inheritdoc cref="ManagedArticle.Byline"/>
    public string? Byline { get; init; }

    /// <inheritdoc cref="ManagedArticle.Contributors"/>
    public IReadOnlyList<ContributorName>? Contributors { get; init; }

    /// <inheritdoc cref="ManagedArticle.Dateline"/>
    public string? Dateline { get; init; }

    /// <inheritdoc cref="ManagedArticle.Section"/>
    public ArticleSection? Section { get; init; }

    /// <inheritdoc cref="ManagedArticle.Tags"/>
    public required IReadOnlyList<ArticleTag> Tags { get; init; }

    /// <inheritdoc cref="ManagedArticle.LeadImage"/>
    public Image? LeadImage { get; init; }

    /// <inheritdoc cref="ManagedArticle.WordCount"/>
    public required int WordCount { get; init; }

    /// <inheritdoc cref="ManagedArticle.ReadingMinutes"/>
    public required int ReadingMinutes { get; init; }

    /// <inheritdoc cref="ManagedArticle.Urgency"/>
    public int? Urgency { get; init; }

    /// <inheritdoc cref="ManagedArticle.Agency"/>
    public Agency? Agency { get; init; }

    /// <inheritdoc cref="ManagedArticle.Rights"/>
    public Rights? Rights { get; init; }

    /// <inheritdoc cref="ManagedArticle.TranslationKey"/>
    public string? TranslationKey { get; init; }

    /// <inheritdoc cref="ManagedArticle.Related"/>
    public IReadOnlyList<RelatedUse>? Related { get; init; }

    /// <inheritdoc cref="ManagedArticle.PublishedAt"/>
    public Instant? PublishedAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.EmbargoedUntil"/>
    public Instant? EmbargoedUntil { get; init; }

    /// <inheritdoc cref="ManagedArticle.ExpiresAt"/>
    public Instant? ExpiresAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.BreakingUntil"/>
    public Instant? BreakingUntil { get; init; }

    /// <inheritdoc cref="ManagedArticle.FirstPublishedAt"/>
    public Instant? FirstPublishedAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.UpdatedAt"/>
    public Instant? UpdatedAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.Corrections"/>
    public IReadOnlyList<Correction>? Corrections { get; init; }

    /// <inheritdoc cref="ManagedArticle.DigitalSourceType"/>
    public string? DigitalSourceType { get; init; }

    /// <inheritdoc cref="ManagedArticle.CreatedAt"/>
    public required Instant CreatedAt { get; init; }

    /// <inheritdoc cref="ManagedArticle.ModifiedAt"/>
    public required Instant ModifiedAt { get; init; }

    public static ManagedArticleItem Of(ManagedArticle article) => new()
    {
        Id = article.Id,
        Type = article.Type,
        Version = article.Version,
        Revision = article.Revision,
        Etag = article.Etag,
        Status = article.Status,
        State = article.State,
        HasDraft = article.HasDraft,
        Allowed = article.Allowed,
        PendingAt = article.PendingAt,
        UnpublishAt = article.UnpublishAt,
        Source = article.Source,
        ExternalId = article.ExternalId,
        Language = article.Language,
        Direction = article.Direction,
        Slug = article.Slug,
        Path = article.Path,
        CanonicalUrl = article.CanonicalUrl,
        Aliases = article.Aliases,
        Kicker = article.Kicker,
        Headline = article.Headline,
        Standfirst = article.Standfirst,
        Byline = article.Byline,
        Contributors = article.Contributors,
        Dateline = article.Dateline,
        Section = article.Section,
        Tags = article.Tags,
        LeadImage = article.LeadImage,
        WordCount = article.WordCount,
        ReadingMinutes = article.ReadingMinutes,
        Urgency = article.Urgency,
        Agency = article.Agency,
        Rights = article.Rights,
        TranslationKey = article.TranslationKey,
        Related = article.Related,
        PublishedAt = article.PublishedAt,
        EmbargoedUntil = article.EmbargoedUntil,
        ExpiresAt = article.ExpiresAt,
        BreakingUntil = article.BreakingUntil,
        FirstPublishedAt = article.FirstPublishedAt,
        UpdatedAt = article.UpdatedAt,
        Corrections = article.Corrections,
        DigitalSourceType = article.DigitalSourceType,
        CreatedAt = article.CreatedAt,
        ModifiedAt = article.ModifiedAt,
    };
}
