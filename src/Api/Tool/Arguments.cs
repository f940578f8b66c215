using Galley.Storage;

namespace Galley.Tool;

/// <summary>What stands on the command line beside a command: settings, as <c>--key=value</c> or <c>--key value</c>. The framework leaves aside what it does not know; here it is refused.</summary>
internal static class Arguments
{
    private static readonly string[] Keys = ["urls", "environment", "contentRoot", "AllowedHosts", "shutdownTimeoutSeconds"];
    private static readonly string[] Sections = ["Galley:", "Logging:", "Kestrel:"];

    public static void Check(IReadOnlyList<string> arguments)
    {
        var mistakes = MistakesIn(arguments).ToList();
        if (mistakes.Count > 0)
            throw new StartupRefusal(StartupRefusal.Usage, string.Join(Environment.NewLine, mistakes));
    }

    private static IEnumerable<string> MistakesIn(IReadOnlyList<string> arguments)
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
                yield return $"{name} is neither a command nor a setting. Settings are given as --Galley:Database=news.db; galley --help lists them.";
            else if (!hasValue)
                yield return $"{name} has no value. Settings are given as --Galley:Database=news.db.";
        }
    }

    private static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

    private static bool IsSetting(string name) => IsOption(name) && name[2..] is var key
        && (Keys.Contains(key, StringComparer.OrdinalIgnoreCase) || Sections.Any(section => key.StartsWith(section, StringComparison.OrdinalIgnoreCase)));
}
