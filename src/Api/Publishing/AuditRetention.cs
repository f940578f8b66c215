using System.Data.Common;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>For how long the audit trail is kept.</summary>
internal sealed record AuditOptions(TimeSpan Kept);

/// <summary>Lets go of the old end of the audit trail, a portion at a time, so that no write waits for long.</summary>
internal sealed partial class AuditRetention(Writer writer, AuditOptions audit, RetentionOptions options, ILogger<AuditRetention> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Housekeeping.AfterStart, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await writer.WriteAsync(write => write.ForgetAuditAsync(audit.Kept)))
                    await Task.Yield();
            }
            catch (Exception exception) when (exception is OutageException or DbException)
            {
                LogDelay(log, exception);
            }

            await Task.Delay(options.Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit trail could not be cut yet; it is tried again in an hour.")]
    private static partial void LogDelay(ILogger log, Exception exception);
}
