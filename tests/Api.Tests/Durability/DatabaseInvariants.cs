using Galley.Storage.Sqlite;

namespace Galley.Tests.Durability;

/// <summary>What is true of every database file that a server has left behind, however it ended.</summary>
internal static class DatabaseInvariants
{
    public static void AssertHold(string path)
    {
        var violations = Violations(path);
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }

    /// <summary>Everything that is wrong with a file; beside a running server too, as of one snapshot.</summary>
    public static IReadOnlyList<string> Violations(string path) => DatabaseCheck.FindViolations(path, mostOfEach: 3);
}
