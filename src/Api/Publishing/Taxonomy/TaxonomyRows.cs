using Galley.Content;

namespace Galley.Publishing.Taxonomy;

/// <summary>Who made a section or tag.</summary>
internal static class MadeBy
{
    public const string Hand = "hand";
    public const string Push = "push";
}

/// <summary>A section as stored.</summary>
internal sealed class SectionRow
{
    public const string Columns = "id, parent_id, slug, path, made_by";

    public long Id { get; init; }

    public long ParentId { get; init; }

    public string Slug { get; init; } = string.Empty;

    public string Path { get; init; } = string.Empty;

    public string MadeBy { get; init; } = string.Empty;
}

/// <summary>A tag as stored.</summary>
internal sealed class TagRow
{
    public long Id { get; init; }

    public string Kind { get; init; } = string.Empty;

    public string Slug { get; init; } = string.Empty;

    public TagKey Key => new(Kind, Slug);

    public string MadeBy { get; init; } = string.Empty;
}
