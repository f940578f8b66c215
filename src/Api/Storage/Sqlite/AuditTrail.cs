using Dapper;
using Microsoft.Data.Sqlite;

namespace Galley.Storage.Sqlite;

/// <summary>Reads the audit trail of a file without changing it, beside a running server too.</summary>
internal static class AuditTrail
{
    // Each a reading of its own: the log of a server can be emptied in between.
    private const int Portion = 1_000;

    /// <summary>The rows in the order in which they were written, each with what its key is called: those from an instant on, or the newest so many of them.</summary>
    public static IEnumerable<(AuditEntry Entry, string? Label)> Read(string path, long? since, long? newest)
    {
        using var connection = DatabaseCheck.Open(path);
        DatabaseCheck.RequireNewest(connection, path);
        var labels = connection.Query<(string Id, string? Label)>("select id, label from api_key").ToDictionary(key => key.Id, key => key.Label);
        var after = Math.Max(LastBefore(connection, since), newest is { } count ? LastButNewest(connection, count) : 0);
        while (true)
        {
            var rows = connection.Query<AuditEntry>($"select {AuditEntry.Columns} from audit where id > @after order by id limit @Portion + 0", new { after, Portion }).AsList();
            foreach (var row in rows)
                yield return (row, labels.GetValueOrDefault(row.KeyId));

            if (rows.Count < Portion)
                break;

            after = rows[^1].Id;
        }
    }

    // They stand in the order of their instants: the first of the old ones, from the newest backwards, ends the search.
    private static long LastBefore(SqliteConnection connection, long? since) =>
        since is null ? 0 : connection.ExecuteScalar<long?>("select id from audit where at < @since order by id desc limit 1", new { since }) ?? 0;

    // Without a gap.
    private static long LastButNewest(SqliteConnection connection, long newest) => (connection.ExecuteScalar<long?>("select max(id) from audit") ?? 0) - newest;
}
