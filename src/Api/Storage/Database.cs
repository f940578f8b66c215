using System.Data.Common;
using Galley.Content;

namespace Galley.Storage;

/// <summary>One database of one engine: many readers, one writer.</summary>
internal abstract class Database : IDisposable
{
    /// <summary>Opens what is configured, or refuses with one clear line. Nothing is served before.</summary>
    public abstract void Open(Instant now);

    /// <summary>The changes of schema that opening it brought, by name.</summary>
    public virtual IReadOnlyList<string> Migrations => [];

    /// <summary>Tells the other processes of this machine where the one that has the database open listens.</summary>
    public virtual void Announce(string address)
    {
    }

    /// <summary>A connection for one statement. Waits until one is free; never for the writer.</summary>
    public abstract ValueTask<ReadSession> ReadAsync(CancellationToken cancel);

    /// <summary>A connection whose statements all see the same state.</summary>
    public abstract ValueTask<ReadSession> SnapshotAsync(CancellationToken cancel);

    /// <summary>The only connection that ever writes.</summary>
    public abstract WriterConnection Writer { get; }

    /// <summary>Copies all that is committed by now into a new file, while others read and write, and looks through the copy. It takes as long as the database is large.</summary>
    public virtual Copied CopyTo(string path, CancellationToken cancel) => throw new NotSupportedException();

    public abstract void Dispose();
}

/// <summary>The writer's connection: transactions by hand, because the engine may end one behind a driver's back.</summary>
internal abstract class WriterConnection : IDisposable
{
    public abstract Statements Statements { get; }

    public abstract void Begin();

    public abstract void Commit();

    public abstract void Rollback();

    public abstract void Savepoint();

    public abstract void ReleaseSavepoint();

    public abstract void RollbackToSavepoint();

    /// <summary>Whether the engine still has a transaction open: after a full disk it has not.</summary>
    public abstract bool IsInTransaction { get; }

    /// <summary>Whether only the statement failed, and the transaction is sound.</summary>
    public abstract bool IsConstraintViolation(DbException exception);

    /// <summary>The outage that a failure of the engine is; null where the statement is at fault, and the next one may do well.</summary>
    public abstract OutageException? OutageOf(DbException exception);

    /// <summary>Whether the disk did not keep what it had taken before.</summary>
    public abstract bool IsSyncFailure(DbException exception);

    /// <summary>Called between groups: the one moment when files may be tidied; and what was erased must not stay in them. False where whoever reads put that off: it is called again soon.</summary>
    public abstract bool Tidy(bool hasErased);

    public abstract void Dispose();
}
