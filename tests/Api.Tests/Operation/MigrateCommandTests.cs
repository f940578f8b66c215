using Galley.Content;
using Galley.Storage.Sqlite;
using Galley.Tests.Durability;
using Microsoft.Data.Sqlite;

namespace Galley.Tests.Operation;

/// <summary>The schema is brought to the newest without serving, and each step is told.</summary>
public sealed class MigrateCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string DatabasePath => _directory.File("galley.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_older_file_is_brought_up_and_a_second_time_has_nothing_to_do()
    {
        using (var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma application_id = 0x47414C4C";
            command.ExecuteNonQuery();
            Migrator.Migrate(connection, new Instant(0), [.. Migrator.Scripts().Take(1)]);
        }

        Assert.Equal((0, string.Join('\n', Migrator.Scripts().Skip(1).Select(script => $"applied {script.Name}")), string.Empty), await MigrateAsync());
        Assert.Equal((0, string.Empty, "The schema is this build's already."), await MigrateAsync());
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    [Fact]
    public async Task A_new_file_is_made_and_that_is_told_first()
    {
        var made = await MigrateAsync();

        Assert.Equal((0, string.Join('\n', Migrator.Scripts().Select(script => $"applied {script.Name}").Prepend($"made {DatabasePath}, which did not exist")), string.Empty), made);
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    [Fact]
    public async Task It_is_refused_while_a_server_runs()
    {
        using var server = await ServerProcess.StartAsync(DatabasePath);

        Assert.Equal((75, string.Empty, $"Another process uses {DatabasePath}. Stop it first: one process serves one file."), await MigrateAsync());
    }

    private async Task<(int ExitCode, string Out, string Error)> MigrateAsync()
    {
        var tool = await Executable.RunAsync("migrate", $"--Galley:Database={DatabasePath}");
        return (tool.ExitCode, tool.Out.TrimEnd(), tool.Error.TrimEnd());
    }
}
