using System.CommandLine;
using Galley.Storage;
using Galley.Storage.Sqlite;

namespace Galley.Tool;

/// <summary>Copies the database into a file, and looks through the copy.</summary>
internal static class BackupCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "where to write; nothing is overwritten, and it has its name once it is whole and looked through" };
        var command = new Command("backup", "Copy the whole database into one file and look through the copy, beside a running server too.") { file };
        command.Runs((parsed, settings, _) => RunAsync(settings, Path.GetFullPath(parsed.GetRequiredValue(file))));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> settings, string path)
    {
        var database = Path.GetFullPath(Services.CreateBuilder(settings).AddOptions().Database);
        if (!File.Exists(database))
            throw new StartupRefusal(StartupRefusal.CannotOpen, $"The database {database} does not exist. Set Galley:Database to its path.");
        if (Path.Exists(path))
            throw new StartupRefusal(StartupRefusal.CannotWrite, $"{path} is there already, and stays. Name another file.");

        return await CopyingCommand.RunAsync(path, async cancel =>
        {
            // Two that are told to write the same file do not write into each other's.
            using var part = new PartFile($"{path}.{Guid.NewGuid():N}.part");
            DatabaseCopy.Write(database, part.Path, fileSystem: null, CopyPace.BesideWriters, cancel);
            var copied = DatabaseCopy.Verify(part.Path, database, cancel);
            part.Keep(path);
            await Console.Error.WriteLineAsync($"{path} holds {CopyingCommand.InWords(copied)}.");
        });
    }
}
