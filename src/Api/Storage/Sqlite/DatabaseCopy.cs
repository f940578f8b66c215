using System.Diagnostics;
using Dapper;
using Galley.Content;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Galley.Storage.Sqlite;

/// <summary>How a copy is written: as fast as it can be, or so that others can write meanwhile.</summary>
internal enum CopyPace
{
    Alone,
    BesideWriters,
}

/// <summary>
/// Copies a database as of one instant into a new file that needs none beside it, page by page, whoever writes meanwhile: over a connection that only reads,
/// so that it holds no write lock and empties no log, and with the memory of two page caches.
/// </summary>
internal static class DatabaseCopy
{
    // 4 MiB: a moment, after which it hears that it is to stop, and leaves the disk for as long to others.
    private const int PagesAtOnce = 1_024;

    static DatabaseCopy() => Batteries_V2.Init();

    /// <summary>Writes the copy, which does not exist yet. Refuses what is no database of this build or of an earlier one.</summary>
    public static void Write(string from, string to, string? fileSystem, CopyPace pace, CancellationToken cancel)
    {
        using (var source = OpenSource(from, fileSystem))
        {
            using var copy = Connect(to, SqliteOpenMode.ReadWriteCreate);
            // Nobody reads it before it is whole, and then it is brought to the disk once.
            copy.Execute("pragma journal_mode = off; pragma synchronous = off");
            CopyPages(source, copy, pace, cancel);
        }

        // In write-ahead mode, as it came, it would be a database only together with the files that whoever opens it makes beside it.
        using var made = Connect(to, SqliteOpenMode.ReadWrite);
        made.Execute("pragma synchronous = off; pragma journal_mode = delete");
    }

    /// <summary>Opens a copy and reads all of it: its pages, its references, its schema. Refuses what is damaged, in the name of what it is a copy of.</summary>
    public static Copied Verify(string copy, string original, CancellationToken cancel)
    {
        try
        {
            using var connection = Connect(copy, SqliteOpenMode.ReadOnly);
            using var stop = cancel.Register(() => raw.sqlite3_interrupt(connection.Handle!));
            DatabaseCheck.Recognize(connection, original);
            if (DatabaseCheck.FindDamage(connection) is [{ } damage, ..])
                throw Damaged(original, damage);

            var articles = connection.ExecuteScalar<long>("select count(*) from article");
            var lastWrite = new Instant(connection.ExecuteScalar<long>("select value from counter where name = 'last_now'"));
            return new Copied(articles, lastWrite, new FileInfo(copy).Length);
        }
        catch (SqliteException exception)
        {
            cancel.ThrowIfCancellationRequested();
            throw Damaged(original, exception.Message);
        }
    }

    // What it reads stays as it was at the first reading, until it is closed.
    private static SqliteConnection OpenSource(string path, string? fileSystem)
    {
        SqliteConnection? source = null;
        try
        {
            source = Connect(path, SqliteOpenMode.ReadOnly, fileSystem);
            source.Execute("begin deferred");
            DatabaseCheck.Recognize(source, path);
            return source;
        }
        catch (Exception exception)
        {
            source?.Dispose();
            throw exception is SqliteException unusable
                ? new StartupRefusal(DatabaseCheck.ExitCodeOf(unusable) ?? StartupRefusal.BadData, $"The database {path} cannot be opened: {exception.Message}")
                : exception;
        }
    }

    private static void CopyPages(SqliteConnection source, SqliteConnection copy, CopyPace pace, CancellationToken cancel)
    {
        using var backup = raw.sqlite3_backup_init(copy.Handle!, "main", source.Handle!, "main");
        var code = backup.IsInvalid ? raw.sqlite3_errcode(copy.Handle!) : raw.SQLITE_OK;
        while (code == raw.SQLITE_OK)
        {
            cancel.ThrowIfCancellationRequested();
            var watch = Stopwatch.StartNew();
            code = raw.sqlite3_backup_step(backup, PagesAtOnce);
            if (pace == CopyPace.BesideWriters && code == raw.SQLITE_OK)
                cancel.WaitHandle.WaitOne(watch.Elapsed);
        }

        if (code != raw.SQLITE_DONE)
            throw new SqliteException(raw.sqlite3_errstr(code).utf8_to_string(), code);
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode, string? fileSystem = null)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 1, Vfs = fileSystem }.ToString());
        connection.Open();
        return connection;
    }

    private static StartupRefusal Damaged(string path, string how) => new(StartupRefusal.BadData, $"{path} is damaged: {how}");
}
