using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Galley.Storage.Sqlite;

/// <summary>Puts a copy of a database in the place of a server's own, while no server has it open.</summary>
internal static class DatabaseRestore
{
    // More changes than any server tells of. A token has room for a hundred leaps of one to nine times as many.
    private const long ManyChanges = 1L << 30;

    // What belongs to a database file. Under another name of the file it must have that too, and beside another file it would be taken for that one's.
    private static readonly string[] Parts = ["", "-wal", "-journal"];

    /// <summary>
    /// Restores, or refuses and changes nothing: what is damaged or of a later build, and to overwrite what is there. With <paramref name="aside"/> that is
    /// given this name before.
    /// </summary>
    public static Copied Run(string from, string database, string? aside, CancellationToken cancel)
    {
        using var held = FileLock.Take(database);
        var path = FileLock.RealPathOf(database);
        if (aside is null && Parts.Select(part => path + part).FirstOrDefault(File.Exists) is { } present)
            throw new StartupRefusal(StartupRefusal.CannotWrite, $"{present} is there already, and stays. Restore to another path, or give --overwrite, which puts it aside.");

        using var part = new PartFile(path + ".part");
        DatabaseCopy.Write(from, part.Path, fileSystem: null, CopyPace.Alone, cancel);
        EndTokens(part.Path);
        // What will be served is what was looked through, not what it was copied from.
        var restored = DatabaseCopy.Verify(part.Path, from, cancel);
        if (aside is not null)
            PutAside(path, aside);
        part.Keep(path);
        return restored;
    }

    // Whoever follows the changes may have been told of some that are lost. The numbers of those will be given again, to others: so the log goes on
    // elsewhere, and no token of before leads into it. Elsewhere by chance: the same backup may be restored twice.
    private static void EndTokens(string path)
    {
        var leap = ManyChanges + (4L * RandomNumberGenerator.GetInt32(int.MaxValue));
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        connection.Execute(
            """
            begin;
            update change set seq = seq + @leap;
            update counter set value = value + @leap where name = 'seq';
            update counter set value = (select value from counter where name = 'seq') where name = 'change_floor';
            commit;
            """,
            new { leap });
    }

    private static void PutAside(string path, string aside)
    {
        foreach (var part in Parts.Where(part => File.Exists(path + part)))
            File.Move(path + part, aside + part);

        // It is made anew for whatever file is opened.
        File.Delete(path + "-shm");
        PartFile.FlushDirectory(path);
    }
}
