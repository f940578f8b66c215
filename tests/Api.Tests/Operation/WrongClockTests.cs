using Galley.Tests.Durability;
using Microsoft.Data.Sqlite;

namespace Galley.Tests.Operation;

/// <summary>Who starts the server over a file that was written under a wrong clock is told what that means.</summary>
public sealed class WrongClockTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(-60, false)]
    [InlineData(4, false)]
    [InlineData(6, true)]
    [InlineData(60 * 24 * 365, true)]
    public async Task Is_told_when_the_last_write_is_minutes_ahead_of_the_system_clock(int minutes, bool isTold)
    {
        var path = _directory.File("galley.db");
        using (await ServerProcess.StartAsync(path))
        {
        }

        var last = DateTimeOffset.UtcNow.AddMinutes(minutes);
        Write(path, last);
        using var server = await ServerProcess.StartAsync(path);

        Assert.Equal(isTold ? 1 : 0, server.Errors.Split("The database was last written at ").Length - 1);
        if (isTold)
        {
            Assert.Contains($"{last.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}", server.Errors, StringComparison.Ordinal);
            Assert.Contains("warn: Galley.Storage.Writer", server.Errors, StringComparison.Ordinal);
        }
    }

    private static void Write(string path, DateTimeOffset last)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"update counter set value = {last.ToUnixTimeMilliseconds()} where name = 'last_now'";
        command.ExecuteNonQuery();
    }
}
