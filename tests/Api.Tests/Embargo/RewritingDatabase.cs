using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Galley.Content;
using Galley.Storage;

namespace Galley.Tests.Embargo;

/// <summary>
/// The real database, whose reading statements are written down and one of which can be broken: the condition that hides what is not out yet is taken out
/// of it, as if somebody had forgotten it there.
/// </summary>
internal sealed partial class RewritingDatabase(Database inner) : Database
{
    private readonly ConcurrentDictionary<string, string> _conditional = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _ran = new();

    /// <summary>The statements that ran since the last call and ask what may be seen now.</summary>
    public IReadOnlyList<string> TakeRan()
    {
        var ran = new HashSet<string>(StringComparer.Ordinal);
        while (_ran.TryDequeue(out var sql))
            ran.Add(sql);

        return [.. ran];
    }

    /// <summary>The statement that forgets to ask; null while all is well.</summary>
    public string? Broken { get; set; }

    public override WriterConnection Writer => inner.Writer;

    public override void Open(Instant now) => inner.Open(now);

    public override async ValueTask<ReadSession> ReadAsync(CancellationToken cancel) => Around(await inner.ReadAsync(cancel));

    public override async ValueTask<ReadSession> SnapshotAsync(CancellationToken cancel) => Around(await inner.SnapshotAsync(cancel));

    public override void Dispose() => inner.Dispose();

    private ReadSession Around(ReadSession session) => new(new RewritingStatements(this, session), session.Dispose, session.NotBefore(default));

    private string Rewrite(string sql)
    {
        if (!sql.Contains("from_at <= @now", StringComparison.Ordinal))
            return sql;

        // The parameter stays: a statement must name what it is given.
        var without = _conditional.GetOrAdd(sql, text => Condition().Replace(text, "(@now is not null)"));
        _ran.Enqueue(sql);
        return sql == Broken ? without : sql;
    }

    [GeneratedRegex(@"(\w\.)?from_at <= @now( and (\w\.)?until_at > @now)?")]
    private static partial Regex Condition();

    private sealed class RewritingStatements(RewritingDatabase database, ReadSession session) : Statements
    {
        public override ValueTask<T?> FindAsync<T>(string sql, object? parameters)
            where T : default => session.FindAsync<T>(database.Rewrite(sql), parameters);

        public override ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters) => session.ListAsync<T>(database.Rewrite(sql), parameters);

        public override ValueTask VisitAsync(string sql, object? parameters, Func<Row, bool> visit) => session.VisitAsync(database.Rewrite(sql), parameters, visit);

        public override ValueTask<int> ExecuteAsync(string sql, object? parameters) => throw new NotSupportedException("Readers do not write.");
    }
}
