using System.CommandLine;
using System.Globalization;
using Galley.Storage;
using Galley.Storage.Sqlite;

namespace Galley.Tool;

/// <summary>Makes a backup the database.</summary>
internal static class RestoreCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "the backup; it stays as it is" };
        var overwrite = new Option<bool>("--overwrite") { Description = "where there is a database already, give it another name first; without this it is refused" };
        var command = new Command("restore", "Look through a backup and make it the database. Refused while a server has the database open.") { file, overwrite };
        command.Runs((parsed, settings, _) => RunAsync(settings, Path.GetFullPath(parsed.GetRequiredValue(file)), parsed.GetValue(overwrite)));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> settings, string file, bool overwrites)
    {
        var database = Path.GetFullPath(Services.CreateBuilder(settings).AddOptions().Database);
        if (!File.Exists(file))
            throw new StartupRefusal(StartupRefusal.CannotOpen, $"{file} does not exist.");

        var aside = overwrites ? $"{database}.before-{TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}" : null;
        return await CopyingCommand.RunAsync(database, async cancel =>
        {
            var restored = DatabaseRestore.Run(file, database, aside, cancel);
            await Console.Error.WriteLineAsync($"{database} holds {CopyingCommand.InWords(restored)}.");
            if (File.Exists(aside))
                await Console.Error.WriteLineAsync($"What was there before is {aside}. Delete it once nobody needs it.");
        });
    }
}
