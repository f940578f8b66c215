namespace Galley.Delivery.Sections;

/// <summary>A place in the site.</summary>
internal sealed record Section
{
    /// <summary>Its path, plain text.</summary>
    public required string Path { get; init; }

    /// <summary>Its name in the language asked for, else in the site's, else in any.</summary>
    public required string Name { get; init; }

    /// <summary>The name's language, where it is not the one asked for.</summary>
    public string? NameLanguage { get; init; }

    /// <summary>All its names, by language.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>The path of the section above.</summary>
    public string? Parent { get; init; }

    /// <summary>What it is about.</summary>
    public string? Description { get; init; }

    /// <summary>How many visible articles stand here, descendants included.</summary>
    public required long ArticleCount { get; init; }
}

/// <summary>The whole tree of sections.</summary>
internal sealed record SectionTree
{
    /// <summary>The sections at the top, each with those below.</summary>
    public required IReadOnlyList<SectionNode> Data { get; init; }
}

/// <summary>A section in the tree.</summary>
internal sealed record SectionNode
{
    /// <summary>Its path, plain text.</summary>
    public required string Path { get; init; }

    /// <summary>Its name in the language asked for, else in the site's, else in any.</summary>
    public required string Name { get; init; }

    /// <summary>The name's language, where it is not the one asked for.</summary>
    public string? NameLanguage { get; init; }

    /// <summary>The sections below.</summary>
    public required IReadOnlyList<SectionNode> Children { get; init; }
}
