using Galley.Content;
using Galley.Content.Body;
using Galley.Manage.Articles;
using Galley.Publishing.Rendering;
using Galley.Publishing.Taxonomy;

namespace Galley.Manage.Revisions;

/// <summary>What a revision holds, in the form that PUT takes. Sections and tags have the paths, slugs and names they have now; those that were deleted since are left out.</summary>
internal sealed record RevisionContent
{
    /// <inheritdoc cref="ArticleInput.Language"/>
    public required string Language { get; init; }

    /// <summary>What the revision asks for: `draft` or `published`.</summary>
    public required string Status { get; init; }

    /// <inheritdoc cref="ArticleItem.Headline"/>
    public string? Headline { get; init; }

    /// <inheritdoc cref="ArticleItem.Kicker"/>
    public string? Kicker { get; init; }

    /// <inheritdoc cref="ArticleItem.Dateline"/>
    public string? Dateline { get; init; }

    /// <inheritdoc cref="ArticleItem.Byline"/>
    public string? Byline { get; init; }

    /// <inheritdoc cref="ArticleItem.Standfirst"/>
    public string? Standfirst { get; init; }

    /// <summary>The slug that its sender chose; absent where it is made of the headline.</summary>
    public string? Slug { get; init; }

    /// <inheritdoc cref="ManagedArticle.CanonicalUrl"/>
    public string? CanonicalUrl { get; init; }

    /// <inheritdoc cref="ManagedArticle.Aliases"/>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <inheritdoc cref="ArticleItem.Section"/>
    public ArticleSection? Section { get; init; }

    /// <inheritdoc cref="ArticleItem.Tags"/>
    public required IReadOnlyList<ArticleTag> Tags { get; init; }

    /// <inheritdoc cref="ArticleItem.Contributors"/>
    public IReadOnlyList<ContributorName>? Contributors { get; init; }

    /// <inheritdoc cref="ArticleItem.LeadImage"/>
    public Image? LeadImage { get; init; }

    /// <summary>The story, as blocks.</summary>
    public required ArticleBody Body { get; init; }

    /// <inheritdoc cref="ArticleItem.Urgency"/>
    public int? Urgency { get; init; }

    /// <inheritdoc cref="ArticleItem.Agency"/>
    public Agency? Agency { get; init; }

    /// <inheritdoc cref="ArticleItem.Rights"/>
    public Rights? Rights { get; init; }

    /// <inheritdoc cref="ArticleInput.TranslationKey"/>
    public string? TranslationKey { get; init; }

    /// <inheritdoc cref="ManagedArticle.Related"/>
    public IReadOnlyList<RelatedUse>? Related { get; init; }

    /// <inheritdoc cref="ManagedArticle.PublishedAt"/>
    public Instant? PublishedAt { get; init; }

    /// <inheritdoc cref="ArticleInput.EmbargoedUntil"/>
    public Instant? EmbargoedUntil { get; init; }

    /// <inheritdoc cref="ArticleInput.ExpiresAt"/>
    public Instant? ExpiresAt { get; init; }

    /// <inheritdoc cref="ArticleInput.BreakingUntil"/>
    public Instant? BreakingUntil { get; init; }

    /// <inheritdoc cref="ArticleItem.DigitalSourceType"/>
    public string? DigitalSourceType { get; init; }

    public static RevisionContent Of(ArticleContent content, Places places) => new()
    {
        Language = content.Language,
        Status = content.Status,
        Headline = content.Headline,
        Kicker = content.Kicker,
        Dateline = content.Dateline,
        Byline = content.Byline,
        Standfirst = content.Standfirst,
        Slug = content.Slug,
        CanonicalUrl = content.CanonicalUrl,
        Aliases = content.Aliases.Count == 0 ? null : content.Aliases,
        Section = Renderer.SectionOf(places),
        Tags = [.. places.Tags.Select(Renderer.TagOf)],
        Contributors = places.Contributors.Count == 0 ? null : [.. places.Contributors.Select(tag => new ContributorName { Slug = tag.Key.Slug, Name = tag.Name })],
        LeadImage = content.LeadImage,
        Body = new ArticleBody { Blocks = content.Blocks },
        Urgency = content.Urgency,
        Agency = content.Agency,
        Rights = content.Rights,
        TranslationKey = content.TranslationKey,
        Related = content.Related.Count == 0 ? null : content.Related,
        PublishedAt = content.PublishedAt,
        EmbargoedUntil = content.EmbargoedUntil,
        ExpiresAt = content.ExpiresAt,
        BreakingUntil = content.BreakingUntil,
        DigitalSourceType = content.DigitalSourceType,
    };

    /// <summary>The same as it would be sent: what a revision answers is what PUT takes.</summary>
    public ArticleInput ToInput(string status)
    {
        var input = ContentJson.Read<ArticleInput>(ContentJson.Write(this with { Body = new ArticleBody() }));
        return input with { Status = status, Body = new BodyInput { Blocks = Body.Blocks } };
    }
}
