namespace Galley.Publishing;

/// <summary>One article as the newsroom keeps it, whatever readers see of it.</summary>
internal record ArticleRow
{
    public const string Columns = """
        id, public_id, source_id, external_id, state, language_id, wished_slug, slug, translation_group, working_revision,
        version, shown_hash, shown_revision, first_published_at, updated_at, shown_position, unpublish_at, created_at, modified_at
        """;

    public long Id { get; init; }

    public string PublicId { get; init; } = string.Empty;

    public long? SourceId { get; init; }

    public string? ExternalId { get; init; }

    public string State { get; set; } = ArticleState.Draft;

    public long LanguageId { get; set; }

    public string WishedSlug { get; set; } = string.Empty;

    public string? Slug { get; set; }

    public long? TranslationGroup { get; set; }

    public long WorkingRevision { get; set; }

    public long Version { get; set; }

    public byte[]? ShownHash { get; set; }

    /// <summary>A revision with the content that readers saw last; null while they never saw any.</summary>
    public long? ShownRevision { get; set; }

    public long? FirstPublishedAt { get; set; }

    public long? UpdatedAt { get; set; }

    public long? ShownPosition { get; set; }

    public long? UnpublishAt { get; set; }

    public long CreatedAt { get; init; }

    public long ModifiedAt { get; set; }

    public bool WasVisible => Version > 0;

    public Guid Guid => Guid.Parse(PublicId);
}

/// <summary>Where an article stands, as the contract names it.</summary>
internal static class ArticleState
{
    public const string Draft = "draft";
    public const string Scheduled = "scheduled";
    public const string Live = "live";
    public const string Expired = "expired";
    public const string Unpublished = "unpublished";
    public const string TakenDown = "taken-down";

    /// <summary>Only stored, never shown: it has editions, and the clock says whether it is scheduled, live or at its end.</summary>
    public const string Published = "published";
}
