namespace Galley.Storage;

/// <summary>What readers and the writer have in common: asking.</summary>
internal abstract class Session(Statements statements)
{
    protected Statements Statements { get; } = statements;

    /// <summary>The first row, or default when there is none.</summary>
    public ValueTask<T?> FindAsync<T>(string sql, object? parameters = null) => Statements.FindAsync<T>(sql, parameters);

    public ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) => Statements.ListAsync<T>(sql, parameters);
}

/// <summary>A reading connection on loan. Give it back before writing to the network.</summary>
internal sealed class ReadSession(Statements statements, Action giveBack) : Session(statements), IDisposable
{
    public void Dispose() => giveBack();
}
