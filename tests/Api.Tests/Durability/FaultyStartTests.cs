using Dapper;
using Galley.Content;
using Galley.Storage;
using Galley.Storage.Sqlite;
using Galley.Tests.Durability.Disk;
using Galley.Tests.Durability.Traffic;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>A disk that fails while a server starts, and a server that dies while it brings the schema up: what is started then comes to the newest schema, and has everything.</summary>
public sealed class FaultyStartTests(ITestOutputHelper output)
{
    private const string Name = "galley.db";

    private static readonly Dictionary<string, (FaultAt At, int Code)> Faults = new(StringComparer.Ordinal)
    {
        ["open"] = (FaultAt.Open, Native.CannotOpen),
        ["read"] = (FaultAt.Read, Native.IoErrorRead),
        ["write"] = (FaultAt.Write, Native.IoErrorWrite),
        ["full"] = (FaultAt.Write, Native.Full),
        ["sync"] = (FaultAt.Sync, Native.IoErrorSync),
        ["truncate"] = (FaultAt.Truncate, Native.IoErrorTruncate),
    };

    public static TheoryData<string, bool, bool> Starts()
    {
        var starts = new TheoryData<string, bool, bool>();
        foreach (var fault in Faults.Keys)
        {
            foreach (var (isLasting, isNew) in new[] { (false, false), (false, true), (true, false), (true, true) })
                starts.Add(fault, isLasting, isNew);
        }

        return starts;
    }

    public static TheoryData<int> OlderSchemas() => [.. Enumerable.Range(0, Migrator.Scripts().Count)];

    [Theory]
    [MemberData(nameof(Starts))]
    public async Task Is_told_in_one_line_and_over_once_the_disk_is_well(string what, bool isLasting, bool isNew)
    {
        // The second life ends by a kill: there is a log to be read.
        var recording = isNew ? null : await Recording.MakeAsync(seed: 1, lives: 2);
        var ledger = recording?.Ledger ?? new Ledger();
        var (number, refusals) = (1, 0);
        while (number <= Duration.Of(inEveryRun: 6, whenLong: 5_000))
        {
            using var directory = new TemporaryDirectory();
            directory.Fill(SimulatedDisk.After(recording?.Events ?? []).AfterPowerLoss(Loss.Nothing, new Random(number)));
            using var disk = new RecordedDisk(directory.Path, recording?.Events);
            var fault = disk.Fault = new Disk.Fault(Faults[what].At, number, Faults[what].Code, isLasting);
            refusals += IsRefused(disk, directory.File(Name)) ? 1 : 0;
            disk.Fault = null;

            Assert.False(IsRefused(disk, directory.File(Name)));
            DatabaseInvariants.AssertHold(directory.File(Name));
            Assert.Empty(ledger.Violations(StoredTakes.Read(directory.File(Name))));
            using var states = new CrashStates(disk.Events, ledger, number);
            Assert.Empty(states.Violations([disk.Events.Count], Enum.GetValues<Loss>()));
            if (fault.Strikes == 0)
                break;

            number++;
        }

        output.WriteLine($"{number - 1} operations failed, {refusals} starts refused");
    }

    [Theory]
    [MemberData(nameof(OlderSchemas))]
    public void Killed_or_without_power_anywhere_the_next_start_comes_to_the_newest_schema(int schema)
    {
        using var directory = new TemporaryDirectory();
        Make(directory.File(Name), schema);
        var file = File.ReadAllBytes(directory.File(Name));
        using var disk = new RecordedDisk(directory.Path, [new DiskEvent.Created(Name, 1), new DiskEvent.Written(Name, 1, 0, file), new DiskEvent.Synced(Name, 1, HasDirectory: true)]);
        Assert.False(IsRefused(disk, directory.File(Name)));

        // Before the first of them the file is not there yet.
        var places = Enumerable.Range(3, disk.Events.Count - 2).Where(place => Duration.Of(inEveryRun: place % 12, whenLong: 0) == 0 || place == disk.Events.Count);
        using var states = new CrashStates(disk.Events, new Ledger(), seed: schema);
        var violations = states.Violations(places, Enum.GetValues<Loss>());

        output.WriteLine($"{states.Count} states of {disk.Events.Count} places");
        Assert.Empty(violations);
    }

    private static bool IsRefused(RecordedDisk disk, string path)
    {
        using var database = new SqliteDatabase(path, RecordingFileSystem.Name, openLog: disk.OpenLog);
        try
        {
            database.Open(new Instant(0));
            return false;
        }
        catch (StartupRefusal refusal)
        {
            // Not that the file is at fault.
            Assert.Contains(refusal.ExitCode, new[] { StartupRefusal.CannotOpen, StartupRefusal.CannotWrite });
            Assert.DoesNotContain('\n', refusal.Message);
            return true;
        }
    }

    private static void Make(string path, int schema)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        connection.Execute("pragma application_id = 0x47414C4C");
        Migrator.Migrate(connection, new Instant(0), [.. Migrator.Scripts().Take(schema)]);
    }
}
