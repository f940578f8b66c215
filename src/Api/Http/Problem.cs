using System.Text.Json.Serialization;

namespace Galley.Http;

/// <summary>What went wrong, as RFC 9457 has it. Programs switch on `code`; `title` and `detail` are for people.</summary>
internal sealed record Problem
{
    /// <summary>A URI reference that names the kind of problem: a page here that says how to fix it.</summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem in a few words, the same each time.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status, repeated.</summary>
    public required int Status { get; init; }

    /// <summary>What went wrong this time.</summary>
    public required string Detail { get; init; }

    /// <summary>The address that was asked, without its query.</summary>
    public string? Instance { get; init; }

    /// <summary>The kind of problem, for programs; the list stands under `/problems`.</summary>
    public required string Code { get; init; }

    /// <summary>Names this answer in the server's log.</summary>
    public string? TraceId { get; init; }

    /// <summary>Everything that is wrong with the request, up to 100 entries.</summary>
    public IReadOnlyList<InputError>? Errors { get; init; }

    /// <summary>True where more than 100 things are wrong.</summary>
    public bool? ErrorsTruncated { get; init; }

    /// <summary>Of `invalid-json`: the line of the fault, from 1.</summary>
    public long? Line { get; init; }

    /// <summary>Of `invalid-json`: the column of the fault in characters, from 1.</summary>
    public long? Column { get; init; }

    /// <summary>Of `revision-mismatch`, `already-exists` and `precondition-required`: the present tag, ready for `If-Match`.</summary>
    public string? Etag { get; init; }

    /// <summary>Of `revision-mismatch` about an article, where `If-Match` names an earlier revision: the members that differ from it now; empty where the content is the same.</summary>
    public IReadOnlyList<string>? Changed { get; init; }

    /// <summary>Of `state-conflict` about an article: its present state.</summary>
    public string? State { get; init; }

    /// <summary>Of `state-conflict` about an article: the transitions that are possible now.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>For headers that go with the answer, such as `Retry-After`; not part of the document.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}
