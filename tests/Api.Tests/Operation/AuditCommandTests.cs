using System.Text.Json;
using Galley.Tests.Durability;
using Galley.Tests.Support;

namespace Galley.Tests.Operation;

/// <summary>Who wrote what is told from the command line, a line each, beside a running server too.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Database => $"--Galley:Database={_directory.File("galley.db")}";

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Each_write_is_a_line_the_oldest_first()
    {
        using var server = await ServerProcess.StartAsync(_directory.File("galley.db"));
        using var admin = server.NewClient();
        var made = await admin.PostAsync("/v1/manage/keys", Json.Body(new { label = "The wire", scopes = new[] { "content:write", "content:publish" } })).AnsweredAsync(201);
        using var wire = server.NewClient();
        wire.DefaultRequestHeaders.Authorization = new("Bearer", made.Text("key"));
        var pushed = await wire.PushAsync(Given.Article(), query: string.Empty).AnsweredAsync(201);
        var between = await WaitAsync(pushed);
        await wire.UnpublishAsync(pushed.Text("id")).AnsweredAsync(200);

        var lines = await AuditAsync();

        Assert.Equal(["CreateKey created", "PushArticle created", "UnpublishArticle updated"], lines.Select(Told));
        Assert.Equal([1L, 2, 3], lines.Select(line => line.Number("number")));
        Assert.Equal(
            ["number", "at", "key", "label", "operation", "outcome", "kind", "name", "source", "externalId", "fromRevision", "toRevision", "traceId", "hash"],
            lines[2].Members());
        Assert.Equal((made.Text("id"), "The wire", pushed.Text("id"), 1, 2), (lines[2].Text("key"), lines[2].Text("label"), lines[2].Text("name"), lines[2].Number("fromRevision"), lines[2].Number("toRevision")));
        Assert.Equal("admin", lines[0].Text("key"));
        Assert.Equal(["UnpublishArticle updated"], (await AuditAsync("--limit=1")).Select(Told));
        Assert.Equal(["UnpublishArticle updated"], (await AuditAsync($"--since={between}")).Select(Told));
        Assert.Equal(["PushArticle created", "UnpublishArticle updated"], (await AuditAsync("--since=2020-01-01T00:00:00Z", "--limit=2")).Select(Told));
        Assert.Empty(await AuditAsync("--since=2200-01-01T00:00:00Z"));
    }

    [Fact]
    public async Task The_key_that_a_server_makes_at_its_first_start_is_told_too()
    {
        using (var server = Executable.Start([], "--urls=http://127.0.0.1:0", Database, "--Galley:PublicUrl=https://news.example.org", "--Logging:LogLevel:Default=None"))
        {
            Assert.StartsWith("Admin key, shown only this once: ", await server.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
            server.Kill();
            await server.WaitForExitAsync();
        }

        var line = Assert.Single(await AuditAsync());

        Assert.Equal(("start", "FirstKey created", "key"), (line.Text("key"), Told(line), line.Text("kind")));
        Assert.False(line.Has("traceId"));
    }

    [Theory]
    [InlineData("--since is an instant with its offset, such as 2026-01-15T09:00:00Z, not yesterday.", "--since=yesterday")]
    [InlineData("--limit is a whole number from 1 on.", "--limit=0")]
    public async Task What_is_no_instant_or_number_is_refused(string line, string argument)
    {
        var tool = await Executable.RunAsync("audit", argument, Database);

        Assert.Equal((64, line), (tool.ExitCode, tool.Error.TrimEnd()));
    }

    [Fact]
    public async Task What_is_no_database_is_refused()
    {
        var path = _directory.File("galley.db");
        Assert.Equal((66, $"{path} does not exist."), await RefusedAsync());

        await File.WriteAllTextAsync(path, new string('x', 5000));
        Assert.Equal((65, $"The database {path} cannot be read: SQLite Error 26: 'file is not a database'."), await RefusedAsync());
    }

    private static string Told(JsonElement line) => $"{line.Text("operation")} {line.Text("outcome")}";

    // Until the server's clock has gone on.
    private static async Task<string> WaitAsync(JsonElement pushed)
    {
        await Task.Delay(20);
        return DateTimeOffset.Parse(pushed.Text("modifiedAt"), System.Globalization.CultureInfo.InvariantCulture).AddMilliseconds(1).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<List<JsonElement>> AuditAsync(params string[] options)
    {
        var tool = await Executable.RunAsync(["audit", Database, .. options]);
        Assert.Equal((0, string.Empty), (tool.ExitCode, tool.Error));
        return [.. tool.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    private async Task<(int ExitCode, string Said)> RefusedAsync()
    {
        var tool = await Executable.RunAsync("audit", Database);
        Assert.Empty(tool.Out);
        return (tool.ExitCode, tool.Error.TrimEnd());
    }
}
