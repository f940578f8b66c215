using Dapper;
using Galley.Tests.Durability;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Galley.Tests.Operation;

/// <summary>A backup becomes the database, or nothing is changed.</summary>
public sealed class RestoreTests(RestoreTests.Made made) : IClassFixture<RestoreTests.Made>, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string DatabasePath => _directory.File("galley.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_is_served_as_it_was()
    {
        var (exitCode, said) = await RestoreAsync(made.Path);

        Assert.Equal(0, exitCode);
        Assert.StartsWith($"{DatabasePath} holds 1 articles in ", Assert.Single(said.Split('\n')), StringComparison.Ordinal);
        DatabaseInvariants.AssertHold(DatabasePath);
        using var server = await ServerProcess.StartAsync(DatabasePath);
        Assert.Equal("As it was", (await server.SendAsync(HttpMethod.Get, "/v1/articles", null)).Body.GetProperty("data")[0].Text("headline"));
    }

    [Fact]
    public async Task What_is_there_is_not_overwritten_unless_that_is_asked_for_and_kept_then()
    {
        using (var server = await ServerProcess.StartAsync(DatabasePath))
        {
            await server.SendAsync(HttpMethod.Put, "/v1/manage/sources/wire/articles/later", Given.Article().Build());
            server.Kill();
        }

        var before = await File.ReadAllBytesAsync(DatabasePath);
        Assert.Equal((74, $"{DatabasePath} is there already, and stays. Restore to another path, or give --overwrite, which puts it aside."), await RestoreAsync(made.Path));
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabasePath));

        var (exitCode, said) = await RestoreAsync(made.Path, "--overwrite");

        Assert.Equal(0, exitCode);
        var aside = Directory.EnumerateFiles(_directory.Path, "galley.db.before-*").Single(file => !file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.Equal($"What was there before is {aside}. Delete it once nobody needs it.", said.Split('\n')[1]);
        Assert.Equal(["wire/one"], StoredTakes.Read(DatabasePath).Keys);
        // With all that only its log held.
        Assert.Equal(["wire/later"], StoredTakes.Read(aside).Keys);
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    [Fact]
    public async Task A_log_without_its_database_is_not_taken_for_the_backups_own()
    {
        await File.WriteAllTextAsync(DatabasePath + "-wal", "Another's");

        Assert.Equal(74, (await RestoreAsync(made.Path)).ExitCode);
        Assert.Equal(0, (await RestoreAsync(made.Path, "--overwrite")).ExitCode);
        Assert.False(File.Exists(DatabasePath + "-wal"));
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    [Fact]
    public async Task It_is_refused_while_a_server_runs()
    {
        using var server = await ServerProcess.StartAsync(DatabasePath);

        Assert.Equal((75, $"Another process uses {DatabasePath}. Stop it first: one process serves one file."), await RestoreAsync(made.Path, "--overwrite"));
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Get, "/v1/articles", null)).Status);
    }

    [Theory]
    [InlineData("update revision set source_id = 4711", "{0} is damaged: revision 1 lacks its source")]
    [InlineData("pragma application_id = 7", "{0} is not a database of Galley's.")]
    [InlineData("drop table migration", "The database {0} cannot be opened: SQLite Error 1: 'no such table: migration'.")]
    [InlineData("insert into migration values (999, 'later', '', 1)", "The database has schema 999; ")]
    [InlineData("update migration set checksum = 'x' where number = 2", "Migration 0002_readers was applied in another form. ")]
    public async Task What_is_not_a_whole_backup_of_ours_is_refused_and_what_is_there_stays(string damage, string says)
    {
        var backup = made.Copy(_directory, damage);

        await AssertRefusedAsync(backup, says);
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        var backup = made.Copy(_directory, "vacuum");
        Damage.APage(backup);
        await AssertRefusedAsync(backup, "{0} is damaged: ");

        using (var file = File.OpenWrite(made.Copy(_directory, "vacuum")))
            file.SetLength(file.Length / 2);
        await AssertRefusedAsync(backup, "The database {0} cannot be opened: SQLite Error 11: ");

        await File.WriteAllTextAsync(backup, new string('x', 5000));
        await AssertRefusedAsync(backup, "The database {0} cannot be opened: SQLite Error 26: ");

        File.Delete(backup);
        Assert.Equal((66, $"{backup} does not exist."), await RestoreAsync(backup, "--overwrite"));
    }

    [Fact]
    public async Task Whoever_followed_what_is_lost_begins_again_and_misses_nothing()
    {
        string lost;
        await RestoreAsync(made.Path);
        using (var server = await ServerProcess.StartAsync(DatabasePath))
        {
            await PushAsync(server, "lost");
            lost = await NextAsync(server);
        }

        await RestoreAsync(made.Path, "--overwrite");

        // As many changes as the other had seen, and more: its number is given again.
        using var restored = await ServerProcess.StartAsync(DatabasePath);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((410, "resync-required"), await FollowAsync(restored, lost));
            await PushAsync(restored, $"new-{i}");
        }

        Assert.Equal(200, (await FollowAsync(restored, await NextAsync(restored))).Status);
    }

    private async Task AssertRefusedAsync(string backup, string says)
    {
        await File.WriteAllTextAsync(DatabasePath, "What is there");

        var (exitCode, said) = await RestoreAsync(backup, "--overwrite");

        Assert.Equal(65, exitCode);
        Assert.StartsWith(string.Format(System.Globalization.CultureInfo.InvariantCulture, says, backup), Assert.Single(said.Split('\n')), StringComparison.Ordinal);
        Assert.Equal("What is there", await File.ReadAllTextAsync(DatabasePath));
        Assert.Equal(["backup.db", "galley.db", "galley.db.lock"], Directory.EnumerateFiles(_directory.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static async Task PushAsync(ServerProcess server, string externalId) =>
        Assert.Equal(201, (await server.SendAsync(HttpMethod.Put, $"/v1/manage/sources/wire/articles/{externalId}", Given.Article().Build())).Status);

    private static async Task<string> NextAsync(ServerProcess server) => (await server.SendAsync(HttpMethod.Get, "/v1/changes?limit=1000", null)).Text("next");

    private static async Task<(int Status, string? Code)> FollowAsync(ServerProcess server, string token)
    {
        var answer = await server.SendAsync(HttpMethod.Get, $"/v1/changes?since={token}", null);
        return (answer.Status, answer.IsSuccess ? null : answer.Text("code"));
    }

    private async Task<(int ExitCode, string Said)> RestoreAsync(string backup, params string[] options)
    {
        var tool = await Executable.RunAsync(["restore", backup, .. options, $"--Galley:Database={DatabasePath}"]);
        Assert.Empty(tool.Out);
        return (tool.ExitCode, tool.Error.TrimEnd());
    }

    /// <summary>A backup of a server with one article.</summary>
    public sealed class Made : IAsyncLifetime, IDisposable
    {
        private readonly TemporaryDirectory _directory = new();

        public string Path => _directory.File("backup.db");

        public async Task InitializeAsync()
        {
            using var server = await ServerProcess.StartAsync(_directory.File("galley.db"));
            Assert.Equal(201, (await server.SendAsync(HttpMethod.Put, "/v1/manage/sources/wire/articles/one", Given.Article().Headed("As it was").Build())).Status);
            Assert.Equal(0, (await Executable.RunAsync("backup", Path, $"--Galley:Database={_directory.File("galley.db")}")).ExitCode);
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => _directory.Dispose();

        /// <summary>A copy of it after something that the server would never do.</summary>
        internal string Copy(TemporaryDirectory directory, string sql)
        {
            File.Copy(Path, directory.File("backup.db"), overwrite: true);
            using var connection = new SqliteConnection($"Data Source={directory.File("backup.db")};Pooling=False;Foreign Keys=False");
            connection.Open();
            connection.Execute(sql);
            return directory.File("backup.db");
        }
    }
}
