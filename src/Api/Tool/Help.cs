using System.CommandLine;
using System.CommandLine.Invocation;

namespace Galley.Tool;

/// <summary>What <c>--help</c> prints: of a command with options of its own these, else everything. The parser's own page knows neither the settings nor the exit codes.</summary>
internal sealed class Help : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var (root, command) = (parseResult.RootCommandResult.Command, parseResult.CommandResult.Command);
        var isOfItsOwn = command != root && (command.Options.Count > 0 || command.Arguments.Count > 0 || command.Subcommands.Count > 0);
        parseResult.InvocationConfiguration.Output.Write(isOfItsOwn ? PageOf(command) : Page(root));
        return 0;
    }

    private static string Page(Command root) =>
        $"""
        {root.Description}

        Usage: galley [command] [settings]

        Commands, each with a --help of its own:
        {Lines(root.Subcommands.Select(Line))}

        Settings, as --Galley:Database=news.db or in the environment as Galley__Database=news.db:
        {Lines(GalleyOptions.Settings.Select(SettingLine).Prepend("--urls: where it listens (http://127.0.0.1:8080)"))}

        Exit codes:
        {Lines(ExitCodes.All.Select(each => $"{each.Code,3}  {each.Meaning}"))}

        """;

    private static string PageOf(Command command)
    {
        var arguments = string.Concat(command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" <{argument.Name}>"));
        var parts = command.Subcommands.Select(Line)
            .Concat(command.Arguments.Select(argument => $"{argument.Name}: {argument.Description}"))
            .Concat(command.Options.Select(option => $"{option.Name}{(option.HelpName is null ? string.Empty : $"=<{option.HelpName}>")}: {option.Description}"));
        return $"""
            {command.Description}

            Usage: galley {PathOf(command)}{(command.Subcommands.Count > 0 ? " <command>" : arguments)} [options] [settings]

            {Lines(parts)}

            galley --help lists settings and exit codes.

            """;
    }

    private static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{parent.Name} {command.Name}" : command.Name;

    private static string Line(Command command) => $"{command.Name,-8}  {command.Description}";

    private static string SettingLine(Setting setting) =>
        $"--Galley:{setting.Name}: {setting.Meaning}{(setting.Default is null ? string.Empty : $" ({setting.Default})")}";

    private static string Lines(IEnumerable<string> lines) => string.Join(Environment.NewLine, lines.Select(line => $"  {line}"));
}
