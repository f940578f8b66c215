using Galley.Content;
using Galley.Storage;

namespace Galley.Tests.Storage;

/// <summary>The product's database, which counts the statements of readers.</summary>
internal sealed class CountingDatabase(Database inner) : Database
{
    private int _count;

    public override WriterConnection Writer => inner.Writer;

    /// <summary>How many ran since the last call.</summary>
    public int TakeCount() => Interlocked.Exchange(ref _count, 0);

    public override void Open(Instant now) => inner.Open(now);

    public override async ValueTask<ReadSession> ReadAsync(CancellationToken cancel) => Around(await inner.ReadAsync(cancel));

    public override async ValueTask<ReadSession> SnapshotAsync(CancellationToken cancel) => Around(await inner.SnapshotAsync(cancel));

    public override void Dispose() => inner.Dispose();

    private ReadSession Around(ReadSession session) => new(new CountingStatements(this, session), session.Dispose, session.NotBefore(default));

    private sealed class CountingStatements(CountingDatabase database, ReadSession session) : Statements
    {
        public override ValueTask<T?> FindAsync<T>(string sql, object? parameters)
            where T : default
        {
            Interlocked.Increment(ref database._count);
            return session.FindAsync<T>(sql, parameters);
        }

        public override ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters)
        {
            Interlocked.Increment(ref database._count);
            return session.ListAsync<T>(sql, parameters);
        }

        public override ValueTask VisitAsync(string sql, object? parameters, Func<Row, bool> visit)
        {
            Interlocked.Increment(ref database._count);
            return session.VisitAsync(sql, parameters, visit);
        }

        public override ValueTask<int> ExecuteAsync(string sql, object? parameters) => throw new NotSupportedException("Readers do not write.");
    }
}
