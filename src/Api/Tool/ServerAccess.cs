using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Galley.Storage;
using Galley.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tool;

/// <summary>Which server a command speaks to, and with which key, as far as its user says.</summary>
internal sealed record ServerChoice(string? Url, string? Key)
{
    /// <summary>A key in the environment is in no list of processes and in no history of a shell.</summary>
    public const string KeyVariable = "GALLEY_KEY";

    public string? GivenKey => Key ?? Environment.GetEnvironmentVariable(KeyVariable)?.Trim();
}

/// <summary>A server that a command speaks HTTP to: the one that is named, the one that has the database open, or one of its own for as long as it runs. So there is one way through the code.</summary>
internal sealed class ServerAccess : IAsyncDisposable
{
    private readonly WebApplication? _own;

    private ServerAccess(string address, string key, WebApplication? own)
    {
        _own = own;
        // Through no proxy: what the database holds stays on this machine, unless its user names another.
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(address.TrimEnd('/') + "/") };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public HttpClient Client { get; }

    public static async Task<ServerAccess> OpenAsync(IReadOnlyList<string> settings, ServerChoice choice, CancellationToken cancel)
    {
        if (choice.Url is not null)
            return Named(settings, choice);

        RequireDatabase(OptionsOf(settings).Database);
        var made = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var own = Build(settings, made);
        try
        {
            own.Services.GetRequiredService<Database>().Open(own.Services.GetRequiredService<Clock>().Now);
            await own.StartAsync(cancel);
            // Whoever may open the file may do everything: a key for the server that is down may be none that the file knows.
            return new ServerAccess(own.Urls.Single(), made, own);
        }
        catch (StartupRefusal refusal) when (refusal.ExitCode == StartupRefusal.InUse)
        {
            await own.DisposeAsync();
            return Running(settings, choice);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_own is null)
            return;

        await _own.StopAsync();
        await _own.DisposeAsync();
    }

    // Only what goes wrong is told, and a key that nobody else knows is accepted as admin. Signals are the command's own: it stops first, and the server after it.
    private static WebApplication Build(IReadOnlyList<string> settings, string key) => Program.Build(
        ["--Logging:LogLevel:Default=Warning", .. settings, "--urls=http://127.0.0.1:0", $"--Galley:AdminKey={key}"],
        services => services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>()));

    private static ServerAccess Named(IReadOnlyList<string> settings, ServerChoice choice)
    {
        if (!Uri.TryCreate(choice.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new StartupRefusal(StartupRefusal.Usage, $"--url is not an http or https address: {choice.Url}");

        return new ServerAccess(choice.Url!, KeyOf(settings, choice), own: null);
    }

    private static ServerAccess Running(IReadOnlyList<string> settings, ServerChoice choice)
    {
        var database = OptionsOf(settings).Database;
        var address = SqliteDatabase.FindAddress(database)
            ?? throw new StartupRefusal(StartupRefusal.InUse, $"Another process uses {database}, and does not say where it listens. Name its address with --url.");
        return new ServerAccess(address, KeyOf(settings, choice), own: null);
    }

    private static string KeyOf(IReadOnlyList<string> settings, ServerChoice choice) => choice.GivenKey ?? OptionsOf(settings).AdminKey
        ?? throw new StartupRefusal(
            StartupRefusal.Usage,
            string.Create(CultureInfo.InvariantCulture, $"The server that runs asks for a key. Give it with --key, as {ServerChoice.KeyVariable} in the environment, or as Galley:AdminKey in the configuration."));

    // At a mistyped path a new file would take what was meant for another, or be taken for it.
    private static void RequireDatabase(string path)
    {
        if (!File.Exists(path))
            throw new StartupRefusal(StartupRefusal.CannotOpen, $"The database {path} does not exist. Set Galley:Database to its path; galley migrate makes a new one, and so does the server when it starts.");
    }

    private static GalleyOptions OptionsOf(IReadOnlyList<string> settings) => Services.CreateBuilder(settings).AddOptions();

    /// <summary>Neither waits for signals nor prints anything.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
