using Galley.Content;

namespace Galley.Publishing.Taxonomy;

/// <summary>The sections and tags of one article under the names it is rendered with.</summary>
internal sealed record Places(IReadOnlyList<SectionPlace> Sections, IReadOnlyList<TagPlace> Tags, IReadOnlyList<TagPlace> Contributors)
{
    /// <summary>The section it stands in; those above it come before.</summary>
    public SectionPlace? Section => Sections.Count == 0 ? null : Sections[^1];

    public IEnumerable<TagPlace> AllTags => Tags.Concat(Contributors);
}

/// <summary>One level of an article's section. Where nobody has named it before this article appears, it is called what the article's sender calls it.</summary>
internal sealed record SectionPlace(long Id, string Path, string Name, string? NameLanguage, bool IsNamed);

/// <summary>One tag of an article. Where nobody has named it before this article appears, it is called what the article's sender calls it.</summary>
internal sealed record TagPlace(long Id, TagKey Key, string Name, string? NameLanguage, bool IsNamed, string Relation);
