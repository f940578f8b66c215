using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FluentValidation;
using Galley.Content;
using Galley.Http;
using Galley.Manage.Taxonomy;

namespace Galley.Manage.Sections;

/// <summary>A section as it is put. What management answers may be sent back as it is.</summary>
internal sealed record ManagedSectionInput
{
    /// <summary>Its names by BCP 47 language, at most 50, each at most 200 UTF-16 code units. Without any it is called by its slug.</summary>
    public IReadOnlyDictionary<string, string>? Names { get; init; }

    /// <summary>What it is about, at most 2,000.</summary>
    [MaxLength(2_000)]
    public string? Description { get; init; }

    /// <summary>Its place among its siblings in the tree, lowest first; 0 when absent. Those of one place come by path.</summary>
    [Range(0, 1_000_000)]
    public int? Position { get; init; }

    /// <summary>The server's: the address decides.</summary>
    [ServerOwned]
    public string? Path { get; init; }

    /// <summary>The server's.</summary>
    [ServerOwned]
    public string? Parent { get; init; }

    /// <summary>The server's.</summary>
    [ServerOwned]
    public IReadOnlyList<string>? FormerPaths { get; init; }

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

/// <summary>A section as the newsroom sees it, also one that no reader sees yet.</summary>
internal sealed record ManagedSection : ITaxonomyEntry<ManagedSection>
{
    /// <summary>Its path, plain text.</summary>
    public required string Path { get; init; }

    /// <summary>The path of the section above.</summary>
    public string? Parent { get; init; }

    /// <summary>Its names, by language.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>What it is about.</summary>
    public string? Description { get; init; }

    /// <summary>Its place among its siblings in the tree, lowest first.</summary>
    public required int Position { get; init; }

    /// <summary>Paths it had before it was moved.</summary>
    public IReadOnlyList<string>? FormerPaths { get; init; }

    /// <summary>`hand`, or `push` where an article's push made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Whether readers see it now: made by hand, or with a visible article in it or below.</summary>
    public required bool Visible { get; init; }

    /// <summary>Its state, for `If-Match`.</summary>
    public string? Etag { get; init; }

    /// <summary>After a write: `created`, `updated` or `unchanged`.</summary>
    public string? Outcome { get; init; }

    [JsonIgnore]
    public string Address => $"/v1/manage/sections/{RawTarget.EncodePath(Path)}";

    static string ITaxonomyEntry<ManagedSection>.Kind => "section";

    string ITaxonomyEntry<ManagedSection>.Name => Path;

    public ManagedSection WithOutcome(string outcome) => this with { Outcome = outcome };
}

/// <summary>A section on its way to another place.</summary>
internal sealed record SectionMoveInput
{
    /// <summary>The path of the section to be moved, with all below it.</summary>
    public required string From { get; init; }

    /// <summary>The path it has from now on; the section above it must exist.</summary>
    public required string To { get; init; }
}

/// <summary>The rules of a section as it is put.</summary>
internal sealed class SectionValidator : ContractValidator<ManagedSectionInput>
{
    public SectionValidator() => RuleFor(section => section.Names).AreNames();
}

/// <summary>The rules of a move, as far as it alone decides them.</summary>
internal sealed class SectionMoveValidator : ContractValidator<SectionMoveInput>
{
    public SectionMoveValidator()
    {
        RuleFor(move => move.From).Must(path => path is null || SectionPath.TryParse(path, out _)).Code("invalid-value", SectionPath.Form);
        RuleFor(move => move.To).Must(path => path is null || SectionPath.TryParse(path, out _)).Code("invalid-value", SectionPath.Form);
    }
}
