using Galley.Content;

namespace Galley.Storage;

/// <summary>How far this server's writes have come, and a bell for whoever waits for something that readers can notice. Moved after each commit, before its answers.</summary>
internal sealed class Commits(Generations generations)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = NewBell();
    private long _no;
    private long _seq;

    /// <summary>The number of the last commit.</summary>
    public long No => Interlocked.Read(ref _no);

    /// <summary>The number of the last change in the log.</summary>
    public long Seq => Interlocked.Read(ref _seq);

    /// <summary>Ends when the change log has gone beyond <paramref name="seq"/>: at once where it has.</summary>
    public Task BeyondAsync(long seq)
    {
        lock (_gate)
            return _seq > seq ? Task.CompletedTask : _next.Task;
    }

    /// <summary>Says what is committed now, what that touched, and when the clock changes something next.</summary>
    public void Announce(Counters counters, Touched touched, Instant nextDue)
    {
        generations.Move(counters.CommitNo, touched, nextDue);
        Interlocked.Exchange(ref _no, counters.CommitNo);
        TaskCompletionSource rung;
        lock (_gate)
        {
            if (_seq == counters.Seq)
                return;

            _seq = counters.Seq;
            (rung, _next) = (_next, NewBell());
        }

        rung.SetResult();
    }

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
