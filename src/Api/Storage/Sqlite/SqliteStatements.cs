using Dapper;

namespace Galley.Storage.Sqlite;

/// <summary>
/// Single values, and whatever answers no rows, straight from the engine; Dapper for rows that become objects, over prepared statements too.
/// Synchronous inside: the driver has no real async, and a statement takes microseconds.
/// </summary>
internal sealed class SqliteStatements(PreparedConnection connection) : Statements
{
    static SqliteStatements() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public override ValueTask<T?> FindAsync<T>(string sql, object? parameters)
        where T : default
    {
        if (SqliteValue<T>.Read is not { } read || !VisitedStatement.Binds(parameters))
            return new(connection.QueryFirstOrDefault<T>(sql, parameters));

        T? found = default;
        connection.Visit(sql, parameters, row =>
        {
            found = read(row);
            return false;
        });
        return new(found);
    }

    public override ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters)
    {
        if (SqliteValue<T>.Read is not { } read || !VisitedStatement.Binds(parameters))
            return new(connection.Query<T>(sql, parameters).AsList());

        var found = new List<T>();
        connection.Visit(sql, parameters, row =>
        {
            found.Add(read(row));
            return true;
        });
        return new(found);
    }

    public override ValueTask VisitAsync(string sql, object? parameters, Func<Row, bool> visit)
    {
        connection.Visit(sql, parameters, visit);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<int> ExecuteAsync(string sql, object? parameters) =>
        new(VisitedStatement.Binds(parameters) ? connection.Visit(sql, parameters, _ => true) : connection.Execute(sql, parameters));
}
