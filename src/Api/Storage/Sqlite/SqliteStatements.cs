using Dapper;

namespace Galley.Storage.Sqlite;

/// <summary>Dapper over prepared statements, and none for rows that are read by hand. Synchronous inside: the driver has no real async, and a statement takes microseconds.</summary>
internal sealed class SqliteStatements(PreparedConnection connection) : Statements
{
    static SqliteStatements() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public override ValueTask<T?> FindAsync<T>(string sql, object? parameters)
        where T : default => new(connection.QueryFirstOrDefault<T>(sql, parameters));

    public override ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters) => new(connection.Query<T>(sql, parameters).AsList());

    public override ValueTask VisitAsync(string sql, object? parameters, Func<Row, bool> visit)
    {
        connection.Visit(sql, parameters, visit);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<int> ExecuteAsync(string sql, object? parameters) => new(connection.Execute(sql, parameters));
}
