using Galley.Content;
using Galley.Content.Body;
using Galley.Http;
using Galley.Publishing.Rendering;

namespace Galley.Manage.Articles;

/// <summary>An article as the newsroom sees it: what was sent, what readers get of it, and where it stands.</summary>
internal sealed record ManagedArticle
{
    /// <inheritdoc cref="ArticleItem.Id"/>
    public required string Id { get; init; }

    /// <inheritdoc cref="ArticleItem.Type"/>
    public required string Type { get; init; }

    /// <summary>How many states of it readers could see so far; 0 = never visible.</summary>
    public required long Version { get; init; }

    /// <summary>How many writes and transitions were accepted.</summary>
    public required long Revision { get; init; }

    /// <summary>The tag of this revision with its quotes, ready for `If-Match`.</summary>
    public required string Etag { get; init; }

    /// <summary>What the newest revision asks for: `draft` or `published`.</summary>
    public required string Status { get; init; }

    /// <summary>Where the article stands now: `draft`, `scheduled`, `live`, `expired`, `unpublished` or `taken-down`.</summary>
    public required string State { get; init; }

    /// <summary>Whether there is newer content than what readers see.</summary>
    public required bool HasDraft { get; init; }

    /// <summary>The transitions that are possible now: `publish`, `unpublish`, `discard`, `takedown`, `delete`.</summary>
    public required IReadOnlyList<string> Allowed { get; init; }

    /// <summary>When a scheduled update goes live.</summary>
    public Instant? PendingAt { get; init; }

    /// <summary>When it will be unpublished.</summary>
    public Instant? UnpublishAt { get; init; }

    /// <inheritdoc cref="ArticleItem.Source"/>
    public ArticleSource? Source { get; init; }

    /// <summary>The sender's own id.</summary>
    public string? ExternalId { get; init; }

    /// <inheritdoc cref="ArticleInput.Language"/>
    public required string Language { get; init; }

    /// <inheritdoc cref="ArticleItem.Direction"/>
    public required string Direction { get; init; }

    /// <summary>The slug readers know it by, or would if it were published now.</summary>
    public required string Slug { get; init; }

    /// <summary>Its address below `/v1/articles/by-path/`, or what it would be; plain text.</summary>
    public required string Path { get; init; }

    /// <summary>The canonical URL as it was sent; one that is made from `Galley:ArticleUrl` stands only in what readers get.</summary>
    public string? CanonicalUrl { get; init; }

    /// <summary>The aliases as they were sent, each once.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <inheritdoc cref="ArticleItem.Kicker"/>
    public string? Kicker { get; init; }

    /// <inheritdoc cref="ArticleItem.Headline"/>
    public string? Headline { get; init; }

    /// <inheritdoc cref="ArticleItem.Standfirst"/>
    public string? Standfirst { get; init; }

    /// <inheritdoc cref="ArticleItem.Byline"/>
    public string? Byline { get; init; }

    /// <inheritdoc cref="ArticleItem.Contributors"/>
    public IReadOnlyList<ContributorName>? Contributors { get; init; }

    /// <inheritdoc cref="ArticleItem.Dateline"/>
    public string? Dateline { get; init; }

    /// <inheritdoc cref="ArticleItem.Section"/>
    public ArticleSection? Section { get; init; }

    /// <inheritdoc cref="ArticleItem.Tags"/>
    public required IReadOnlyList<ArticleTag> Tags { get; init; }

    /// <inheritdoc cref="ArticleItem.LeadImage"/>
    public Image? LeadImage { get; init; }

    /// <inheritdoc cref="ArticleItem.Body"/>
    public required ArticleBody Body { get; init; }

    /// <inheritdoc cref="ArticleItem.WordCount"/>
    public required int WordCount { get; init; }

    /// <inheritdoc cref="ArticleItem.ReadingMinutes"/>
    public required int ReadingMinutes { get; init; }

    /// <inheritdoc cref="ArticleItem.Urgency"/>
    public int? Urgency { get; init; }

    /// <inheritdoc cref="ArticleItem.Agency"/>
    public Agency? Agency { get; init; }

    /// <inheritdoc cref="ArticleItem.Rights"/>
    public Rights? Rights { get; init; }

    /// <inheritdoc cref="ArticleInput.TranslationKey"/>
    public string? TranslationKey { get; init; }

    /// <summary>The related articles as they were sent.</summary>
    public IReadOnlyList<RelatedUse>? Related { get; init; }

    /// <summary>The sender's own instant of publication.</summary>
    public Instant? PublishedAt { get; init; }

    /// <inheritdoc cref="ArticleInput.EmbargoedUntil"/>
    public Instant? EmbargoedUntil { get; init; }

    /// <inheritdoc cref="ArticleInput.ExpiresAt"/>
    public Instant? ExpiresAt { get; init; }

    /// <inheritdoc cref="ArticleInput.BreakingUntil"/>
    public Instant? BreakingUntil { get; init; }

    /// <inheritdoc cref="ArticleItem.FirstPublishedAt"/>
    public Instant? FirstPublishedAt { get; init; }

    /// <inheritdoc cref="ArticleItem.UpdatedAt"/>
    public Instant? UpdatedAt { get; init; }

    /// <summary>The corrections that were added to it, the oldest first. They are added at an address of their own and outlast every write.</summary>
    public IReadOnlyList<Correction>? Corrections { get; init; }

    /// <inheritdoc cref="ArticleItem.DigitalSourceType"/>
    public string? DigitalSourceType { get; init; }

    /// <summary>When the article was first saved.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When the last write or transition was accepted.</summary>
    public required Instant ModifiedAt { get; init; }

    /// <summary>After a write: `created`, `updated` or `unchanged`.</summary>
    public string? Outcome { get; init; }

    /// <summary>After a write: what the sender should look at although it was accepted.</summary>
    public IReadOnlyList<InputWarning>? Warnings { get; init; }
}
