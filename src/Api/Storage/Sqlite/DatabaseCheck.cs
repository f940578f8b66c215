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
        try
        {
            using var connection = Open(path);
            using var snapshot = connection.BeginTransaction(deferred: true);
            RequireNewest(connection, path);

            // What is broken as a file tells nothing as a database.
            var broken = FindBroken(connection).Select(line => $"the file is sound: {line}").ToList();
            return broken.Count > 0 ? broken : [.. Invariants.FindViolations(connection, mostOfEach)];
        }
        catch (SqliteException exception) when (ExitCodeOf(exception) is { } exitCode)
        {
            throw new StartupRefusal(exitCode, $"The database {path} cannot be opened: {exception.Message}");
        }
        catch (SqliteException exception)
        {
            return [$"the file is sound: {exception.Message}"];
        }
    }

    /// <summary>A connection to a file that is there, which changes nothing in it.</summary>
    public static SqliteConnection Open(string path)
    {
        if (!File.Exists(path))
            throw new StartupRefusal(StartupRefusal.CannotOpen, $"{path} does not exist.");

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 1 }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Refuses what is no database of this build's schema.</summary>
    public static void RequireNewest(SqliteConnection connection, string path)
    {
        if (Recognize(connection, path) is [{ } first, ..])
            throw new StartupRefusal(StartupRefusal.BadData, $"The database has schema {first.Number - 1}; this build checks {Migrator.Scripts().Count}. Bring it there with galley migrate.");
    }

    // What keeps it from being read at all says nothing of the file.
    public static int? ExitCodeOf(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_READONLY => StartupRefusal.CannotOpen,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => StartupRefusal.InUse,
        _ => null,
    };

    /// <summary>What of a file cannot be relied on whatever its schema is, in words: its pages and indexes, then its references.</summary>
    public static IReadOnlyList<string> FindDamage(SqliteConnection connection) =>
        FindBroken(connection) is { Count: > 0 } broken ? broken : [.. Invariants.FindLostReferences(connection)];

    /// <summary>The scripts that a database has not had yet. Refuses one that is none of Galley's, or that a later build made.</summary>
    public static IReadOnlyList<Migrator.Script> Recognize(SqliteConnection connection, string path) =>
        connection.ExecuteScalar<long>("pragma application_id") == SqliteDatabase.ApplicationId
            ? Migrator.Missing(connection, Migrator.Scripts())
            : throw new StartupRefusal(StartupRefusal.BadData, $"{path} is not a database of Galley's.");

    private static List<string> FindBroken(SqliteConnection connection) => [.. connection.Query<string>("pragma integrity_check").Where(line => line != "ok")];
}
