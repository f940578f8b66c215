using System.Collections.Concurrent;
using System.Data.Common;
using Galley.Content;
using Galley.Storage;

namespace Galley.Tests.Storage;

/// <summary>The product's database, which has the engine explain each statement before it runs it.</summary>
internal sealed class ExplainingDatabase(Database inner) : Database
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _plans = new(StringComparer.Ordinal);
    private ExplainingConnection? _writer;

    /// <summary>Each statement that ran, with the steps of its plan.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Plans => _plans;

    public override WriterConnection Writer => _writer ??= new ExplainingConnection(inner.Writer, _plans);

    public override void Open(Instant now) => inner.Open(now);

    public override async ValueTask<ReadSession> ReadAsync(CancellationToken cancel) => Around(await inner.ReadAsync(cancel));

    public override async ValueTask<ReadSession> SnapshotAsync(CancellationToken cancel) => Around(await inner.SnapshotAsync(cancel));

    public override void Dispose() => inner.Dispose();

    private ReadSession Around(ReadSession session) => new(new ExplainingStatements(new SessionStatements(session), _plans), session.Dispose, session.NotBefore(default));

    private sealed class ExplainingStatements(Statements inner, ConcurrentDictionary<string, IReadOnlyList<string>> plans) : Statements
    {
        public override ValueTask<T?> FindAsync<T>(string sql, object? parameters)
            where T : default
        {
            Explain(sql, parameters);
            return inner.FindAsync<T>(sql, parameters);
        }

        public override ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters)
        {
            Explain(sql, parameters);
            return inner.ListAsync<T>(sql, parameters);
        }

        public override ValueTask VisitAsync(string sql, object? parameters, Func<Row, bool> visit)
        {
            Explain(sql, parameters);
            return inner.VisitAsync(sql, parameters, visit);
        }

        public override ValueTask<int> ExecuteAsync(string sql, object? parameters)
        {
            Explain(sql, parameters);
            return inner.ExecuteAsync(sql, parameters);
        }

        private void Explain(string sql, object? parameters)
        {
            if (!plans.ContainsKey(sql))
                plans.TryAdd(sql, [.. inner.ListAsync<Step>($"explain query plan {sql}", parameters).Completed().Select(step => step.Detail)]);
        }
    }

    private sealed class SessionStatements(ReadSession session) : Statements
    {
        public override ValueTask<T?> FindAsync<T>(string sql, object? parameters)
            where T : default => session.FindAsync<T>(sql, parameters);

        public override ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters) => session.ListAsync<T>(sql, parameters);

        public override ValueTask VisitAsync(string sql, object? parameters, Func<Row, bool> visit) => session.VisitAsync(sql, parameters, visit);

        public override ValueTask<int> ExecuteAsync(string sql, object? parameters) => throw new NotSupportedException("Readers do not write.");
    }

    private sealed class ExplainingConnection(WriterConnection inner, ConcurrentDictionary<string, IReadOnlyList<string>> plans) : WriterConnection
    {
        public override Statements Statements { get; } = new ExplainingStatements(inner.Statements, plans);

        public override bool IsInTransaction => inner.IsInTransaction;

        public override void Begin() => inner.Begin();

        public override void Commit() => inner.Commit();

        public override void Rollback() => inner.Rollback();

        public override void Savepoint() => inner.Savepoint();

        public override void ReleaseSavepoint() => inner.ReleaseSavepoint();

        public override void RollbackToSavepoint() => inner.RollbackToSavepoint();

        public override bool IsConstraintViolation(DbException exception) => inner.IsConstraintViolation(exception);

        public override bool IsSyncFailure(DbException exception) => inner.IsSyncFailure(exception);

        public override OutageException? OutageOf(DbException exception) => inner.OutageOf(exception);

        public override bool Tidy(bool hasErased) => inner.Tidy(hasErased);

        public override void Dispose() => inner.Dispose();
    }

    private sealed class Step
    {
        public string Detail { get; init; } = string.Empty;
    }
}
