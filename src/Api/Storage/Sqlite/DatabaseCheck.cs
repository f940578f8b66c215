using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Galley.Storage.Sqlite;

/// <summary>Looks at a file without changing it, beside a running server too, as of one snapshot.</summary>
internal static class DatabaseCheck
{
    static DatabaseCheck() => Batteries_V2.Init();

    /// <summary>Everything that is wrong with a file, in words: at most so many findings of each rule. Refuses what is no database of this build at all.</summary>
    public static IReadOnlyList<string> FindViolations(string path, int mostOfEach)
    {
        if (!File.Exists(path))
            throw new StartupRefusal(StartupRefusal.CannotOpen, $"{path} does not exist.");

        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            using var snapshot = connection.BeginTransaction(deferred: true);
            Recognize(connection, path);

            // What is broken as a file tells nothing as a database.
            var broken = connection.Query<string>("pragma integrity_check").Where(line => line != "ok").Select(line => $"the file is sound: {line}").ToList();
            return broken.Count > 0 ? broken : [.. Invariants.FindViolations(connection, mostOfEach)];
        }
        catch (SqliteException exception)
        {
            return [$"the file is sound: {exception.Message}"];
        }
    }

    private static void Recognize(SqliteConnection connection, string path)
    {
        if (connection.ExecuteScalar<long>("pragma application_id") != SqliteDatabase.ApplicationId)
            throw new StartupRefusal(StartupRefusal.BadData, $"{path} is not a database of Galley's.");

        var (schema, known) = (connection.ExecuteScalar<long>("select max(number) from migration"), Migrator.Scripts().Count);
        if (schema > known)
            throw new StartupRefusal(StartupRefusal.BadData, $"The database has schema {schema}; this build knows up to {known}. Check it with a newer build.");
        if (schema < known)
            throw new StartupRefusal(StartupRefusal.BadData, $"The database has schema {schema}; this build checks {known}. Bring it there with galley migrate.");
    }
}
