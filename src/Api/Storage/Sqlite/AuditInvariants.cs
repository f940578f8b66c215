using Dapper;
using Microsoft.Data.Sqlite;

namespace Galley.Storage.Sqlite;

/// <summary>The audit trail is as it was written: each row has the hash of itself and of the one before. Of the first that is kept only the hash can be known.</summary>
internal static class AuditInvariants
{
    public static IEnumerable<string> FindViolations(SqliteConnection connection, int mostOfEach) => Violations(connection).Take(mostOfEach);

    private static IEnumerable<string> Violations(SqliteConnection connection)
    {
        var previous = null as AuditEntry;
        foreach (var entry in connection.Query<AuditEntry>($"select {AuditEntry.Columns} from audit order by id", buffered: false))
        {
            if (previous is null && entry.Id > 1)
            {
                previous = entry;
                continue;
            }

            if (entry.Id != (previous?.Id ?? 0) + 1)
                yield return $"the audit trail is as it was written: {entry.Id} stands behind {previous?.Id ?? 0}";
            else if (!entry.Hash.AsSpan().SequenceEqual(entry.HashBehind(previous?.Hash ?? [])))
                yield return $"the audit trail is as it was written: {entry.Id} was changed, or what was before it";

            previous = entry;
        }
    }
}
