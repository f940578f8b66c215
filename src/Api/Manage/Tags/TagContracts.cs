using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FluentValidation;
using Galley.Content;
using Galley.Content.Body;
using Galley.Http;
using Galley.Manage.Taxonomy;

namespace Galley.Manage.Tags;

/// <summary>A tag as it is put. What management answers may be sent back as it is.</summary>
internal sealed record ManagedTagInput
{
    /// <summary>Its names by BCP 47 language, at most 50, each at most 200 UTF-16 code units. Without any it is called by its slug.</summary>
    public IReadOnlyDictionary<string, string>? Names { get; init; }

    /// <summary>Who or what it is, at most 2,000.</summary>
    [MaxLength(2_000)]
    public string? Description { get; init; }

    /// <summary>URIs of the same thing elsewhere, such as in Wikidata: http, https or urn, at most 20.</summary>
    [MaxLength(20)]
    public IReadOnlyList<string>? SameAs { get; init; }

    /// <summary>A picture of it.</summary>
    public Image? Image { get; init; }

    /// <summary>The server's: the address decides.</summary>
    [ServerOwned]
    public string? Kind { get; init; }

    /// <summary>The server's: the address decides.</summary>
    [ServerOwned]
    public string? Slug { get; init; }

    /// <summary>The server's.</summary>
    [ServerOwned]
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>The server's.</summary>
    [ServerOwned]
    public string? MadeBy { get; init; }

    /// <summary>The server's.</summary>
    [ServerOwned]
    public bool? Visible { get; init; }

    /// <summary>The server's.</summary>
    [ServerOwned]
    public string? Etag { get; init; }

    /// <summary>Ignored.</summary>
    [ServerOwned]
    public string? Outcome { get; init; }
}

/// <summary>A tag as the newsroom sees it, also one that no reader sees yet.</summary>
internal sealed record ManagedTag : ITaxonomyEntry<ManagedTag>
{
    /// <summary>`person`, `organisation`, `place`, `event`, `keyword`, `series`, `genre` or `contributor`.</summary>
    public required string Kind { get; init; }

    /// <summary>Names the tag within its kind.</summary>
    public required string Slug { get; init; }

    /// <summary>Its names, by language.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>Who or what it is.</summary>
    public string? Description { get; init; }

    /// <summary>URIs of the same thing elsewhere.</summary>
    public IReadOnlyList<string>? SameAs { get; init; }

    /// <summary>A picture of it.</summary>
    public Image? Image { get; init; }

    /// <summary>Tags that were merged into it, as `kind:slug`.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>`hand`, or `push` where an article's push made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Whether readers see it now: made by hand, or on a visible article.</summary>
    public required bool Visible { get; init; }

    /// <summary>Its state, for `If-Match`.</summary>
    public string? Etag { get; init; }

    /// <summary>After a write: `created`, `updated` or `unchanged`.</summary>
    public string? Outcome { get; init; }

    [JsonIgnore]
    public string Address => $"/v1/manage/tags/{Kind}/{Uri.EscapeDataString(Slug)}";

    static string ITaxonomyEntry<ManagedTag>.Kind => "tag";

    string ITaxonomyEntry<ManagedTag>.Name => $"{Kind}:{Slug}";

    public ManagedTag WithOutcome(string outcome) => this with { Outcome = outcome };
}

/// <summary>A tag that is to become part of another.</summary>
internal sealed record TagMergeInput
{
    /// <summary>The tag that goes, as `kind:slug`.</summary>
    public required string From { get; init; }

    /// <summary>The tag that stays, as `kind:slug`.</summary>
    public required string Into { get; init; }
}

/// <summary>The rules of a tag as it is put.</summary>
internal sealed class TagValidator : ContractValidator<ManagedTagInput>
{
    public TagValidator()
    {
        RuleFor(tag => tag.Names).AreNames();
        RuleForEach(tag => tag.SameAs).Must(WebAddress.IsTerm).Code("invalid-url", "Expected an http, https or urn URI.");
        RuleFor(tag => tag.Image).Faults((image, pointer) => ImageRules.Check(image, pointer), "/image");
    }
}

/// <summary>The rules of a merge, as far as it alone decides them.</summary>
internal sealed class TagMergeValidator : ContractValidator<TagMergeInput>
{
    private const string Form = "Expected kind and slug, such as place:syrie.";

    public TagMergeValidator()
    {
        RuleFor(merge => merge.From).Must(text => text is null || TagKey.TryParse(text, out _)).Code("invalid-value", Form);
        RuleFor(merge => merge.Into).Must(text => text is null || TagKey.TryParse(text, out _)).Code("invalid-value", Form);
    }
}
