using System.Text.Json;
using Galley.Content.Body;

namespace Galley.Manage.Revisions;

/// <summary>What leads from one revision to another. Both parts are empty where they hold the same.</summary>
internal sealed record RevisionDiff
{
    /// <summary>The revision to start from.</summary>
    public required long From { get; init; }

    /// <summary>The revision it leads to.</summary>
    public required long To { get; init; }

    /// <summary>The members of the article that differ, but for its body.</summary>
    public required IReadOnlyList<FieldChange> Fields { get; init; }

    /// <summary>
    /// What happens to the blocks; those that stay as they are do not show. To carry it out: take away all that are removed or moved, put `to` in the place of each changed block,
    /// and then put in the added and the moved ones at their `toIndex`, the lowest first: a moved one as its `to`, where it has one. They stand in this order: removed by `fromIndex`, then all others by `toIndex`.
    /// </summary>
    public required IReadOnlyList<BlockChange> Blocks { get; init; }
}

/// <summary>A member of an article that differs between two revisions.</summary>
internal sealed record FieldChange
{
    /// <summary>The member's name, such as `headline`.</summary>
    public required string Name { get; init; }

    /// <summary>What it was, in the form of `article` of a revision; absent where there was nothing.</summary>
    public JsonElement? From { get; init; }

    /// <summary>What it is; absent where there is nothing any more.</summary>
    public JsonElement? To { get; init; }
}

/// <summary>What happens to one block between two revisions.</summary>
internal sealed record BlockChange
{
    /// <summary>`added`, `removed`, `changed` where it stands, or `moved`, which may be changed as well. A block is the same where its id is; a text that was sent anew without ids is removed and added where it differs.</summary>
    public required string Op { get; init; }

    /// <summary>The block's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its place among the blocks of the first revision, from 0; absent where it is added.</summary>
    public int? FromIndex { get; init; }

    /// <summary>Its place among the blocks of the second revision, from 0; absent where it is removed.</summary>
    public int? ToIndex { get; init; }

    /// <summary>The block as it was; absent where it is added, or only moved.</summary>
    public Block? From { get; init; }

    /// <summary>The block as it is; absent where it is removed, or only moved.</summary>
    public Block? To { get; init; }
}
