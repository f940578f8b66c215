using Dapper;

namespace Galley.Storage.Sqlite;

/// <summary>
/// Straight from the engine, by prepared statements; Dapper, over prepared statements too, where a list of values becomes part of the statement, or a row an object of its own making.
/// Synchronous inside: the driver has no real async, and a statement takes microseconds.
/// </summary>
internal sealed class SqliteStatements(PreparedConnection connection) : Statements
{
    static SqliteStatements() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public override ValueTask<T?> FindAsync<T>(string sql, object? parameters)
        where T : default
    {
        T? found = default;
        return TryVisit<T>(sql, parameters, row =>
        {
            found = row;
            return false;
        })
            ? new(found)
            : new(connection.QueryFirstOrDefault<T>(sql, parameters));
    }

    public override ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters)
    {
        var found = new List<T>();
        return TryVisit<T>(sql, parameters, row =>
        {
            found.Add(row);
            return true;
        })
            ? new(found)
            : new(connection.Query<T>(sql, parameters).AsList());
    }

    public override ValueTask VisitAsync(string sql, object? parameters, Func<Row, bool> visit)
    {
        connection.Visit(sql, parameters, visit);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<int> ExecuteAsync(string sql, object? parameters) =>
        new(VisitedStatement.Binds(sql, parameters) ? connection.Visit(sql, parameters, _ => true) : connection.Execute(sql, parameters));

    private bool TryVisit<T>(string sql, object? parameters, Func<T, bool> visit)
    {
        if (!VisitedStatement.Binds(sql, parameters))
            return false;

        if (SqliteValue<T>.Read is { } read)
            connection.Visit(sql, parameters, row => visit(read(row)));
        else if (SqliteObject<T>.IsMade)
            connection.Visit(sql, parameters, visit);
        else
            return false;

        return true;
    }
}
