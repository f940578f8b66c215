using System.CommandLine;
using Galley.Storage;

namespace Galley.Tool;

/// <summary>The one executable is also a tool. Without a command it serves.</summary>
internal static partial class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        // What is not a command is configuration, such as --Galley:Database=news.db.
        var serve = new Command("serve", "Serve the API (the default).") { TreatUnmatchedTokensAsErrors = false };
        serve.SetAction((_, cancel) => ServeAsync([.. args.Where(arg => arg != "serve")], cancel));
        var openapi = new Command("openapi", "Print the OpenAPI document.");
        openapi.SetAction(_ => OpenApiCommand.RunAsync());

        var root = new RootCommand("Galley, a headless CMS API for newsrooms. Settings are given as --Galley:Database=news.db or as Galley__Database in the environment.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        root.Subcommands.Add(serve);
        root.Subcommands.Add(openapi);
        root.SetAction((_, cancel) => ServeAsync(args, cancel));

        // The host hears the signals itself, and takes as long as the requests under way need: two seconds after one, the parser would end the process.
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static async Task<int> ServeAsync(string[] args, CancellationToken cancel)
    {
        try
        {
            var app = Program.Build(args);
            app.Services.GetRequiredService<Database>().Open(app.Services.GetRequiredService<Clock>().Now);
            WarnOfGuess(app);
            await app.RunAsync(cancel);
            return 0;
        }
        catch (StartupRefusal refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return refusal.ExitCode;
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
