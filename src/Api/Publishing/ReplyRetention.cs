using System.Data.Common;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Lets go of kept answers that nobody can ask for again, also where no other request would: they hold texts.</summary>
internal sealed partial class ReplyRetention(Writer writer, RetentionOptions options, ILogger<ReplyRetention> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Housekeeping.AfterStart, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await writer.WriteAsync(write => write.ForgetRepliesAsync()))
                    await Task.Yield();
            }
            catch (Exception exception) when (exception is OutageException or DbException)
            {
                LogDelay(log, exception);
            }

            await Task.Delay(options.Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Answers that were kept for a day could not be removed yet; it is tried again in an hour.")]
    private static partial void LogDelay(ILogger log, Exception exception);
}
