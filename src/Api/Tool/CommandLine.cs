using System.CommandLine;
using System.CommandLine.Help;
using System.Net.Sockets;
using Galley.Storage;
using Microsoft.AspNetCore.Connections;

namespace Galley.Tool;

/// <summary>The one executable is also a tool. Without a command it serves.</summary>
internal static partial class CommandLine
{
    // It would tell a second time, with a stack trace, why the server does not start. What ends the server later is critical, and is told.
    private const string QuietHost = "--Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host=Critical";

    public static Task<int> RunAsync(string[] args) =>
        // A value may begin with an at sign: that names no file to read arguments from. And the host hears the signals itself, and takes as long as the
        // requests under way need: two seconds after one, the parser would end the process.
        Commands().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null }).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

    private static RootCommand Commands()
    {
        var serve = new Command("serve", "Serve the API (the default).");
        serve.SetAction((parsed, cancel) => RunAsync(parsed.UnmatchedTokens, settings => ServeAsync(settings, cancel)));
        var openapi = new Command("openapi", "Print the OpenAPI document.");
        openapi.SetAction((parsed, _) => RunAsync(parsed.UnmatchedTokens, OpenApiCommand.RunAsync));

        // What is not a command is a setting, such as --Galley:Database=news.db.
        var root = new RootCommand("Galley, a headless CMS API for newsrooms.") { TreatUnmatchedTokensAsErrors = false };
        root.Subcommands.Add(serve);
        root.Subcommands.Add(openapi);
        root.Action = serve.Action;
        root.Options.OfType<HelpOption>().Single().Action = new Help();
        return root;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> settings, Func<IReadOnlyList<string>, Task> command)
    {
        try
        {
            Arguments.Check(settings);
            await command(settings);
            return 0;
        }
        catch (StartupRefusal refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return refusal.ExitCode;
        }
    }

    private static async Task ServeAsync(IReadOnlyList<string> settings, CancellationToken cancel)
    {
        var app = Program.Build([QuietHost, .. settings]);
        var urls = app.Configuration["urls"];
        app.Services.GetRequiredService<Database>().Open(app.Services.GetRequiredService<Clock>().Now);
        WarnOfGuess(app);
        try
        {
            await app.RunAsync(cancel);
        }
        catch (Exception exception) when (exception is SocketException || exception.InnerException is AddressInUseException)
        {
            throw new StartupRefusal(StartupRefusal.CannotListen, $"urls is {urls}, and Galley cannot listen there: {exception.Message}");
        }
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
