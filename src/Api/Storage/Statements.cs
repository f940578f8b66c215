namespace Galley.Storage;

/// <summary>Runs SQL on one connection of one engine. SQLite answers at once, on the caller's thread; another engine may not.</summary>
internal abstract class Statements
{
    /// <summary>The first row, or default when there is none.</summary>
    public abstract ValueTask<T?> FindAsync<T>(string sql, object? parameters);

    public abstract ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters);

    /// <summary>Shows the rows one after the other, for as long as the visitor wants more.</summary>
    public abstract ValueTask VisitAsync(string sql, object? parameters, Func<Row, bool> visit);

    /// <summary>How many rows it changed.</summary>
    public abstract ValueTask<int> ExecuteAsync(string sql, object? parameters);
}
