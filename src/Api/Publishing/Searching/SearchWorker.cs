using System.Data.Common;
using Galley.Storage;

namespace Galley.Publishing.Searching;

/// <summary>Has the index built again by another analyzer, and swept after a takedown; also by a server that was stopped meanwhile.</summary>
internal sealed partial class SearchWorker(SearchKeeper keeper, Database database, Writer writer, ILogger<SearchWorker> log) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sleep = Housekeeping.AfterStart;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await keeper.WaitAsync(sleep, stoppingToken);
                sleep = LongestSleep;
                while (await HasWorkAsync(stoppingToken) && await writer.WriteAsync(keeper.ContinueAsync))
                    stoppingToken.ThrowIfCancellationRequested();
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

    private async ValueTask<bool> HasWorkAsync(CancellationToken cancel)
    {
        using var session = await database.ReadAsync(cancel);
        return await SearchKeeper.HasWorkAsync(session);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index could not be brought up to date yet.")]
    private static partial void LogDelay(ILogger log, Exception exception);
}
