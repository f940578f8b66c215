using Galley.Content.Body;

namespace Galley.Content;

/// <summary>What one revision of an article holds: what was sent, normalised, with its section and tags found.</summary>
internal sealed record ArticleContent
{
    public const string Draft = "draft";
    public const string Published = "published";

    public required string Language { get; init; }

    /// <summary>What the sender wants: draft or published.</summary>
    public required string Status { get; init; }

    public string? Headline { get; init; }

    public string? Kicker { get; init; }

    public string? Dateline { get; init; }

    public string? Byline { get; init; }

    public string? Standfirst { get; init; }

    /// <summary>The slug the sender chose; absent where it is made of the headline.</summary>
    public string? Slug { get; init; }

    public string? CanonicalUrl { get; init; }

    /// <summary>Paths and URLs at which it stood before.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public SectionUse? Section { get; init; }

    public IReadOnlyList<TagUse> Tags { get; init; } = [];

    public IReadOnlyList<TagUse> Contributors { get; init; } = [];

    public Image? LeadImage { get; init; }

    public IReadOnlyList<Block> Blocks { get; init; } = [];

    public int? Urgency { get; init; }

    public Agency? Agency { get; init; }

    public Rights? Rights { get; init; }

    public string? TranslationKey { get; init; }

    public IReadOnlyList<RelatedUse> Related { get; init; } = [];

    public Instant? PublishedAt { get; init; }

    public Instant? EmbargoedUntil { get; init; }

    public Instant? ExpiresAt { get; init; }

    public Instant? BreakingUntil { get; init; }

    public string? DigitalSourceType { get; init; }

    /// <summary>The addresses it is found by beside its path, by their place: 0 is the canonical URL its sender gave.</summary>
    public IEnumerable<(int Place, byte[] Address)> Addresses =>
        Aliases.Select((alias, i) => (i + 1, AddressKey.OfAlias(alias))).Concat(CanonicalUrl is null ? [] : [(0, AddressKey.OfUrl(CanonicalUrl))]);

    public bool IsPublished => Status == Published;

    /// <summary>When readers may see it at the earliest, if it is published at <paramref name="now"/>.</summary>
    public Instant EffectivePublishedAt(Instant now)
    {
        var published = PublishedAt ?? now;
        return EmbargoedUntil is { } embargo ? Instant.Max(published, embargo) : published;
    }

    /// <summary>Whether readers would see the same: the names a push suggested for a section or tag are no part of the content.</summary>
    public bool EqualsAsContent(ArticleContent other) => ContentJson.WriteText(WithoutSuggestions()) == ContentJson.WriteText(other.WithoutSuggestions());

    /// <summary>The content without the names that its sender suggested.</summary>
    public ArticleContent WithoutSuggestions() => this with
    {
        Section = Section is null ? null : Section with { Names = [] },
        Tags = [.. Tags.Select(tag => tag with { Name = null })],
        Contributors = [.. Contributors.Select(tag => tag with { Name = null })],
    };
}

/// <summary>The section an article stands in, with the names its sender gave the levels, outermost first.</summary>
internal sealed record SectionUse(long Id, IReadOnlyList<string> Names);

/// <summary>A tag on an article, with the name its sender gave it.</summary>
internal sealed record TagUse(long Id, string? Name, string? Relation);

/// <summary>Another article, by its id or by its sender's own.</summary>
internal sealed record RelatedUse
{
    /// <summary>The article's id.</summary>
    public string? Id { get; init; }

    /// <summary>With `externalId`: the source that pushes it.</summary>
    public string? Source { get; init; }

    /// <summary>With `source`: the sender's own id.</summary>
    public string? ExternalId { get; init; }
}

/// <summary>A published statement of what was wrong in a story.</summary>
internal sealed record Correction
{
    /// <summary>When it was corrected. They stand in this order.</summary>
    public required Instant At { get; init; }

    /// <summary>`correction`, `clarification`, `update` or `retraction`.</summary>
    public required string Kind { get; init; }

    /// <summary>What was wrong, and what is right.</summary>
    public required string Text { get; init; }
}

/// <summary>The news agency a story comes from.</summary>
internal sealed record Agency
{
    /// <summary>Its name, at most 200 UTF-16 code units.</summary>
    public required string Name { get; init; }

    /// <summary>What the agency calls this kind of story, at most 200.</summary>
    public string? Category { get; init; }
}

/// <summary>What may be done with a story.</summary>
internal sealed record Rights
{
    /// <summary>Such as `© 2024 Example`; at most 500 UTF-16 code units.</summary>
    public string? CopyrightNotice { get; init; }

    /// <summary>Terms for people, at most 2,000.</summary>
    public string? UsageTerms { get; init; }

    /// <summary>A licence by its URL or its name, at most 500.</summary>
    public string? License { get; init; }

    /// <summary>`allow`, or `deny` to keep it out of feeds and products.</summary>
    public string? Syndication { get; init; }
}
