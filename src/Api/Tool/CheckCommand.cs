using System.CommandLine;
using Galley.Storage;
using Galley.Storage.Sqlite;

namespace Galley.Tool;

/// <summary>Says what is wrong with the database file, and changes nothing.</summary>
internal static class CheckCommand
{
    // Of what is broken everywhere, the first few say enough.
    private const int MostOfEach = 20;

    public static Command Make()
    {
        var command = new Command("check", "Check the database: the file, and that what readers see is what the newsroom has. Changes nothing, and may run beside the server.");
        command.Runs((_, settings, _) => RunAsync(settings));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> settings)
    {
        var path = Path.GetFullPath(Services.CreateBuilder(settings).AddOptions().Database);
        var violations = DatabaseCheck.FindViolations(path, MostOfEach);
        foreach (var violation in violations)
            await Console.Out.WriteLineAsync(violation);

        if (violations.Count == 0)
            await Console.Error.WriteLineAsync($"{path} is sound.");
        return violations.Count == 0 ? 0 : StartupRefusal.BadData;
    }
}
