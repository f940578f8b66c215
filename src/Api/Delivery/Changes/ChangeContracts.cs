using Galley.Publishing.Rendering;

namespace Galley.Delivery.Changes;

/// <summary>One page of what changed. Other than in lists `next` is always there.</summary>
internal sealed record ChangePage
{
    /// <summary>What became visible, changed or went away, in one order. May be short or empty although more follows.</summary>
    public required IReadOnlyList<Change> Data { get; init; }

    /// <summary>The token to ask with as `since` next time: keep it, and every article and deletion of this page with it, in one step.</summary>
    public required string Next { get; init; }

    /// <summary>True where nothing followed `next` when this was answered. Ask on at once while it is false.</summary>
    public required bool UpToDate { get; init; }
}

/// <summary>What happened to one article. Only the last change of an article is told, so some that lay between are never seen.</summary>
internal sealed record Change
{
    /// <summary>`upsert`: keep `article` in place of what you have of it. `delete`: remove it if you have it.</summary>
    public required string Op { get; init; }

    /// <summary>The place right behind this change: good as `since`, with the same filters.</summary>
    public required string Token { get; init; }

    /// <summary>The article's id, a UUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>With `upsert`: as in the article. The bytes may change without it, as when a section is renamed.</summary>
    public long? Version { get; init; }

    /// <summary>When readers could first notice it (RFC 3339, UTC).</summary>
    public required string At { get; init; }

    /// <summary>With `delete`: `unpublished`, `expired`, `takedown`, `deleted`, or `left-scope` where it is visible still but not within these filters. Treat all alike.</summary>
    public string? Reason { get; init; }

    /// <summary>With `upsert`: the article as it is now, not as it was at this change.</summary>
    public ArticleItem? Article { get; init; }
}
