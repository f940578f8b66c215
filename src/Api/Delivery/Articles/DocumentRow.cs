using Galley.Content;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>A visible edition as it is stored.</summary>
internal sealed class DocumentRow : Stand
{
    /// <summary>What <see cref="Read(Row)"/> reads, of an edition under the alias <c>e</c>. The document stands last: where it is not read it costs nothing.</summary>
    public const string Columns =
        $"e.position, e.public_id, e.etag, e.slots, e.language, e.section_id, e.language_id, e.source_id, {Address.Path} as path, e.changed_at, e.expires_at, e.version, e.document";

    public required long Position { get; init; }

    public required string PublicId { get; init; }

    public required byte[] Etag { get; init; }

    public required long Slots { get; init; }

    public required string Language { get; init; }

    public required string Path { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Instant ExpiresAt { get; init; }

    public required long Version { get; init; }

    public required ReadOnlyMemory<byte> Document { get; init; }

    public static DocumentRow Read(Row row) => Read(row, into: null);

    /// <summary>The same with the document among the bytes of a page.</summary>
    public static DocumentRow Read(Row row, PageBytes? into) => new()
    {
        Position = row.Integer(0),
        PublicId = row.Text(1),
        Etag = row.Bytes(2).ToArray(),
        Slots = row.Integer(3),
        Language = row.Text(4),
        SectionId = row.Integer(5),
        LanguageId = row.Integer(6),
        SourceId = row.Integer(7),
        Path = row.Text(8),
        ChangedAt = new Instant(row.Integer(9)),
        ExpiresAt = new Instant(row.Integer(10)),
        Version = row.Integer(11),
        Document = into?.Copy(row.Bytes(12)) ?? row.Bytes(12).ToArray(),
    };

    public ArticleAtHand ToArticle() => new([Document], Etag, Language, ChangedAt, ExpiresAt) { Id = PublicId, Document = Document, Slots = Slots, Path = Path };
}
