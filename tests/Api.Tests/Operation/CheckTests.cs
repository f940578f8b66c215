using Dapper;
using Galley.Content;
using Galley.Storage.Sqlite;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Galley.Tests.Operation;

/// <summary>The check says what is wrong with a file, and touches nothing. What it finds is tested with the invariants themselves.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string DatabasePath => _directory.File("galley.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_sound_file_is_so_beside_a_running_server_too()
    {
        using var server = await ServerProcess.StartAsync(DatabasePath);
        await server.SendAsync(HttpMethod.Put, "/v1/manage/sources/wire/articles/one", Given.Article().Build());

        Assert.Equal((0, string.Empty, $"{DatabasePath} is sound."), await CheckAsync());
    }

    [Fact]
    public async Task Each_fault_has_its_line()
    {
        using (var server = await ServerProcess.StartAsync(DatabasePath))
            await server.SendAsync(HttpMethod.Put, "/v1/manage/sources/wire/articles/one", Given.Article().Build());
        Run("delete from card; delete from listing where scope = 0; update counter set value = 0 where name = 'id'");
        var before = await File.ReadAllBytesAsync(DatabasePath);

        var (exitCode, found, said) = await CheckAsync();

        Assert.Equal((65, string.Empty), (exitCode, said));
        Assert.Equal(
            ["an edition has its card, and a card its edition", "lists are what the editions say", "the counter of ids is not behind"],
            found.Split('\n').Select(line => line.Split(": ")[0]).Order(StringComparer.Ordinal));
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabasePath));
    }

    [Fact]
    public async Task A_schema_of_another_build_is_refused()
    {
        await Executable.RunAsync("migrate", $"--Galley:Database={DatabasePath}");
        Run("update migration set checksum = 'x' where number = 1");

        Assert.Equal((65, string.Empty, "Migration 0001_newsroom was applied in another form. The database belongs to another build."), await CheckAsync());
    }

    [Fact]
    public async Task What_keeps_it_from_being_read_is_no_fault_of_the_file()
    {
        await Executable.RunAsync("migrate", $"--Galley:Database={DatabasePath}");

        using (Open("pragma locking_mode = exclusive; begin exclusive"))
            Assert.Equal((75, string.Empty, $"The database {DatabasePath} cannot be opened: SQLite Error 5: 'database is locked'."), await CheckAsync());

        foreach (var beside in new[] { "-wal", "-shm" })
            File.Delete(DatabasePath + beside);
        Directory.CreateDirectory(DatabasePath + "-wal");
        Assert.Equal((66, string.Empty, $"The database {DatabasePath} cannot be opened: SQLite Error 14: 'unable to open database file'."), await CheckAsync());
    }

    [Fact]
    public async Task A_file_that_is_none_of_ours_is_refused()
    {
        Run("create table other (id integer)");

        Assert.Equal((65, string.Empty, $"{DatabasePath} is not a database of Galley's."), await CheckAsync());
    }

    [Fact]
    public async Task An_older_schema_is_told_what_to_do_and_a_newer_one_too()
    {
        var newest = Migrator.Scripts().Count;
        using (var connection = Open("pragma application_id = 0x47414C4C"))
            Migrator.Migrate(connection, new Instant(1), [.. Migrator.Scripts().Take(1)]);
        Assert.Equal((65, string.Empty, $"The database has schema 1; this build checks {newest}. Bring it there with galley migrate."), await CheckAsync());

        Run("insert into migration values (999, 'later', '', 1)");
        Assert.Equal((65, string.Empty, $"The database has schema 999; this build knows up to {newest}. Take a newer build."), await CheckAsync());
    }

    [Fact]
    public async Task A_file_that_is_no_database_or_not_there_is_not_made()
    {
        Assert.Equal((66, string.Empty, $"{DatabasePath} does not exist."), await CheckAsync());

        await File.WriteAllTextAsync(DatabasePath, new string('x', 5000));
        Assert.Equal((65, "the file is sound: SQLite Error 26: 'file is not a database'.", string.Empty), await CheckAsync());
    }

    private async Task<(int ExitCode, string Out, string Error)> CheckAsync()
    {
        var tool = await Executable.RunAsync("check", $"--Galley:Database={DatabasePath}");
        return (tool.ExitCode, tool.Out.TrimEnd(), tool.Error.TrimEnd());
    }

    private void Run(string sql) => Open(sql).Dispose();

    private SqliteConnection Open(string sql)
    {
        var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False;Foreign Keys=False");
        connection.Open();
        connection.Execute(sql);
        return connection;
    }
}
