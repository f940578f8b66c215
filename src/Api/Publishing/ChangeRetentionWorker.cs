using System.Data.Common;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Has the change log cut, a portion at a time, so that no write waits for long.</summary>
internal sealed partial class ChangeRetentionWorker(ChangeRetention retention, Writer writer, RetentionOptions options, ILogger<ChangeRetentionWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Housekeeping.AfterStart, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await writer.WriteAsync(retention.CutAsync))
                    await Task.Yield();
            }
            catch (Exception exception) when (exception is OutageException or DbException)
            {
                LogDelay(log, exception);
            }

            await Task.Delay(options.Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change log could not be cut yet; it is tried again in an hour.")]
    private static partial void LogDelay(ILogger log, Exception exception);
}
