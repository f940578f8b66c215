using System.ComponentModel.DataAnnotations;
using Galley.Content;
using Galley.Http;

namespace Galley.Manage.Revisions;

/// <summary>A preview to be made. The body may be left out: an hour, of the newest revision.</summary>
internal sealed record PreviewLinkInput : IOptionalBody
{
    public const int DefaultTtl = 3600;

    /// <summary>For how many seconds it works: 60 to 2,592,000, which is 30 days. Absent: 3,600, an hour.</summary>
    [Range(60, 2_592_000)]
    public int? Ttl { get; init; }

    /// <summary>Which revision it shows, for all its time; absent: the one that is the newest now.</summary>
    public int? Revision { get; init; }
}

/// <summary>A link to one revision for whoever holds it. Its address is told only in the answer that made it.</summary>
internal sealed record PreviewLink
{
    /// <summary>Names the link, to revoke it.</summary>
    public required string Id { get; init; }

    /// <summary>Where the revision can be read without a key. Keep it to those who may see it.</summary>
    public string? Url { get; init; }

    /// <summary>True where an answer would hold `url` and does not: on a dry run, and when the answer is given again.</summary>
    public bool? SecretWithheld { get; init; }

    /// <summary>The revision it shows.</summary>
    public required long Revision { get; init; }

    /// <summary>From this instant on it is 404.</summary>
    public required Instant ExpiresAt { get; init; }
}
