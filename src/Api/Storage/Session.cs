using Galley.Content;

namespace Galley.Storage;

/// <summary>What readers and the writer have in common: asking.</summary>
internal abstract class Session(Statements statements)
{
    protected Statements Statements { get; } = statements;

    /// <summary>The first row, or default when there is none.</summary>
    public ValueTask<T?> FindAsync<T>(string sql, object? parameters = null) => Statements.FindAsync<T>(sql, parameters);

    public ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) => Statements.ListAsync<T>(sql, parameters);

    /// <summary>The first row as it is read by hand, or null when there is none.</summary>
    public async ValueTask<T?> FindAsync<T>(string sql, object? parameters, Func<Row, T> read)
        where T : class
    {
        T? found = null;
        await Statements.VisitAsync(sql, parameters, row => (found = read(row)) is null);
        return found;
    }

    /// <summary>Shows the rows one after the other, for as long as the visitor wants more. He runs no statement meanwhile.</summary>
    public ValueTask VisitAsync(string sql, object? parameters, Func<Row, bool> visit) => Statements.VisitAsync(sql, parameters, visit);
}

/// <summary>A reading connection on loan. Give it back before writing to the network.</summary>
internal sealed class ReadSession(Statements statements, Action giveBack, Instant settledAt = default) : Session(statements), IDisposable
{
    private Action? _giveBack = giveBack;

    /// <summary>
    /// The instant as of which a snapshot is read: <paramref name="now"/>, or that of its last commit. Whoever looked at the clock before the snapshot was
    /// taken would find neither what an update replaced meanwhile nor the update.
    /// </summary>
    public Instant NotBefore(Instant now) => Instant.Max(now, settledAt);

    /// <summary>A second time does nothing: two readers on one connection would read each other's rows.</summary>
    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
