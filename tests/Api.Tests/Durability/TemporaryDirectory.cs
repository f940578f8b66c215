using Galley.Content;
using Galley.Storage.Sqlite;

namespace Galley.Tests.Durability;

/// <summary>A directory that is gone when the test is over.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("galley-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The path of a database that is there: a new one where there was none.</summary>
    public string WithDatabase(string name)
    {
        if (!System.IO.File.Exists(File(name)))
        {
            using var database = new SqliteDatabase(File(name));
            database.Open(new Instant(0));
        }

        return File(name);
    }

    /// <summary>Holds these files from now on, and no others.</summary>
    public void Fill(IReadOnlyDictionary<string, byte[]> files)
    {
        foreach (var file in Directory.EnumerateFiles(Path))
            System.IO.File.Delete(file);
        foreach (var (name, bytes) in files)
            System.IO.File.WriteAllBytes(File(name), bytes);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
