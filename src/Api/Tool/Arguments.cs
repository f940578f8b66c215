using System.CommandLine;
using Galley.Http;
using Galley.Storage;

namespace Galley.Tool;

/// <summary>What stands on the command line beside a command: settings, as <c>--key=value</c> or <c>--key value</c>. The framework leaves aside what it does not know; here it is refused.</summary>
internal static class Arguments
{
    private static readonly string[] Keys = ["urls", "environment", "contentRoot", "AllowedHosts", "shutdownTimeoutSeconds"];
    private static readonly string[] Sections = ["Galley:", "Logging:", "Kestrel:"];

    /// <summary>Parts the settings that have a value, each in one with it, from the rest: a command that takes a file would take them for it.</summary>
    public static (IReadOnlyList<string> Settings, IReadOnlyList<string> Others) Part(IReadOnlyList<string> arguments, IReadOnlyCollection<string> commands)
    {
        var (settings, rest) = (new List<string>(), new List<string>());
        for (var i = 0; i < arguments.Count; i++)
        {
            var isSetting = IsSetting(arguments[i].Split('=')[0]);
            if (isSetting && arguments[i].Contains('=', StringComparison.Ordinal))
                settings.Add(arguments[i]);
            else if (isSetting && i + 1 < arguments.Count && !IsOption(arguments[i + 1]) && !commands.Contains(arguments[i + 1]))
                settings.Add($"{arguments[i]}={arguments[++i]}");
            else
                rest.Add(arguments[i]);
        }

        return (settings, rest);
    }

    /// <summary>Refuses what is neither a setting nor, where the command has some, one of its options.</summary>
    public static void Check(IReadOnlyList<string> arguments, Command? command = null)
    {
        var mistakes = MistakesIn(arguments, command?.Options.Select(option => option.Name).ToList() ?? []).ToList();
        if (mistakes.Count > 0)
            throw new StartupRefusal(StartupRefusal.Usage, string.Join(Environment.NewLine, mistakes));
    }

    private static IEnumerable<string> MistakesIn(IReadOnlyList<string> arguments, IReadOnlyList<string> options)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            // Without the value, which may be a key.
            var name = arguments[i].Split('=')[0];
            var hasValue = name.Length < arguments[i].Length;
            if (!hasValue && IsOption(name) && i + 1 < arguments.Count && !IsOption(arguments[i + 1]))
            {
                hasValue = true;
                i++;
            }

            if (!IsSetting(name))
                yield return $"{name} is neither a command nor a setting.{Meant(name, options)} Settings are given as --Galley:Database=news.db; galley --help lists them.";
            else if (!hasValue)
                yield return $"{name} has no value. Settings are given as --Galley:Database=news.db.";
        }
    }

    private static string Meant(string name, IReadOnlyList<string> options) => Suggestion.For(name, options) is { } near ? $" Did you mean {near}?" : string.Empty;

    public static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

    private static bool IsSetting(string name) => IsOption(name) && name[2..] is var key
        && (Keys.Contains(key, StringComparer.OrdinalIgnoreCase) || Sections.Any(section => key.StartsWith(section, StringComparison.OrdinalIgnoreCase)));
}
