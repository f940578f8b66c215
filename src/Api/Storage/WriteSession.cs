using System.Data.Common;
using Galley.Content;

namespace Galley.Storage;

/// <summary>One operation's part of a writer group: asking, changing, and the numbers only the writer gives.</summary>
internal sealed class WriteSession(WriterConnection connection, Counters counters, Instant now) : Session(connection.Statements)
{
    private readonly List<long> _reindexed = [];
    private readonly Touched _kept = new();
    private bool _hadChanged;
    private bool _hadErased;
    private int _reindexedBefore;

    /// <summary>The group's one instant; never before that of an earlier group.</summary>
    public Instant Now { get; } = now;

    /// <summary>Whether anything was changed at all: a group that changed nothing needs no commit.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>What the running operation changed of what readers may see.</summary>
    public Touched Touched { get; } = new();

    /// <summary>What all of them did that stays.</summary>
    public Touched AllTouched()
    {
        _kept.TakeOver(Touched);
        return _kept;
    }

    /// <summary>Whether anything must be gone from the files too.</summary>
    public bool HasErased { get; private set; }

    /// <summary>The positions whose editions came, went, or say something else: search is told when all operations are done, for it writes more with each savepoint.</summary>
    public IReadOnlyCollection<long> Reindexed => _reindexed;

    /// <summary>Whether the running operation asked to be undone.</summary>
    public bool IsRefused { get; private set; }

    public ValueTask<int> ExecuteAsync(string sql, object? parameters = null)
    {
        HasChanged = true;
        Touched.Ran(sql);
        return Statements.ExecuteAsync(sql, parameters);
    }

    /// <summary>Runs a part that may fail alone: of what failed nothing stays, and the rest goes on. The failure, or null; that of the disk is everybody's, and thrown.</summary>
    public async ValueTask<Exception?> TryAsync(Func<ValueTask> part)
    {
        var before = counters with { };
        connection.Savepoint();
        try
        {
            await part();
            connection.ReleaseSavepoint();
            return null;
        }
        catch (Exception exception) when (connection.IsInTransaction && (exception is not DbException broken || connection.IsConstraintViolation(broken)))
        {
            connection.RollbackToSavepoint();
            connection.ReleaseSavepoint();
            (counters.Seq, counters.Id) = (before.Seq, before.Id);
            return exception;
        }
    }

    /// <summary>Runs one of several operations that stand or fall together. What is refused is undone alone, so that the next ones are judged without it; whether anything stays is for whoever runs them all to say.</summary>
    public async ValueTask<(T? Outcome, Exception? Failure)> RunPartAsync<T>(Func<WriteSession, ValueTask<T>> part)
    {
        T? outcome = default;
        IsRefused = false;
        var failure = await TryAsync(async () =>
        {
            outcome = await part(this);
            if (IsRefused)
                throw new RefusedException();
        });
        IsRefused = false;
        return (outcome, failure is RefusedException ? null : failure);
    }

    /// <summary>An internal key: never reused, never shown.</summary>
    public long NextId() => ++counters.Id;

    /// <summary>The next number of the public change log, without a gap.</summary>
    public long NextSeq() => ++counters.Seq;

    /// <summary>Has both go on behind numbers that were given out.</summary>
    public void GoOnBehind(long id, long seq) => (counters.Id, counters.Seq) = (Math.Max(counters.Id, id), Math.Max(counters.Seq, seq));

    /// <summary>Leaves out so many numbers of the change log, and answers the last of them.</summary>
    public long Leap(long numbers) => counters.Seq += numbers;

    /// <summary>Has search look again at what stands at a position when the group is done.</summary>
    public void Reindex(long position) => _reindexed.Add(position);

    /// <summary>Says that what the running operation takes away must be gone from the files too, not only from the tables.</summary>
    public void Erase() => HasErased = true;

    /// <summary>The outcome of an operation that must leave no trace: all it did is undone, and the others of its group go on.</summary>
    public T Refused<T>(T outcome)
    {
        IsRefused = true;
        return outcome;
    }

    public void BeginOperation()
    {
        IsRefused = false;
        AllTouched();
        _hadChanged = HasChanged;
        _hadErased = HasErased;
        _reindexedBefore = _reindexed.Count;
    }

    public void UndoOperation()
    {
        Touched.Forget();
        HasChanged = _hadChanged;
        HasErased = _hadErased;
        _reindexed.RemoveRange(_reindexedBefore, _reindexed.Count - _reindexedBefore);
    }

    private sealed class RefusedException : Exception;
}

/// <summary>Numbers that only ever grow. They are rows of their own: a maximum over rows starts again when the rows are gone.</summary>
internal sealed record Counters
{
    public long CommitNo { get; set; }

    public long Seq { get; set; }

    public long Id { get; set; }

    /// <summary>The instant of the last commit.</summary>
    public long LastNow { get; set; }
}
