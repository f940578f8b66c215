using Dapper;
using Microsoft.Data.Sqlite;

namespace Galley.Tests.Durability.Traffic;

/// <summary>Reads from a database file what is stored of each article.</summary>
internal static class StoredTakes
{
    public static IReadOnlyDictionary<string, Take> Read(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        var rows = connection.Query<(string Story, string Headline, long Revision, string? Editions)>(
            """
            select s.slug || '/' || a.external_id, cast(r.document as text) ->> '$.headline', a.working_revision,
                (select group_concat(e.headline, '|' order by e.from_at) from edition e where e.article_id = a.id)
            from article a join source s on s.id = a.source_id join revision r on r.article_id = a.id and r.number = a.working_revision
            """);

        return rows.ToDictionary(row => row.Story, row => new Take(row.Headline, row.Revision, row.Editions ?? string.Empty), StringComparer.Ordinal);
    }
}
