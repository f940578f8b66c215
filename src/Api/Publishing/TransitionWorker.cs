using System.Data.Common;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Wakes the writer when a transition is due. What readers see does not wait for it; only the announcement does.</summary>
internal sealed partial class TransitionWorker(Announcements announcements, Clock clock, ILogger<TransitionWorker> log) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await announcements.FindNextDueAsync(stoppingToken) <= clock.Now)
                    await announcements.SettleAsync();

                await Task.Delay(await UntilNextDueAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is OutageException or DbException)
            {
                // One failed look at a file must not end the server, which is what a failed worker does.
                LogDelay(log, exception);
                await Task.Delay(LongestSleep, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask<TimeSpan> UntilNextDueAsync(CancellationToken cancel)
    {
        var wait = TimeSpan.FromMilliseconds((await announcements.FindNextDueAsync(cancel)).Milliseconds - clock.Now.Milliseconds);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestSleep ? LongestSleep : wait;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Transitions that are due could not be announced yet.")]
    private static partial void LogDelay(ILogger log, Exception exception);
}
