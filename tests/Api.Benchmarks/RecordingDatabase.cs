using System.Data.Common;
using System.Text.RegularExpressions;
using Galley.Content;
using Galley.Storage;

namespace Galley.Benchmarks;

/// <summary>A statement as the writer ran it.</summary>
internal sealed record Statement(string Sql, IReadOnlyList<(string Name, object Value)> Parameters);

/// <summary>The product's database, with a record of what its writer runs, transaction by transaction.</summary>
internal sealed partial class RecordingDatabase(Database inner) : Database
{
    private RecordingConnection? _writer;

    public IReadOnlyList<IReadOnlyList<Statement>> Transactions => _writer!.Transactions;

    public override WriterConnection Writer => _writer ??= new RecordingConnection(inner.Writer);

    public override void Open(Instant now) => inner.Open(now);

    public override ValueTask<ReadSession> ReadAsync(CancellationToken cancel) => inner.ReadAsync(cancel);

    public override ValueTask<ReadSession> SnapshotAsync(CancellationToken cancel) => inner.SnapshotAsync(cancel);

    public override void Dispose() => inner.Dispose();

    public void Start() => _writer!.IsRecording = true;

    private sealed class RecordingConnection(WriterConnection inner) : WriterConnection
    {
        private List<Statement> _current = [];

        public bool IsRecording { get; set; }

        public List<IReadOnlyList<Statement>> Transactions { get; } = [];

        public override Statements Statements => new Recorder(inner.Statements, statement =>
        {
            if (IsRecording)
                _current.Add(statement);
        });

        public override bool IsInTransaction => inner.IsInTransaction;

        public override void Begin() => inner.Begin();

        public override void Commit()
        {
            inner.Commit();
            if (_current.Count > 0)
                Transactions.Add(_current);
            _current = [];
        }

        public override void Rollback()
        {
            inner.Rollback();
            _current = [];
        }

        public override void Savepoint() => inner.Savepoint();

        public override void ReleaseSavepoint() => inner.ReleaseSavepoint();

        public override void RollbackToSavepoint() => inner.RollbackToSavepoint();

        public override bool IsConstraintViolation(DbException exception) => inner.IsConstraintViolation(exception);

        public override bool IsSyncFailure(DbException exception) => inner.IsSyncFailure(exception);

        public override OutageException? OutageOf(DbException exception) => inner.OutageOf(exception);

        public override bool Tidy(bool hasErased) => inner.Tidy(hasErased);

        public override void Dispose() => inner.Dispose();
    }

    private sealed partial class Recorder(Statements inner, Action<Statement> record) : Statements
    {
        public override ValueTask<T?> FindAsync<T>(string sql, object? parameters)
            where T : default
        {
            record(Read(sql, parameters));
            return inner.FindAsync<T>(sql, parameters);
        }

        public override ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters)
        {
            record(Read(sql, parameters));
            return inner.ListAsync<T>(sql, parameters);
        }

        public override ValueTask VisitAsync(string sql, object? parameters, Func<Row, bool> visit)
        {
            record(Read(sql, parameters));
            return inner.VisitAsync(sql, parameters, visit);
        }

        public override ValueTask<int> ExecuteAsync(string sql, object? parameters)
        {
            record(Read(sql, parameters));
            return inner.ExecuteAsync(sql, parameters);
        }

        private static Statement Read(string sql, object? parameters) => new(
            sql,
            [.. Names().Matches(sql).Select(match => match.Value).Distinct().Select(name => (name, ValueOf(parameters!, name[1..])))]);

        private static object ValueOf(object parameters, string name) =>
            parameters.GetType().GetProperties().First(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).GetValue(parameters) ?? DBNull.Value;

        [GeneratedRegex("@[A-Za-z]+")]
        private static partial Regex Names();
    }
}
