using Galley.Content.Search;
using Galley.Storage;

namespace Galley.Publishing.Searching;

/// <summary>
/// Keeps the index as it must be beside what each write does: made by the analyzer of this build, and without a word of what was taken down. Both are done in
/// portions, each its own operation, and go on after a stop.
/// </summary>
internal sealed class SearchKeeper(SearchIndex index) : IDisposable
{
    private const int Portion = 64;
    private const long Swept = 0;
    private const long ToBegin = 1;
    private const long UnderWay = 2;

    private readonly SemaphoreSlim _waiting = new(0);

    /// <summary>Has the index swept: what leaves it in this transaction must not be found in the file either.</summary>
    public async ValueTask SweepAsync(WriteSession write)
    {
        await write.PutSearchStateAsync(SearchState.Unswept, ToBegin);
        _waiting.Release();
    }

    /// <summary>Whether there is anything to do.</summary>
    public static async ValueTask<bool> HasWorkAsync(Session session) =>
        await session.FindSearchStateAsync(SearchState.Analyzer) != Analyzer.Version || await session.FindSearchStateAsync(SearchState.Unswept) != Swept;

    /// <summary>Does one portion. Says whether more waits.</summary>
    public async ValueTask<bool> ContinueAsync(WriteSession write)
    {
        if (await write.FindSearchStateAsync(SearchState.Analyzer) != Analyzer.Version)
            await RebuildAsync(write);
        else if (await write.FindSearchStateAsync(SearchState.Unswept) is not Swept and var state)
            await SweepAsync(write, state);

        return await HasWorkAsync(write);
    }

    /// <summary>
    /// Merges a portion of what writes have left behind: each leaves a piece of the index of its own, and a search looks into all of them. Says whether there
    /// was any.
    /// </summary>
    public async ValueTask<bool> MergeAsync(WriteSession write) => await index.MergeAsync(write) || write.Refused(false);

    /// <summary>Waits until there may be work to do. Says whether it was told so.</summary>
    public Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancel) => _waiting.WaitAsync(longest, cancel);

    public void Dispose() => _waiting.Dispose();

    // The newest first: they are what is looked for. What is written meanwhile comes in by itself.
    private async ValueTask RebuildAsync(WriteSession write)
    {
        var place = await write.FindSearchStateAsync(SearchState.Place);
        if (place == long.MaxValue)
            await index.ClearAsync(write);

        var positions = await write.ListAsync<long>("select position from edition where position < @place order by position desc limit @Portion + 0", new { place, Portion });
        foreach (var position in positions)
            write.Reindex(position);

        var isDone = positions.Count < Portion;
        await write.PutSearchStateAsync(SearchState.Place, isDone ? long.MaxValue : positions[^1]);
        if (isDone)
            await write.PutSearchStateAsync(SearchState.Analyzer, Analyzer.Version);
    }

    // It is done when a beginning finds nothing to do: a merge that was under way before may have carried words on.
    private async ValueTask SweepAsync(WriteSession write, long state)
    {
        var hasChanged = await index.SweepAsync(write, state == ToBegin);
        await write.PutSearchStateAsync(SearchState.Unswept, hasChanged ? UnderWay : state == ToBegin ? Swept : ToBegin);
        if (!hasChanged && state == ToBegin)
            write.Erase();
    }
}
