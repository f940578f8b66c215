using System.ComponentModel.DataAnnotations;
using Galley.Content;
using Galley.Http;

namespace Galley.Manage.Keys;

/// <summary>A key to be made.</summary>
internal sealed record KeyInput
{
    /// <summary>Whose it is, for people; at most 200 UTF-16 code units.</summary>
    [MaxLength(200)]
    public string? Label { get; init; }

    /// <summary>What it may do; one scope at least.</summary>
    [MinLength(1)]
    [AllowedValues(
        KeyScope.ContentRead, KeyScope.ContentWrite, KeyScope.ContentPublish, KeyScope.TaxonomyWrite, KeyScope.DraftsRead,
        KeyScope.EmbargoRead, KeyScope.PartnersManage, KeyScope.WebhooksManage, KeyScope.KeysManage, KeyScope.Ops)]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Which articles it is for; absent: all. Only for the scopes `content:write`, `content:publish`, `taxonomy:write`, `drafts:read` and `keys:manage`.</summary>
    public KeyLimits? Limits { get; init; }

    /// <summary>From this instant on it works no more; absent: until it is revoked.</summary>
    public Instant? ExpiresAt { get; init; }
}

/// <summary>Which articles a key is for. An article must be within each of these that is there; one that is absent limits nothing.</summary>
internal sealed record KeyLimits
{
    public const int Most = 50;

    /// <summary>Sources by their slugs; one may begin with the key's first push. An article that no source pushed is outside.</summary>
    [MaxLength(Most)]
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Sections by their paths, each with all that is below it. They must exist, and are followed where they move. An article without a section is outside.</summary>
    [MaxLength(Most)]
    public IReadOnlyList<string>? Sections { get; init; }

    /// <summary>BCP 47 language ranges (RFC 4647 basic filtering): `pt` is for `pt-BR` too, `pt-BR` not for `pt`.</summary>
    [MaxLength(Most)]
    public IReadOnlyList<string>? Languages { get; init; }
}

/// <summary>How a key changes its secret. The body may be left out.</summary>
internal sealed record RotateInput : IOptionalBody
{
    /// <summary>From this instant on the previous secret works no more; one that has come ends it at once. Absent: it works until it is ended or the next rotation.</summary>
    public Instant? PreviousExpiresAt { get; init; }
}

/// <summary>A key as management shows it. A secret is shown once, in the answer that made it.</summary>
internal sealed record ApiKey
{
    /// <summary>Names the key.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is, for people.</summary>
    public string? Label { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Which articles it is for; absent: all.</summary>
    public KeyLimits? Limits { get; init; }

    /// <summary>When it was made.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was given its present secret; absent while that is its first.</summary>
    public Instant? RotatedAt { get; init; }

    /// <summary>Whether the secret before the present one works too.</summary>
    public required bool HasPrevious { get; init; }

    /// <summary>When the previous secret ends; absent where it has no end, or there is none.</summary>
    public Instant? PreviousExpiresAt { get; init; }

    /// <summary>From when on it works no more.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>When it was revoked.</summary>
    public Instant? RevokedAt { get; init; }

    /// <summary>The key itself, only in the answer that made this secret.</summary>
    public string? Key { get; init; }

    /// <summary>True where an answer would hold the key itself and does not: on a dry run, and when the answer is given again.</summary>
    public bool? SecretWithheld { get; init; }
}
