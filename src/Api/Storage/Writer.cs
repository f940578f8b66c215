using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Galley.Content;

namespace Galley.Storage;

/// <summary>What the clock does to what readers see. The first announces what has become due, at most one portion of it, and says whether more is; the second finds when the clock changes it next, settled or not, null where it never does.</summary>
internal sealed record Due(Func<WriteSession, ValueTask<bool>> SettleAsync, Func<Session, ValueTask<long?>> FindNextAsync);

/// <summary>The only thing that writes: one thread that takes what waits, commits it as a group, and answers after the commit.</summary>
internal sealed partial class Writer(Database database, Clock clock, Due due, SearchIndex search, Commits commits, IHostApplicationLifetime lifetime, ILogger<Writer> log) : IHostedService
{
    private const int MaxWaiting = 4_096;
    private const int MaxGroup = 256;

    // What is not urgent is committed in smaller groups: whoever comes meanwhile waits for the commit of what is done.
    private const int MaxPatient = 64;
    private const int MaxMinutesAhead = 5;

    private static readonly TimeSpan TidyAgain = TimeSpan.FromSeconds(1);

    private readonly WriteQueue<Operation> _waiting = new(MaxWaiting);
    private WriterConnection _connection = null!;
    private Counters _counters = null!;
    private Thread? _thread;
    private bool _hasErased;
    private volatile Exception? _lost;

    /// <summary>What ended it: the disk did not keep what it had taken. The server stops then; a start tells what is there.</summary>
    public Exception? Lost => _lost;

    /// <summary>Whether it takes operations: it has started, and is not stopping.</summary>
    public bool IsAccepting => _thread is { IsAlive: true } && !_waiting.IsClosed;

    /// <summary>How many operations wait for their turn.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Runs <paramref name="operation"/> in a group and answers once it is on disk. Operations await nothing but their session.</summary>
    public Task<T> WriteAsync<T>(Func<WriteSession, ValueTask<T>> operation) => WriterMeasures.Follow(() => EnqueueAsync(operation));

    /// <summary>What <paramref name="operation"/> would come to now: it runs like any other, and leaves no trace.</summary>
    public Task<T> RehearseAsync<T>(Func<WriteSession, ValueTask<T>> operation) => WriteAsync(async write => write.Refused(await operation(write)));

    /// <summary>Runs operations in their order when nothing urgent waits, each as if it were alone. Whoever gives many bounds how many wait.</summary>
    public IReadOnlyList<Task<T>> WriteInTime<T>(IEnumerable<Func<WriteSession, ValueTask<T>>> operations)
    {
        var waiting = operations.Select(operation => new Operation<T>(operation) { IsPatient = true }).ToList();
        _waiting.AddPatient(waiting);
        return [.. waiting.Select(operation => operation.Answer)];
    }

    /// <summary>Runs what takes long when nothing urgent waits, in a group of its own: nobody else's answer waits for its commit.</summary>
    public Task<T> WriteAlone<T>(Func<WriteSession, ValueTask<T>> operation)
    {
        var waiting = new Operation<T>(operation) { IsPatient = true, IsAlone = true };
        _waiting.AddPatient([waiting]);
        return waiting.Answer;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _connection = database.Writer;
        _counters = CounterRows.Load(_connection.Statements);
        var session = new WriteSession(_connection, _counters, new Instant(_counters.LastNow));
        commits.Announce(_counters, session.AllTouched(), NextDue(session));
        TakeOverTime(new Instant(_counters.LastNow));
        _thread = new Thread(Run) { Name = "writer", IsBackground = true };
        _thread.Start();
        return Task.CompletedTask;
    }

    /// <summary>Takes no more, answers all it took, and closes the file in good order.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Close();
        // Not until the token says so: what was taken is answered, and nobody may close the file under it.
        return Task.Run(() => _thread?.Join(), CancellationToken.None);
    }

    private Task<T> EnqueueAsync<T>(Func<WriteSession, ValueTask<T>> operation)
    {
        var waiting = new Operation<T>(operation);
        return _waiting.TryAdd(waiting) ? waiting.Answer : throw OutageException.Overloaded();
    }

    private void TakeOverTime(Instant lastWrite)
    {
        var systemTime = clock.Now;
        if (lastWrite > systemTime.Plus(TimeSpan.FromMinutes(MaxMinutesAhead)))
            LogAhead(log, lastWrite, systemTime);

        clock.NotBefore(lastWrite);
    }

    private void Run()
    {
        var isTidy = false;
        for (var group = new List<Operation>(); _waiting.Take(group, MaxGroup, MaxPatient, isTidy ? Timeout.InfiniteTimeSpan : TidyAgain, operation => operation.IsAlone); group.Clear())
        {
            isTidy = true;
            try
            {
                RequireDisk();
                if (group.Count > 0)
                    RunGroup(group);
                isTidy = _connection.Tidy(_hasErased);
                _hasErased = false;
            }
            catch (DbException exception) when (_connection.IsSyncFailure(exception))
            {
                GiveUp(exception);
                group.ForEach(operation => operation.Fail(OutageException.Lost(exception)));
            }
            catch (OutageException exception)
            {
                group.ForEach(operation => operation.Fail(exception));
            }
            catch (Exception exception)
            {
                // Whatever it was, it must not end the thread that every write waits for.
                LogFailure(log, exception);
                group.ForEach(operation => operation.Fail(OutageException.Unavailable(exception)));
            }
        }
    }

    // Nobody knows any more what is on the disk, and no later sync tells: the system forgets that it has not written what it could not write.
    private void GiveUp(DbException failure)
    {
        _lost = failure;
        _waiting.Close();
        // Not on this thread: whoever hears of it may wait for the writer.
        Task.Run(lifetime.StopApplication);
    }

    private void RequireDisk()
    {
        if (_lost is not null)
            throw OutageException.Stopping();
    }

    private void RunGroup(List<Operation> group)
    {
        if (TryCommit(group, out var failure))
            return;

        // One of them broke the transaction, and nobody can say what of the others survived: each again, alone.
        LogRetry(log, group.Count, failure);
        WriterMeasures.Failed();
        for (var i = 0; i < group.Count; i++)
        {
            if (TryCommit([group[i]], out failure))
                continue;

            var outage = _connection.OutageOf(failure);
            group[i].Fail(outage ?? (Exception)failure);
            if (outage is null || i > 0)
                continue;

            // The disk is full or gone: 255 more attempts would tell the same.
            group.ForEach(operation => operation.Fail(outage));
            return;
        }
    }

    private bool TryCommit(List<Operation> group, [NotNullWhen(false)] out DbException? failure)
    {
        var committed = _counters with { };
        try
        {
            var session = Begin();

            // In portions, each its own commit: ten thousand stories due in one second, and the operations wait behind them.
            while (due.SettleAsync(session).Completed())
            {
                Commit(session);
                committed = _counters with { };
                session = Begin();
            }

            RunAll(group, session);
            Commit(session);
            failure = null;
        }
        catch (Exception exception)
        {
            _counters = committed;
            RollBack();

            failure = exception as DbException;
            if (failure is null || _connection.IsSyncFailure(failure))
                throw;

            return false;
        }

        WriterMeasures.Committed(group.Count);
        group.ForEach(operation => operation.Complete());
        return true;
    }

    private void RunAll(List<Operation> group, WriteSession session)
    {
        var patient = 0;
        for (var i = 0; i < group.Count; i++)
        {
            // At least one: the line of those who have time moves on, however many have none.
            if (group[i].IsPatient && patient++ > 0 && _waiting.HasUrgent)
                _waiting.StepAside(group, i, MaxGroup);
            // The group may be full without those who stepped aside.
            if (i == group.Count)
                break;

            RunOperation(group[i], session);
        }
    }

    private void RollBack()
    {
        // After a full disk the engine has ended the transaction itself.
        if (_connection.IsInTransaction)
            _connection.Rollback();
    }

    private WriteSession Begin()
    {
        _connection.Begin();
        return new WriteSession(_connection, _counters, Instant.Max(clock.Now, new Instant(_counters.LastNow)));
    }

    private void Commit(WriteSession session)
    {
        RequireTransaction();
        if (!session.HasChanged)
        {
            _connection.Rollback();
            return;
        }

        _counters.CommitNo++;
        _counters.LastNow = session.Now.Milliseconds;
        CounterRows.Save(_connection.Statements, _counters);
        var nextDue = NextDue(session);
        search.Bring(_connection.Statements, session.Reindexed);
        WriterMeasures.Commit(_connection);
        commits.Announce(_counters, session.AllTouched(), nextDue);
        _hasErased |= session.HasErased;
    }

    private Instant NextDue(WriteSession session) => new(due.FindNextAsync(session).Completed() ?? Instant.Never.Milliseconds);

    private void RunOperation(Operation operation, WriteSession session)
    {
        var before = _counters with { };
        RequireTransaction();
        _connection.Savepoint();
        session.BeginOperation();
        try
        {
            operation.Run(session);
        }
        catch (DbException exception) when (!_connection.IsInTransaction || !_connection.IsConstraintViolation(exception))
        {
            throw;
        }
        catch (Exception exception)
        {
            session.Refused(exception);
            operation.Failure = exception;
        }

        RequireTransaction();
        if (session.IsRefused)
        {
            _connection.RollbackToSavepoint();
            session.UndoOperation();
            // What the undone operation took is given back, so that the change log has no gap.
            (_counters.Seq, _counters.Id) = (before.Seq, before.Id);
        }

        _connection.ReleaseSavepoint();
    }

    // A savepoint outside a transaction silently begins one: whoever does not look acknowledges writes that are gone.
    private void RequireTransaction()
    {
        if (!_connection.IsInTransaction)
            throw new LostTransactionException();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database was last written at {LastWrite}, but the system clock says {SystemTime}. Until it has caught up time stands still: what is embargoed until then is visible already. If the system clock is wrong, set it and start again. If it was wrong then, unpublish what nobody may see yet, or start from a copy made before.")]
    private static partial void LogAhead(ILogger log, Instant lastWrite, Instant systemTime);

    [LoggerMessage(Level = LogLevel.Error, Message = "A writer group failed.")]
    private static partial void LogFailure(ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A group of {Count} writes was rolled back; each is tried again alone.")]
    private static partial void LogRetry(ILogger log, int count, Exception exception);

    /// <summary>The engine ended the transaction behind a statement that seemed to succeed, or whose failure was swallowed.</summary>
    private sealed class LostTransactionException() : DbException("The transaction was ended by the engine.");

    private abstract class Operation
    {
        /// <summary>Whether it steps aside for what is urgent.</summary>
        public bool IsPatient { get; init; }

        /// <summary>Whether it takes so long that nothing urgent may share its group.</summary>
        public bool IsAlone { get; init; }

        /// <summary>What it threw. Answered with the group, like an outcome: until then it may have to run again.</summary>
        public Exception? Failure { get; set; }

        public abstract void Run(WriteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class Operation<T>(Func<WriteSession, ValueTask<T>> operation) : Operation
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _outcome;

        public Task<T> Answer => _answer.Task;

        public override void Run(WriteSession session)
        {
            Failure = null;
            _outcome = operation(session).Completed();
        }

        public override void Complete()
        {
            if (Failure is null)
                _answer.TrySetResult(_outcome!);
            else
                _answer.TrySetException(Failure);
        }

        public override void Fail(Exception exception) => _answer.TrySetException(exception);
    }
}
