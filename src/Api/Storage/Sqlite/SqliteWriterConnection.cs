using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Galley.Storage.Sqlite;

/// <summary>The connection that writes and checkpoints; there is exactly one.</summary>
internal sealed class SqliteWriterConnection : WriterConnection
{
    private readonly PreparedConnection _connection;
    private readonly long _tidyAbove;
    private readonly string _walPath;

    // Until it has looked: a server that was cut off may have left in the log what it had erased.
    private bool _hasErased = true;

    public SqliteWriterConnection(SqliteConnection connection, long tidyAbove)
    {
        _tidyAbove = tidyAbove;
        _connection = new PreparedConnection(connection);
        _walPath = connection.DataSource + "-wal";
        Statements = new SqliteStatements(_connection);
    }

    public override Statements Statements { get; }

    public override bool IsInTransaction => raw.sqlite3_get_autocommit(_connection.Inner.Handle) == 0;

    public override void Begin() => Run("begin immediate");

    public override void Commit() => Run("commit");

    public override void Rollback() => Run("rollback");

    public override void Savepoint() => Run("savepoint operation");

    public override void ReleaseSavepoint() => Run("release operation");

    public override void RollbackToSavepoint() => Run("rollback to operation");

    public override bool IsConstraintViolation(DbException exception) => exception is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT };

    public override bool IsSyncFailure(DbException exception) => exception is SqliteException { SqliteExtendedErrorCode: raw.SQLITE_IOERR_FSYNC or raw.SQLITE_IOERR_DIR_FSYNC };

    public override OutageException? OutageOf(DbException exception) => (exception as SqliteException)?.SqliteErrorCode switch
    {
        null or raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_MISUSE or raw.SQLITE_RANGE => null,
        raw.SQLITE_FULL => OutageException.Full(exception),
        _ => OutageException.Unavailable(exception),
    };

    /// <summary>Empties the write-ahead log when it has grown large, or holds what was erased; a reader that is still in it only puts that off.</summary>
    public override bool Tidy(bool hasErased)
    {
        _hasErased |= hasErased;
        if (new FileInfo(_walPath) is not { Exists: true, Length: var length } || (length <= _tidyAbove && !_hasErased))
            return true;

        if (Statements.FindAsync<long>("pragma wal_checkpoint(truncate)", null).Completed() == 0)
        {
            _hasErased = false;
            return true;
        }

        Run("pragma wal_checkpoint(passive)");
        return !_hasErased;
    }

    public override void Dispose()
    {
        try
        {
            Run("pragma wal_checkpoint(truncate)");
        }
        catch (SqliteException)
        {
            // The log keeps all of it for the next start; a stop in good order must not fail because the disk does.
        }

        _connection.Dispose();
    }

    private void Run(string sql) => Statements.ExecuteAsync(sql, null).Completed();
}
