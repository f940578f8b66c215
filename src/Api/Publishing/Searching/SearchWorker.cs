using System.Data.Common;
using Galley.Storage;

namespace Galley.Publishing.Searching;

/// <summary>Has the index built again by another analyzer, swept after a takedown, and merged after writes; also by a server that was stopped meanwhile.</summary>
internal sealed partial class SearchWorker(SearchKeeper keeper, Database database, Writer writer, Commits commits, ILogger<SearchWorker> log) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    // Between two portions of a merge: nine tenths of the writer's time are for those who wait for it.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (sleep, mergedAt) = (Housekeeping.AfterStart, null as long?);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var isCalled = await keeper.WaitAsync(sleep, stoppingToken);
                // Whoever calls has not committed yet: only behind him in the writer's line can his work be seen.
                for (var hasWork = isCalled || await HasWorkAsync(stoppingToken); hasWork; hasWork = await writer.WriteAsync(keeper.ContinueAsync))
                    stoppingToken.ThrowIfCancellationRequested();

                if (!isCalled && sleep == LongestSleep && commits.No != mergedAt)
                    mergedAt = await MergeAsync(stoppingToken);
                sleep = LongestSleep;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is OutageException or DbException)
            {
                LogDelay(log, exception);
            }
        }
    }

    private async Task<long> MergeAsync(CancellationToken cancel)
    {
        while (await writer.WriteAsync(keeper.MergeAsync))
            await Task.Delay(Breath, cancel);

        return commits.No;
    }

    private async ValueTask<bool> HasWorkAsync(CancellationToken cancel)
    {
        using var session = await database.ReadAsync(cancel);
        return await SearchKeeper.HasWorkAsync(session);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index could not be brought up to date yet.")]
    private static partial void LogDelay(ILogger log, Exception exception);
}
