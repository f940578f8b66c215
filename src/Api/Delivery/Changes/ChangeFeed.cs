using Galley.Content;
using Galley.Http;
using Galley.Storage;

namespace Galley.Delivery.Changes;

/// <summary>Changes, and waiting for them.</summary>
internal sealed class ChangeFeed(ChangeReader changes, Commits commits, Clock clock, TimeProvider time, IHostApplicationLifetime server)
{
    /// <summary>More than these look again each second, as if there were no bell.</summary>
    public const int MaxWaiting = 2_000;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // So long a page may be shared: no longer than it takes those who were woken together to ask for it.
    private static readonly TimeSpan Shared = TimeSpan.FromMilliseconds(50);

    private const int MaxShared = 256;
    private const int MostShared = 16;

    private readonly Lock _gate = new();
    private SharedPages _shared = new(0, default, []);
    private int _waiting;

    /// <summary>What follows a place now. Those who wait at one place with one question are all woken at once, and share what one of them reads.</summary>
    public async ValueTask<ChangesFound> ReadNowAsync(ChangeQuery query, string? since, ContentLimits limits, CancellationToken cancel)
    {
        var (asked, now) = (new Asked(query.Filter.Identity, query.View.Identity, query.Limit, limits.Identity, since), clock.Now);
        if (since is null)
            return await changes.ReadAsync(query, since, limits, now, cancel);

        var isFirst = false;
        SharedPage reading;
        lock (_gate)
        {
            // Older than the last commit, or than an instant, is not now any more.
            if (_shared.Commit != commits.No || now > _shared.From.Plus(Shared))
                _shared = new SharedPages(commits.No, now, []);
            if (_shared.Pages.Count >= MaxShared)
                _shared.Pages.Clear();
            if (!_shared.Pages.TryGetValue(asked, out reading!) || reading.Found.IsFaulted)
                (isFirst, _shared.Pages[asked]) = (true, reading = new SharedPage());
            else
                reading.HasSeveral = true;
        }

        // Not behind the lock: it takes as long as it takes. Whoever asked first may leave, and the server may be stopping: the others want an answer all the same.
        if (isFirst)
            await reading.ReadAsync(() => changes.ReadAsync(query, since, limits, now, CancellationToken.None));

        var found = await reading.Found.WaitAsync(cancel);
        return found is ChangesFound.Page(var page) && !IsAlone(asked, reading, page) ? new ChangesFound.Page(page with { Lent = null }) : found;
    }

    // Those who wait are told a little; whoever catches up is alone with it, and it is large.
    private bool IsAlone(Asked asked, SharedPage reading, ToldPage page)
    {
        lock (_gate)
        {
            if (page.Changes.Count > MostShared && _shared.Pages.GetValueOrDefault(asked) == reading)
                _shared.Pages.Remove(asked);
            return page.Changes.Count > MostShared && !reading.HasSeveral;
        }
    }

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

    private sealed record Asked(string Filter, string View, int Limit, string Limits, string? Since);

    private sealed record SharedPages(long Commit, Instant From, Dictionary<Asked, SharedPage> Pages);

    private sealed class SharedPage
    {
        private readonly TaskCompletionSource<ChangesFound> _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<ChangesFound> Found => _reading.Task;

        public async ValueTask ReadAsync(Func<ValueTask<ChangesFound>> read)
        {
            try
            {
                _reading.SetResult(await read());
            }
            catch (Exception exception)
            {
                _reading.SetException(exception);
            }
        }

        /// <summary>Whether others than the first have it, who may still be sending it when he has.</summary>
        public bool HasSeveral { get; set; }
    }
}
