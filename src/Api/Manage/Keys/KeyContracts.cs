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
}

/// <summary>A key as management shows it. The secret is shown once, in the answer that made it.</summary>
internal sealed record ApiKey
{
    /// <summary>Names the key.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is, for people.</summary>
    public string? Label { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was revoked; absent while it works.</summary>
    public Instant? RevokedAt { get; init; }

    /// <summary>The key itself, only in the answer that made it.</summary>
    public string? Key { get; init; }
}

/// <summary>The rules of a key to be made: the contract's own.</summary>
internal sealed class KeyValidator : ContractValidator<KeyInput>;
