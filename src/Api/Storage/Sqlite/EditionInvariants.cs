using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Galley.Storage.Sqlite;

/// <summary>What readers get is what the newsroom published: an edition says what its revision says, and every byte of it is as it was written.</summary>
internal static class EditionInvariants
{
    // What a revision alone decides, under one name in both. Members that come with a later build are in neither of an older file.
    private static readonly string[] Members =
    [
        "language", "kicker", "headline", "standfirst", "byline", "dateline", "canonicalUrl", "leadImage", "urgency", "agency", "rights", "digitalSourceType", "expiresAt",
    ];

    public static IEnumerable<string> FindViolations(SqliteConnection connection, int mostOfEach) =>
        [.. UntaggedIn(connection).Take(mostOfEach), .. DifferencesIn(connection).Take(mostOfEach)];

    // The tag is a hash of the bytes: it tells of each that is another, whatever build wrote it.
    private static IEnumerable<string> UntaggedIn(SqliteConnection connection)
    {
        var root = connection.QueryFirstOrDefault<byte[]>("select value from secret where name = 'root'") ?? [];
        var key = Secrets.For(root, Secrets.EntityTags);
        foreach (var (table, position, tag, bytes) in connection.Query<(string, long, byte[], byte[])>(
            "select 'edition', position, etag, document from edition union all select 'card', position, tag, card from card", buffered: false))
        {
            if (!Secrets.TagOf(key, bytes).AsSpan().SequenceEqual(tag))
                yield return $"editions and cards have the tags of their bytes: {table} {position}";
        }
    }

    private static IEnumerable<string> DifferencesIn(SqliteConnection connection)
    {
        foreach (var edition in connection.Query<Pair>(
            """
            select e.position as Position, e.language as Language, e.headline as Headline, e.section_id as SectionId, e.document as Document, r.document as Revision
            from edition e join revision r on r.article_id = e.article_id and r.number = e.revision
            """,
            buffered: false))
        {
            if (DifferenceOf(edition) is { } member)
                yield return $"an edition says what its revision says: {edition.Position} has another {member}";
        }
    }

    private static string? DifferenceOf(Pair edition)
    {
        try
        {
            var (document, revision) = (JsonElement.Parse(edition.Document), JsonElement.Parse(edition.Revision));
            return Members.FirstOrDefault(member => !AreSame(document.Find(member), revision.Find(member)))
                ?? (AreSame(document.Find("body")?.Find("blocks"), revision.Find("blocks")) ? null : "text")
                ?? (edition.Headline == revision.Find("headline")?.GetString() && edition.Language == revision.Find("language")?.GetString() ? null : "name in lists")
                ?? (edition.SectionId == (revision.Find("section")?.Find("id")?.GetInt64() ?? 0) ? null : "section");
        }
        catch (JsonException)
        {
            return "form";
        }
    }

    private static bool AreSame(JsonElement? one, JsonElement? other) => one is { } a && other is { } b ? JsonElement.DeepEquals(a, b) : one is null && other is null;

    private static JsonElement? Find(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) ? value : null;

    private sealed class Pair
    {
        public long Position { get; init; }

        public string Language { get; init; } = string.Empty;

        public string Headline { get; init; } = string.Empty;

        public long SectionId { get; init; }

        public byte[] Document { get; init; } = [];

        public byte[] Revision { get; init; } = [];
    }
}
