using System.CommandLine;
using Galley.Publishing.Rebuilding;
using Galley.Storage;
using Galley.Storage.Sqlite;

namespace Galley.Tool;

/// <summary>Says what is wrong with the database file, and changes nothing; or makes again what can be made of the newsroom's revisions.</summary>
internal static class CheckCommand
{
    // Of what is broken everywhere, the first few say enough.
    private const int MostOfEach = 20;

    // What is made again may show what else is wrong.
    private const int Rounds = 3;

    public static Command Make()
    {
        var repair = new Option<bool>("--repair") { Description = "make again what readers have from the revisions that the newsroom has, while no server runs; make a backup before" };
        var command = new Command("check", "Check the database: the file, and that what readers see is what the newsroom has. Changes nothing, and may run beside the server.") { repair };
        command.Runs((parsed, settings, _) => RunAsync(settings, parsed.GetValue(repair)));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> settings, bool repairs)
    {
        var path = Path.GetFullPath(Services.CreateBuilder(settings).AddOptions().Database);
        var violations = DatabaseCheck.FindViolations(path, MostOfEach);
        foreach (var violation in violations)
            await Console.Out.WriteLineAsync(violation);

        if (repairs && violations.Count > 0)
            return await RepairAsync(settings, path, violations);
        if (violations.Count == 0)
            await Console.Error.WriteLineAsync($"{path} is sound.");
        return violations.Count == 0 ? 0 : StartupRefusal.BadData;
    }

    private static async Task<int> RepairAsync(IReadOnlyList<string> settings, string path, IReadOnlyList<string> violations)
    {
        if (violations.Any(Invariants.IsBeyondRepair))
            throw new StartupRefusal(StartupRefusal.BadData, "Part of this is lost in the newsroom's own data, and nothing else in the file can make up for it. Nothing was changed: restore a backup.");

        using var interruption = new Interruption();
        try
        {
            for (var round = 0; round < Rounds && violations.Count > 0; round++)
            {
                await RebuildAsync(settings, new RebuildParts(violations.Any(Invariants.IsOfTheLog), violations.Any(Invariants.IsOfSearch)), interruption.Token);
                violations = DatabaseCheck.FindViolations(path, MostOfEach);
            }
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }

        foreach (var violation in violations)
            await Console.Error.WriteLineAsync($"still: {violation}");
        await Console.Error.WriteLineAsync(violations.Count == 0 ? $"{path} was repaired, and is sound." : "Not all of it could be repaired: restore a backup.");
        return violations.Count == 0 ? 0 : StartupRefusal.BadData;
    }

    /// <summary>Of a server only what writes: nobody reads from it, and it lets go of the file at the end. Tests put another clock into it.</summary>
    public static async Task RebuildAsync(IReadOnlyList<string> settings, RebuildParts parts, CancellationToken cancel, Action<IServiceCollection>? replace = null)
    {
        await using var app = Program.Build(["--Logging:LogLevel:Default=Warning", .. settings], replace);
        app.Services.GetRequiredService<Database>().Open(app.Services.GetRequiredService<Clock>().Now);
        await app.Services.GetRequiredService<Secrets>().StartAsync(cancel);
        var writer = app.Services.GetRequiredService<Writer>();
        await writer.StartAsync(cancel);
        try
        {
            await app.Services.GetRequiredService<Rebuild>().RunAsync(parts, cancel);
        }
        finally
        {
            await writer.StopAsync(CancellationToken.None);
        }
    }
}
