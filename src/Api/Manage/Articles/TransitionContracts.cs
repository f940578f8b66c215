using System.ComponentModel.DataAnnotations;
using Galley.Content;
using Galley.Http;

namespace Galley.Manage.Articles;

/// <summary>How an article is to be published.</summary>
internal abstract record PublishTerms
{
    /// <summary>When: of an article that is not live the publication instant, of a live one the instant at which the newest revision takes over. Absent: now.</summary>
    public Instant? At { get; init; }

    /// <summary>A new end; `null` takes the present one away.</summary>
    public Instant? ExpiresAt { get; init; }
}

/// <summary>How an article is to be published. The body may be left out: now, with the end it has.</summary>
internal sealed record PublishInput : PublishTerms, IOptionalBody;

/// <summary>Which article of a source is to be published, and how.</summary>
internal sealed record PublishOwnInput : PublishTerms
{
    /// <summary>The sender's own id.</summary>
    public required string ExternalId { get; init; }
}

/// <summary>How an article is to be taken off publication.</summary>
internal abstract record UnpublishTerms
{
    /// <summary>Why, for the newsroom only, at most 2,000 UTF-16 code units.</summary>
    [MaxLength(2000)]
    public string? Reason { get; init; }

    /// <summary>When; absent: now.</summary>
    public Instant? At { get; init; }
}

/// <summary>How an article is to be taken off publication. The body may be left out: now.</summary>
internal sealed record UnpublishInput : UnpublishTerms, IOptionalBody;

/// <summary>Which article of a source is to be taken off publication, and how.</summary>
internal sealed record UnpublishOwnInput : UnpublishTerms
{
    /// <summary>The sender's own id.</summary>
    public required string ExternalId { get; init; }
}

/// <summary>The limits of what an unpublishing says.</summary>
internal sealed class UnpublishValidator<T> : ContractValidator<T>
    where T : UnpublishTerms;

/// <summary>Whose draft and pending update are to be dropped.</summary>
internal sealed record DiscardOwnInput
{
    /// <summary>The sender's own id.</summary>
    public required string ExternalId { get; init; }
}

/// <summary>Why an article is to be taken away for good.</summary>
internal abstract record TakedownTerms
{
    /// <summary>Why, for the newsroom only, at most 2,000 UTF-16 code units. It is kept: nothing of the article's text belongs here.</summary>
    [MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>Why an article is to be taken away for good.</summary>
internal sealed record TakedownInput : TakedownTerms;

/// <summary>Which article of a source is to be taken away for good, and why.</summary>
internal sealed record TakedownOwnInput : TakedownTerms
{
    /// <summary>The sender's own id.</summary>
    public required string ExternalId { get; init; }
}

/// <summary>The rules of what a takedown says.</summary>
internal sealed class TakedownValidator<T> : ContractValidator<T>
    where T : TakedownTerms
{
    public TakedownValidator() => RuleFor(terms => terms.Reason).NotBlank();
}

/// <summary>What was wrong in an article, and what is right.</summary>
internal sealed record CorrectionInput
{
    public const int MaxPerArticle = 100;

    /// <summary>`correction`: something was wrong. `clarification`: it could be misread. `update`: it is overtaken. `retraction`: it is taken back.</summary>
    [AllowedValues("correction", "clarification", "update", "retraction")]
    public required string Kind { get; init; }

    /// <summary>What was wrong, and what is right: plain text, at most 5,000 UTF-16 code units.</summary>
    [MaxLength(5_000)]
    public required string Text { get; init; }

    /// <summary>When it was corrected; absent: now. It says where the correction stands among others, not when it shows: that is at once.</summary>
    public Instant? At { get; init; }
}

/// <summary>The rules of a correction.</summary>
internal sealed class CorrectionValidator : ContractValidator<CorrectionInput>
{
    public CorrectionValidator() => RuleFor(correction => correction.Text).NotBlank();
}

/// <summary>What a publication is asked to be: at an instant, and with which end; an explicit null takes the end away.</summary>
internal readonly record struct PublishWish(Instant? At, bool HasExpiry, Instant? ExpiresAt)
{
    public static PublishWish Of<T>(Input<T> input)
        where T : PublishTerms => input.Value is not { } terms ? default : new(terms.At, terms.ExpiresAt is not null || input.Nulls.Contains("expiresAt"), terms.ExpiresAt);
}

/// <summary>Which article a transition is for, on which conditions, by whom; and what is wrong with its body, which comes last.</summary>
internal sealed record TransitionRequest(ArticleTarget Target, Preconditions Preconditions, Caller Caller, Problem? Problem = null);
