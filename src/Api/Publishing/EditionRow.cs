using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>One rendered revision with the window in which readers see it. Its address is no column: sections move, and the path of a section stands with the section.</summary>
internal sealed record EditionRow
{
    public const string Columns = """
        position, article_id, public_id, language_id, revision, from_at, until_at, ends_at, end_kind, published_at, updated_at, changed_at, breaking_until, expires_at, version,
        language, slug, headline, section_id, source_id, translation_group, slots, scopes, etag, document
        """;

    public long Position { get; init; }

    public long ArticleId { get; init; }

    public string PublicId { get; init; } = string.Empty;

    public long LanguageId { get; init; }

    public long Revision { get; init; }

    public long FromAt { get; init; }

    public long UntilAt { get; init; }

    public long EndsAt { get; init; }

    public string EndKind { get; init; } = ArticleState.Expired;

    public long PublishedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long ChangedAt { get; init; }

    public long? BreakingUntil { get; init; }

    public long ExpiresAt { get; init; }

    public long Version { get; init; }

    public string Language { get; init; } = string.Empty;

    public string Slug { get; init; } = string.Empty;

    public string Headline { get; init; } = string.Empty;

    /// <summary>0 where the article stands in none.</summary>
    public long SectionId { get; init; }

    /// <summary>0 where nobody pushed it.</summary>
    public long SourceId { get; init; }

    public long? TranslationGroup { get; init; }

    public long Slots { get; init; }

    public byte[] Scopes { get; init; } = [];

    public byte[] Etag { get; init; } = [];

    public byte[] Document { get; init; } = [];

    public Window Window => new(new Instant(FromAt), new Instant(UntilAt));

    public IReadOnlyList<Scope> ScopeList => ScopeSet.Unpack(Scopes);

    public bool Has(SlotKinds slot) => ((SlotKinds)Slots).HasFlag(slot);
}

/// <summary>Which slots an answer has: what other articles, the clock or the configuration decide and reading fills in.</summary>
[Flags]
internal enum SlotKinds : long
{
    None = 0,
    Translations = 1,
    Related = 2,
    Breaking = 4,

    /// <summary>Its canonical URL, where the configuration says how the website addresses articles.</summary>
    CanonicalUrl = 8,
}

/// <summary>What lists show of an edition.</summary>
internal sealed record CardRow(long Position, long Slots, byte[] Tag, byte[] Card)
{
    /// <summary>What <see cref="Read(Row)"/> reads, of a card under the alias <c>c</c>.</summary>
    public const string Columns = "c.position, c.slots, c.tag, c.card";

    public static CardRow Read(Row row) => new(row.Integer(0), row.Integer(1), row.Bytes(2).ToArray(), row.Bytes(3).ToArray());
}
