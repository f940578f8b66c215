using Microsoft.Data.Sqlite;

namespace Galley.Tests.Durability;

/// <summary>What the server will not serve: it says so in one line, leaves the file as it is, and ends with a code that tells.</summary>
public sealed class StartupRefusalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Database => _directory.File("galley.db");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("create table invoice (id integer)")]
    [InlineData("pragma application_id = 252006674")]
    [InlineData("pragma journal_mode = wal; create table invoice (id integer); pragma application_id = 252006674")]
    public async Task Refuses_a_database_of_another_application_and_leaves_it_alone(string made)
    {
        Run(made);
        var before = await File.ReadAllBytesAsync(Database);

        await AssertRefusesAsync(65, $"{Database} is a SQLite database, but not one of Galley's. Set Galley:Database to another path.");

        Assert.Equal(before, await File.ReadAllBytesAsync(Database));
    }

    [Fact]
    public async Task Refuses_a_file_that_is_no_database()
    {
        await File.WriteAllTextAsync(Database, string.Concat(Enumerable.Repeat("Dear diary. ", 1_000)));

        await AssertRefusesAsync(65, $"The database {Database} cannot be opened: SQLite Error 26: 'file is not a database'.");
    }

    [Fact]
    public async Task Refuses_a_newer_schema()
    {
        await MakeAsync();
        Run("insert into migration (number, name, checksum, applied_at) values (99, 'future', '', 0)");

        await AssertRefusesAsync(65, "The database has schema 99; this build knows up to");
    }

    [Fact]
    public async Task Refuses_a_schema_that_another_build_made()
    {
        await MakeAsync();
        Run("update migration set checksum = 'other' where number = 1");

        await AssertRefusesAsync(65, "Migration 0001_newsroom was applied in another form. The database belongs to another build.");
    }

    [Fact]
    public async Task Refuses_a_directory_that_does_not_exist()
    {
        var path = Path.Combine(_directory.Path, "missing", "galley.db");

        await AssertRefusesAsync(66, $"The directory of {path} does not exist. Make it, or set Galley:Database to another path.", path);
    }

    [Fact]
    public async Task Refuses_a_path_that_is_a_directory() => await AssertRefusesAsync(66, $"The database {_directory.Path} cannot be opened", _directory.Path);

    [Fact]
    public async Task Does_not_blame_another_process_for_a_path_that_cannot_be()
    {
        var path = _directory.File(new string('g', 300));

        await AssertRefusesAsync(66, $"{path} cannot be opened: ", path);
    }

    [Fact]
    public async Task Refuses_a_directory_that_may_not_be_written()
    {
        // An administrator may write everywhere: there is nothing to see then.
        if (Environment.UserName == "root" || OperatingSystem.IsWindows())
            return;

        File.SetUnixFileMode(_directory.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await AssertRefusesAsync(66, $"{Database} may not be written. Set Galley:Database to another path, or give this user the right.");
    }

    private async Task AssertRefusesAsync(int exitCode, string message, string? path = null)
    {
        var refusal = await ServerProcess.RefuseAsync(path ?? Database, "--Logging:LogLevel:Default=None");

        var line = Assert.Single(refusal.Said.TrimEnd().Split('\n'));
        Assert.StartsWith(message, line, StringComparison.Ordinal);
        Assert.Equal(exitCode, refusal.ExitCode);
    }

    private async Task MakeAsync()
    {
        using var server = await ServerProcess.StartAsync(Database);
        server.AskToStop();
        Assert.Equal(0, await server.ExitAsync());
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
