using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Galley.Storage.Sqlite;

/// <summary>A connection that keeps its statements prepared by their text. Dapper makes a new command for each call, and preparing costs more than running.</summary>
internal sealed class PreparedConnection(SqliteConnection connection) : DbConnection
{
    // Far more than there are statements in the source.
    private const int MaxKept = 512;

    private readonly Dictionary<string, SqliteCommand> _idle = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VisitedStatement> _visited = new(StringComparer.Ordinal);

    public SqliteConnection Inner { get; } = connection;

    [AllowNull]
    public override string ConnectionString { get => Inner.ConnectionString; set => throw new NotSupportedException(); }

    public override string Database => Inner.Database;

    public override string DataSource => Inner.DataSource;

    public override string ServerVersion => Inner.ServerVersion;

    public override ConnectionState State => Inner.State;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Open() => Inner.Open();

    public override void Close() => Inner.Close();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    /// <summary>Takes the prepared statement of this text out of the store; whoever reads its rows gives it back.</summary>
    public SqliteCommand Take(string sql)
    {
        if (_idle.Remove(sql, out var kept))
            return kept;

        var command = Inner.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public void GiveBack(SqliteCommand command)
    {
        if (_idle.Count >= MaxKept || !_idle.TryAdd(command.CommandText, command))
            command.Dispose();
    }

    /// <summary>Runs a statement whose rows, if any, are read by hand. Answers how many rows it changed.</summary>
    public int Visit(string sql, object? parameters, Func<Row, bool> visit)
    {
        var statement = TakeVisited(sql);
        try
        {
            return statement.Run(parameters, visit);
        }
        finally
        {
            GiveBack(statement);
        }
    }

    /// <summary>Runs a statement whose rows become objects, for as long as <paramref name="visit"/> wants more.</summary>
    public void Visit<T>(string sql, object? parameters, Func<T, bool> visit)
    {
        var statement = TakeVisited(sql);
        try
        {
            var objects = statement.Objects<T>();
            statement.Run(parameters, row => visit(objects.Read(row)));
        }
        finally
        {
            GiveBack(statement);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var statement in _visited.Values)
                statement.Dispose();
            foreach (var command in _idle.Values)
                command.Dispose();
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // One that runs is not run by its own visitor: that gets another.
    private VisitedStatement TakeVisited(string sql)
    {
        if (_visited.TryGetValue(sql, out var kept) && !kept.IsRunning)
            return kept;

        var made = new VisitedStatement(Inner.Handle!, sql);
        made.IsKept = kept is null && _visited.Count < MaxKept && _visited.TryAdd(sql, made);
        return made;
    }

    private static void GiveBack(VisitedStatement statement)
    {
        if (!statement.IsKept)
            statement.Dispose();
    }
}
