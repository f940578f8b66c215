using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Changes;

/// <summary>The last change of an article, with what readers see of it now, if anything.</summary>
internal sealed record ChangeRow
{
    private const string Head = $"c.seq, c.public_id, c.at, e.position, e.version, e.slots, case when @isPlaced = 1 then {Address.Path} end as path, c.kind";

    /// <summary>Where all articles are asked for. The document stands last: where it is not read it costs nothing.</summary>
    public const string OfAll = $"{Head}, e.document";

    /// <summary>Where some are: where it stands, and where it stood before its first change behind the place at which the reader had everything.</summary>
    public const string OfSome = $"{Head}, c.article_id, e.scopes, c.scopes_before, (select min(o.seq) from change o where o.article_id = c.article_id and o.seq > @begun) as first_seq";

    public required long Seq { get; init; }

    public required string PublicId { get; init; }

    public required long At { get; init; }

    public required long Position { get; init; }

    /// <summary>No edition that readers see has version 0.</summary>
    public required long Version { get; init; }

    public required long Slots { get; init; }

    /// <summary>Where canonical URLs are made.</summary>
    public required string Path { get; init; }

    /// <summary>Where it is visible no more.</summary>
    public required string Kind { get; init; }

    public ReadOnlyMemory<byte> Document { get; init; }

    public long ArticleId { get; init; }

    public byte[] Scopes { get; init; } = [];

    public byte[] ScopesBefore { get; init; } = [];

    /// <summary>Whether the reader missed no other change of the article.</summary>
    public bool IsOnly { get; init; }

    public bool IsVisible => Version > 0;

    public static ChangeRow ReadOfSome(Row row) => ReadOfAll(row, null) with
    {
        ArticleId = row.Integer(8),
        Scopes = row.Bytes(9).ToArray(),
        ScopesBefore = row.Bytes(10).ToArray(),
        IsOnly = row.Integer(11) == row.Integer(0),
    };

    public static ChangeRow ReadOfAll(Row row, PageBytes? bytes) => new()
    {
        Seq = row.Integer(0),
        PublicId = row.Text(1),
        At = row.Integer(2),
        Position = row.Integer(3),
        Version = row.Integer(4),
        Slots = row.Integer(5),
        Path = row.Text(6),
        Document = bytes?.Copy(row.Bytes(8)) ?? default,
        Kind = row.Integer(4) > 0 ? string.Empty : row.Text(7),
    };
}
