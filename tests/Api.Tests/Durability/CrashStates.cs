using System.Security.Cryptography;
using Galley.Content;
using Galley.Storage;
using Galley.Storage.Sqlite;
using Galley.Tests.Durability.Disk;
using Galley.Tests.Durability.Traffic;

namespace Galley.Tests.Durability;

/// <summary>Makes the files that power losses at places among the events may leave, opens each as the server would, and says what is wrong with it.</summary>
internal sealed class CrashStates(IReadOnlyList<DiskEvent> events, Ledger ledger, int seed) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Random _random = new(seed);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>How many different ones were opened.</summary>
    public int Count => _seen.Count;

    /// <summary>What is wrong at a number of places that the dice choose.</summary>
    public IReadOnlyList<string> Violations(int places) =>
        Violations(Enumerable.Range(0, places).Select(_ => _random.Next(events.Count + 1)), Enum.GetValues<Loss>());

    public IReadOnlyList<string> Violations(IEnumerable<int> places, IReadOnlyList<Loss> losses)
    {
        var violations = new List<string>();
        var (disk, happened) = (new SimulatedDisk(), 0);
        foreach (var place in places.Order())
        {
            for (; happened < place; happened++)
                disk.Apply(events[happened]);

            foreach (var loss in losses)
                violations.AddRange(Violations(disk.AfterPowerLoss(loss, _random), place).Select(violation => $"Power lost after event {place}, losing {loss}: {violation}"));
        }

        return violations;
    }

    public void Dispose() => _directory.Dispose();

    private IReadOnlyList<string> Violations(IReadOnlyDictionary<string, byte[]> files, int place)
    {
        if (!_seen.Add($"{ledger.AnswersAt(place)} {HashOf(files)}"))
            return [];

        _directory.Fill(files);
        // Recorded only so that opening and closing wait for no real disk.
        using var disk = new RecordedDisk(_directory.Path);
        var path = _directory.File("galley.db");
        using var database = new SqliteDatabase(path, RecordingFileSystem.Name, openLog: disk.OpenLog);
        try
        {
            database.Open(new Instant(0));
        }
        catch (StartupRefusal refusal)
        {
            return [refusal.Message];
        }

        var broken = DatabaseInvariants.Violations(path);
        if (broken.Count > 0)
            return broken;

        try
        {
            return ledger.Violations(StoredTakes.Read(path), place);
        }
        catch (Microsoft.Data.Sqlite.SqliteException exception)
        {
            // A document of which only a part is there: rules about rows do not see that.
            return [exception.Message];
        }
    }

    private static string HashOf(IReadOnlyDictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name));
            hash.AppendData(bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
