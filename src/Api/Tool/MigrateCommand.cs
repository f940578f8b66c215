using System.CommandLine;
using Galley.Storage;

namespace Galley.Tool;

/// <summary>Brings the database file to this build's schema, as every start of the server does, and says what that took.</summary>
internal static class MigrateCommand
{
    public static Command Make()
    {
        var command = new Command("migrate", "Bring the database to this build's schema, or make a new one where none is, and say so. Refused while a server has it open, which has done it at its start.");
        command.Runs((_, settings, _) => RunAsync(settings));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> settings)
    {
        await using var app = Program.Build(["--Logging:LogLevel:Default=Warning", .. settings]);
        var database = app.Services.GetRequiredService<Database>();
        var path = Path.GetFullPath(app.Services.GetRequiredService<GalleyOptions>().Database);
        var isNew = !File.Exists(path);
        database.Open(app.Services.GetRequiredService<Clock>().Now);

        if (isNew)
            await Console.Out.WriteLineAsync($"made {path}, which did not exist");
        foreach (var name in database.Migrations)
            await Console.Out.WriteLineAsync($"applied {name}");
        if (database.Migrations.Count == 0)
            await Console.Error.WriteLineAsync("The schema is this build's already.");
        return 0;
    }
}
