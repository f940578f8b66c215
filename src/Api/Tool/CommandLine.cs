using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Galley.Storage;
using Galley.Tool.Import;

namespace Galley.Tool;

/// <summary>The one executable is also a tool. Without a command it serves.</summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = Commands();
        (root.Settings, var arguments) = Arguments.Part(args, [.. root.Subcommands.Select(command => command.Name)]);
        // A value may begin with an at sign: that names no file to read arguments from. And each command hears the signals itself, and takes as long as what
        // is under way needs: two seconds after one, the parser would end the process.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Errors.Count > 0 && parsed.Action is not Help ? RefuseAsync(parsed) : parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    /// <summary>What a command does: with what it was given, and the settings beside it. It answers the exit code.</summary>
    public static void Runs(this Command command, Func<ParseResult, IReadOnlyList<string>, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                // What looks like an option is none of its arguments.
                var mistaken = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value).Where(Arguments.IsOption);
                Arguments.Check([.. mistaken, .. parsed.UnmatchedTokens], command);
                return await run(parsed, ((Root)parsed.RootCommandResult.Command).Settings, cancel);
            }
            catch (StartupRefusal refusal)
            {
                await Console.Error.WriteLineAsync(refusal.Message);
                return refusal.ExitCode;
            }
        });

    private static Root Commands()
    {
        var serve = new Command("serve", "Serve the API (the default).");
        serve.Runs((_, settings, cancel) => ServeCommand.RunAsync(settings, cancel));
        var openapi = new Command("openapi", "Print the OpenAPI document.");
        openapi.Runs((_, settings, _) => OpenApiCommand.RunAsync(settings));

        var root = new Root();
        foreach (var command in new[] { serve, ImportCommand.Make(), ExportCommand.Make(), BackupCommand.Make(), RestoreCommand.Make(), KeysCommand.Make(), AuditCommand.Make(), CheckCommand.Make(), MigrateCommand.Make(), openapi })
            root.Subcommands.Add(command);
        root.Action = serve.Action;
        root.Options.OfType<HelpOption>().Single().Action = new Help();
        return root;
    }

    private static async Task<int> RefuseAsync(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync(error.Message);

        return StartupRefusal.Usage;
    }

    /// <summary>The commands, and the settings that stood between their arguments. What is neither is refused by the command, with all that is wrong.</summary>
    private sealed class Root : RootCommand
    {
        public Root()
            : base("Galley, a headless CMS API for newsrooms.") => TreatUnmatchedTokensAsErrors = false;

        public IReadOnlyList<string> Settings { get; set; } = [];
    }
}
