using Galley.Content;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Galley.Storage.Sqlite;

/// <summary>One connection that reads, and the two kinds of loan it is given out on.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly PreparedConnection _connection;
    private readonly Action<SqliteReader> _giveBack;
    private readonly SqliteStatements _statements;

    public SqliteReader(SqliteConnection connection, Action<SqliteReader> giveBack)
    {
        _connection = new PreparedConnection(connection);
        _giveBack = giveBack;
        _statements = new SqliteStatements(_connection);
    }

    public ReadSession Begin() => new(_statements, () => _giveBack(this));

    public ReadSession BeginSnapshot()
    {
        try
        {
            Run("begin deferred");
            // The first read is what fixes the state.
            var settledAt = 0L;
            _connection.Visit("select value from counter where name = 'last_now'", null, row =>
            {
                settledAt = row.Integer(0);
                return false;
            });
            return new ReadSession(_statements, EndSnapshot, new Instant(settledAt));
        }
        catch (SqliteException)
        {
            EndSnapshot();
            throw;
        }
    }

    public void Dispose() => _connection.Dispose();

    private void EndSnapshot()
    {
        try
        {
            // After a failed read the engine has ended the transaction itself.
            if (raw.sqlite3_get_autocommit(_connection.Inner.Handle) == 0)
                Run("commit");
        }
        finally
        {
            // One that is not given back is missing until the process ends.
            _giveBack(this);
        }
    }

    private void Run(string sql) => _connection.Visit(sql, null, _ => true);
}
