using Galley.Content;
using Galley.Manage.Articles;
using Galley.Publishing.Rendering;

namespace Galley.Manage.Revisions;

/// <summary>One saved state of an article, as it stands in the history: who made it, when, and what it is.</summary>
internal record RevisionItem
{
    /// <summary>Its number, from 1; every accepted write and transition makes one more.</summary>
    public required long Revision { get; init; }

    /// <summary>When it was accepted.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>What it asks for: `draft` or `published`.</summary>
    public required string Status { get; init; }

    /// <inheritdoc cref="ArticleInput.Language"/>
    public required string Language { get; init; }

    /// <inheritdoc cref="ArticleItem.Headline"/>
    public string? Headline { get; init; }

    /// <summary>Whether readers see it just now.</summary>
    public required bool IsLive { get; init; }

    /// <summary>When readers will see it, where that is scheduled.</summary>
    public Instant? PendingAt { get; init; }

    /// <summary>The id of the key that made it.</summary>
    public string? KeyId { get; init; }

    /// <summary>Who pushed it; absent where it was made by our id or by a transition.</summary>
    public ArticleSource? Source { get; init; }

    /// <summary>Why the article was taken off publication with it, where somebody said so.</summary>
    public string? Reason { get; init; }
}

/// <summary>One saved state of an article with what it holds.</summary>
internal sealed record Revision : RevisionItem
{
    /// <summary>What it holds. It may be sent by PUT as it is, for instance with a change; to bring it back unchanged, restore it.</summary>
    public required RevisionContent Article { get; init; }
}
