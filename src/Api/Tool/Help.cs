using System.CommandLine;
using System.CommandLine.Invocation;

namespace Galley.Tool;

/// <summary>What <c>--help</c> prints. The parser's own page knows the commands, but neither the settings nor the exit codes.</summary>
internal sealed class Help : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var root = parseResult.RootCommandResult.Command;
        parseResult.InvocationConfiguration.Output.Write($"""
            {root.Description}

            Usage: galley [command] [settings]

            Commands:
            {Lines(root.Subcommands.Select(command => $"{command.Name,-8}  {command.Description}"))}

            Settings, as --Galley:Database=news.db or in the environment as Galley__Database=news.db:
            {Lines(GalleyOptions.Settings.Select(SettingLine).Prepend("--urls: where it listens (http://127.0.0.1:8080)"))}

            Exit codes:
            {Lines(ExitCodes.All.Select(each => $"{each.Code,2}  {each.Meaning}"))}

            """);
        return 0;
    }

    private static string SettingLine(Setting setting) =>
        $"--Galley:{setting.Name}: {setting.Meaning}{(setting.Default is null ? string.Empty : $" ({setting.Default})")}";

    private static string Lines(IEnumerable<string> lines) => string.Join(Environment.NewLine, lines.Select(line => $"  {line}"));
}
