using Dapper;
using Galley.Content;
using Galley.Storage.Sqlite;
using Galley.Tests.Durability;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Galley.Tests.Operation;

/// <summary>A backup is one file that holds everything, and the database it is made of is not touched.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string DatabasePath => _directory.File("galley.db");

    private string Copy => _directory.File("copies/copy.db");

    public BackupTests() => Directory.CreateDirectory(_directory.File("copies"));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Beside_a_running_server_it_is_whole_and_needs_no_file_beside_it()
    {
        using var server = await ServerProcess.StartAsync(DatabasePath);
        await server.SendAsync(HttpMethod.Put, "/v1/manage/sources/wire/articles/one", Given.Article().Build());

        var (exitCode, said) = await BackUpAsync();

        Assert.Equal(0, exitCode);
        Assert.Matches($"^{Copy} holds 1 articles in [0-9]+ bytes, last written at [-0-9T:.]+Z\\.$", said);
        Assert.Equal([Copy], Directory.EnumerateFiles(_directory.File("copies")));
        DatabaseInvariants.AssertHold(Copy);
        // Looking at it leaves nothing there either.
        Assert.Equal([Copy], Directory.EnumerateFiles(_directory.File("copies")));
        Assert.Equal(["wire/one"], StoredTakes.Read(Copy).Keys);
    }

    [Fact]
    public async Task Of_a_server_that_was_killed_it_has_what_only_the_log_holds_and_changes_neither()
    {
        using (var server = await ServerProcess.StartAsync(DatabasePath))
        {
            // The first write after a start empties the log of what an earlier server left in it.
            for (var take = 0; take < 2; take++)
                await server.SendAsync(HttpMethod.Put, "/v1/manage/sources/wire/articles/one", Given.Article().Build());
            server.Kill();
        }

        var before = (await File.ReadAllBytesAsync(DatabasePath), await File.ReadAllBytesAsync(DatabasePath + "-wal"));
        Assert.NotEmpty(before.Item2);

        Assert.Equal(0, (await BackUpAsync()).ExitCode);

        Assert.Equal(before.Item1, await File.ReadAllBytesAsync(DatabasePath));
        Assert.Equal(before.Item2, await File.ReadAllBytesAsync(DatabasePath + "-wal"));
        Assert.Equal(["wire/one"], StoredTakes.Read(Copy).Keys);
    }

    [Fact]
    public async Task Nothing_is_overwritten_and_least_of_all_the_database()
    {
        await MigrateAsync();
        await File.WriteAllTextAsync(Copy, "Somebody's");

        Assert.Equal((74, $"{Copy} is there already, and stays. Name another file."), await BackUpAsync());
        Assert.Equal((74, $"{DatabasePath} is there already, and stays. Name another file."), await BackUpAsync(DatabasePath));
        Assert.Equal("Somebody's", await File.ReadAllTextAsync(Copy));
    }

    [Fact]
    public async Task One_of_an_earlier_build_is_made_before_the_database_is_brought_up()
    {
        using (var connection = Open(DatabasePath, "pragma application_id = 0x47414C4C"))
            Migrator.Migrate(connection, new Instant(1), [.. Migrator.Scripts().Take(2)]);

        Assert.Equal(0, (await BackUpAsync()).ExitCode);
        using var copy = Open(Copy, "select 1");
        Assert.Equal(2, copy.ExecuteScalar<long>("select max(number) from migration"));
    }

    [Fact]
    public async Task Of_a_damaged_database_none_is_made()
    {
        await MigrateAsync();
        Open(DatabasePath, "update counter set value = 1; insert into article_key (source_id, external_id, article_id) values (4711, 'x', 4711)").Dispose();
        var (exitCode, said) = await BackUpAsync();
        Assert.Equal(65, exitCode);
        Assert.StartsWith($"{DatabasePath} is damaged: article_key ", said, StringComparison.Ordinal);

        Damage.APage(DatabasePath);
        (exitCode, said) = await BackUpAsync();
        Assert.Equal(65, exitCode);
        Assert.StartsWith($"{DatabasePath} is damaged: ", said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_directory.File("copies")));
    }

    [Fact]
    public async Task What_is_none_of_ours_or_of_a_later_build_is_refused()
    {
        Assert.Equal((66, $"The database {DatabasePath} does not exist. Set Galley:Database to its path."), await BackUpAsync());

        await File.WriteAllTextAsync(DatabasePath, new string('x', 5000));
        Assert.Equal((65, $"The database {DatabasePath} cannot be opened: SQLite Error 26: 'file is not a database'."), await BackUpAsync());

        File.Delete(DatabasePath);
        Open(DatabasePath, "create table other (id integer)").Dispose();
        Assert.Equal((65, $"{DatabasePath} is not a database of Galley's."), await BackUpAsync());

        File.Delete(DatabasePath);
        await MigrateAsync();
        Open(DatabasePath, "insert into migration values (999, 'later', '', 1)").Dispose();
        Assert.Equal((65, $"The database has schema 999; this build knows up to {Migrator.Scripts().Count}. Take a newer build."), await BackUpAsync());
        Assert.Empty(Directory.EnumerateFiles(_directory.File("copies")));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_that_is_told()
    {
        await MigrateAsync();

        var (exitCode, said) = await BackUpAsync(_directory.File("nowhere/copy.db"));

        Assert.Equal(74, exitCode);
        Assert.StartsWith($"{_directory.File("nowhere/copy.db")} cannot be written: ", Assert.Single(said.Split('\n')), StringComparison.Ordinal);
    }

    private Task MigrateAsync() => Executable.RunAsync("migrate", $"--Galley:Database={DatabasePath}");

    private async Task<(int ExitCode, string Said)> BackUpAsync(string? to = null)
    {
        var tool = await Executable.RunAsync("backup", to ?? Copy, $"--Galley:Database={DatabasePath}");
        Assert.Empty(tool.Out);
        return (tool.ExitCode, tool.Error.TrimEnd());
    }

    private static SqliteConnection Open(string path, string sql)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False;Foreign Keys=False");
        connection.Open();
        connection.Execute(sql);
        return connection;
    }
}

/// <summary>What disks do to files.</summary>
internal static class Damage
{
    /// <summary>Writes over a page in the middle of a file that no process has open.</summary>
    public static void APage(string path)
    {
        using var file = File.OpenWrite(path);
        file.Position = 4096 * (file.Length / 4096 / 2);
        file.Write(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
    }
}
