using Galley.Content.Body;

namespace Galley.Delivery.Tags;

/// <summary>What articles are about.</summary>
internal sealed record Tag
{
    /// <summary>`person`, `organisation`, `place`, `event`, `keyword`, `series`, `genre` or `contributor`.</summary>
    public required string Kind { get; init; }

    /// <summary>Names the tag within its kind.</summary>
    public required string Slug { get; init; }

    /// <summary>Its name in the language asked for, else in the site's, else in any.</summary>
    public required string Name { get; init; }

    /// <summary>The name's language, where it is not the one asked for.</summary>
    public string? NameLanguage { get; init; }

    /// <summary>All its names, by language.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>Who or what it is.</summary>
    public string? Description { get; init; }

    /// <summary>URIs of the same thing elsewhere, such as in Wikidata (schema.org `sameAs`).</summary>
    public IReadOnlyList<string>? SameAs { get; init; }

    /// <summary>A picture of it.</summary>
    public Image? Image { get; init; }
}
