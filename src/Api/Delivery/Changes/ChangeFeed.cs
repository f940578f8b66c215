using Galley.Http;
using Galley.Storage;

namespace Galley.Delivery.Changes;

/// <summary>Changes, and waiting for them.</summary>
internal sealed class ChangeFeed(ChangeReader changes, Commits commits, Clock clock, TimeProvider time, IHostApplicationLifetime server)
{
    // More than these look again each second, as if there were no bell.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private const int MaxWaiting = 2_000;

    private int _waiting;

    public ValueTask<ChangesFound> ReadNowAsync(ChangeQuery query, string? since, ContentLimits limits, CancellationToken cancel) => changes.ReadAsync(query, since, limits, clock.Now, cancel);

    /// <summary>What follows a place; where nothing does, what comes while the query waits.</summary>
    public async ValueTask<ChangesFound> ReadAsync(ChangeQuery query, string? since, ContentLimits limits, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var found = await ReadNowAsync(query, since, limits, cancel);
            var left = query.Wait - time.GetElapsedTime(began);
            if (found is not ChangesFound.Page({ Changes.Count: 0, IsUpToDate: true } page) || left <= TimeSpan.Zero || !await WaitAsync(page.Seq, left, cancel))
                return found;

            since = page.Next;
        }
    }

    /// <summary>Waits until something is committed beyond a number. Says whether to look again; false where the time is over, or the server stops.</summary>
    public async ValueTask<bool> WaitAsync(long seq, TimeSpan longest, CancellationToken cancel)
    {
        try
        {
            var isCrowded = Interlocked.Increment(ref _waiting) > MaxWaiting;
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel, server.ApplicationStopping);
            if (isCrowded)
                await Task.Delay(longest < Look ? longest : Look, time, ended.Token);
            else
                await commits.BeyondAsync(seq).WaitAsync(longest, time, ended.Token);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException || (exception is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Whether the server is about to stop, and streams must end.</summary>
    public bool IsEnding => server.ApplicationStopping.IsCancellationRequested;
}
