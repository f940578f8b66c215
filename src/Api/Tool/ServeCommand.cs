using System.Net.Sockets;
using Galley.Storage;
using Microsoft.AspNetCore.Connections;

namespace Galley.Tool;

/// <summary>Serves until it is told to stop.</summary>
internal static partial class ServeCommand
{
    // It would tell a second time, with a stack trace, why the server does not start. What ends the server later is critical, and is told.
    private const string QuietHost = "--Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host=Critical";

    public static async Task<int> RunAsync(IReadOnlyList<string> settings, CancellationToken cancel)
    {
        await using var app = Program.Build([QuietHost, .. settings]);
        var urls = app.Configuration["urls"];
        var database = app.Services.GetRequiredService<Database>();
        database.Open(app.Services.GetRequiredService<Clock>().Now);
        app.Lifetime.ApplicationStarted.Register(() => Announce(app, database));
        WarnOfGuess(app);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (Exception exception) when (exception is SocketException || exception.InnerException is AddressInUseException)
        {
            await StopWorkersAsync(app);
            throw new StartupRefusal(StartupRefusal.CannotListen, $"urls is {urls}, and Galley cannot listen there: {exception.Message}");
        }

        await app.WaitForShutdownAsync(cancel);
        return app.Services.GetRequiredService<Writer>().Lost is { } failure
            ? throw new StartupRefusal(StartupRefusal.CannotWrite, $"The disk did not keep what was written to {app.Services.GetRequiredService<GalleyOptions>().Database}, and Galley has stopped: {failure.Message} Nothing that was answered is lost. See to the disk, then start again.")
            : 0;
    }

    // They have begun, and would find closed what they work on: which is told with a stack trace.
    private static Task StopWorkersAsync(WebApplication app) =>
        Task.WhenAll(app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Select(worker => worker.StopAsync(CancellationToken.None)));

    // A socket in the file system has no address that the commands could speak HTTP to.
    private static void Announce(WebApplication app, Database database)
    {
        if (app.Urls.FirstOrDefault(url => !url.Contains("unix:", StringComparison.OrdinalIgnoreCase)) is { } url && ListenUrls.GuessPublicUrl(url) is { } address)
            database.Announce(address);
    }

    private static void WarnOfGuess(WebApplication app)
    {
        var options = app.Services.GetRequiredService<GalleyOptions>();
        if (options.IsPublicUrlGuessed)
            LogGuess(app.Logger, options.PublicUrl);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Galley:PublicUrl is not set: absolute URLs begin with {PublicUrl}.")]
    private static partial void LogGuess(ILogger log, string publicUrl);
}
