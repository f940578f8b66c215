using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Galley.Storage;

/// <summary>What a write did, as the audit trail tells it: to what, and from which state to which. Of an article the state is its revision, of a section or tag its entity tag.</summary>
internal sealed record Audited(string Kind, string Name, string Outcome)
{
    public const string Created = "created";
    public const string Updated = "updated";
    public const string Deleted = "deleted";
    public const string Revoked = "revoked";

    /// <summary>What it is called since, where that is something else.</summary>
    public string? MovedTo { get; init; }

    public string? Source { get; init; }

    public string? ExternalId { get; init; }

    public long? FromRevision { get; init; }

    public long? ToRevision { get; init; }

    public string? FromEtag { get; init; }

    public string? ToEtag { get; init; }
}

/// <summary>Who wrote, and by which request.</summary>
internal sealed record AuditAuthor(string KeyId, string Operation, string? TraceId);

/// <summary>A row of the audit trail. Each holds a hash of itself and of the one before it, so that none can be changed or taken out unnoticed.</summary>
internal sealed class AuditEntry
{
    public const string Columns = """
        id, at, key_id as KeyId, operation, outcome, kind, name, moved_to as MovedTo, source, external_id as ExternalId,
        from_revision as FromRevision, to_revision as ToRevision, from_etag as FromEtag, to_etag as ToEtag, trace_id as TraceId, hash
        """;

    private const int HashLength = 16;

    public long Id { get; init; }

    public long At { get; init; }

    public string KeyId { get; init; } = string.Empty;

    public string Operation { get; init; } = string.Empty;

    public string Outcome { get; init; } = string.Empty;

    public string Kind { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    public string? MovedTo { get; init; }

    public string? Source { get; init; }

    public string? ExternalId { get; init; }

    public long? FromRevision { get; init; }

    public long? ToRevision { get; init; }

    public string? FromEtag { get; init; }

    public string? ToEtag { get; init; }

    public string? TraceId { get; init; }

    public byte[] Hash { get; set; } = [];

    // None of its texts has a newline in it.
    public byte[] HashBehind(byte[] previous)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Id}\n{At}\n{KeyId}\n{Operation}\n{Outcome}\n{Kind}\n{Name}\n{MovedTo}\n{Source}\n{ExternalId}\n{FromRevision}\n{ToRevision}\n{FromEtag}\n{ToEtag}\n{TraceId}");
        var bytes = new byte[previous.Length + Encoding.UTF8.GetByteCount(text)];
        previous.CopyTo(bytes, 0);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(previous.Length));
        return SHA256.HashData(bytes)[..HashLength];
    }
}
