using System.Data.Common;
using Galley.Storage;

namespace Galley.Publishing.Rerendering;

/// <summary>Finishes what was begun, also by a server that was stopped: portion by portion, so that whoever pushes meanwhile comes in between.</summary>
internal sealed partial class RerenderWorker(Rerender rerender, Writer writer, ILogger<RerenderWorker> log) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sleep = Housekeeping.AfterStart;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await rerender.WaitAsync(sleep, stoppingToken);
                sleep = LongestSleep;
                while (await writer.WriteAsync(rerender.ContinueAsync))
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "A changed section or tag could not be carried into all articles yet.")]
    private static partial void LogDelay(ILogger log, Exception exception);
}
