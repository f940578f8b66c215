using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Galley.Storage;
using Galley.Tests.Durability;
using Galley.Tests.Manage.Bulk;
using Galley.Tests.Support;
using Galley.Tool;
using Microsoft.AspNetCore.Http;

namespace Galley.Tests.Operation;

/// <summary>What one server exports another imports: nothing is lost on the way, and nobody sees what was withdrawn.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string First => _directory.File("first.db");

    private string Second => _directory.File("second.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_empty_server_has_the_same_afterwards_and_is_unchanged_by_a_second_time()
    {
        using (var server = await ServerProcess.StartAsync(First))
        using (var client = server.NewClient())
            await FillAsync(client);
        var (exported, again) = (_directory.File("first.ndjson"), _directory.File("second.ndjson"));

        var export = await Executable.RunAsync("export", exported, $"--Galley:Database={First}");
        var import = await ImportAsync(exported);
        var repeated = await ImportAsync(exported);
        await Executable.RunAsync("export", again, $"--Galley:Database={Second}");

        Assert.Equal((0, string.Empty, "5 articles."), (export.ExitCode, export.Out, export.Error.TrimEnd()));
        Assert.Equal((0, "lines 7, created 5, updated 1, unchanged 1, deleted 0, failed 0"), (import.ExitCode, import.Out.TrimEnd()));
        // Where readers have one state and the newsroom another, each push brings its own back; readers notice nothing.
        Assert.Equal((0, "lines 7, created 0, updated 2, unchanged 5, deleted 0, failed 0"), (repeated.ExitCode, repeated.Out.TrimEnd()));
        Assert.Equal(Contents(exported), Contents(again));
        DatabaseInvariants.AssertHold(Second);
    }

    [Theory]
    [InlineData("export")]
    [InlineData("keys", "list")]
    [InlineData("keys", "revoke", "nobody")]
    [InlineData("keys", "create", "--scopes=ops")]
    [InlineData("import", "-")]
    public async Task A_file_that_does_not_exist_is_not_made_and_not_taken_for_an_empty_one(params string[] command)
    {
        var refused = await Executable.RunAsync([.. command, $"--Galley:Database={First}"]);

        Assert.Equal((StartupRefusal.CannotOpen, string.Empty), (refused.ExitCode, refused.Out));
        Assert.StartsWith($"The database {First} does not exist. ", Assert.Single(refused.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_directory.Path));
    }

    [Fact]
    public async Task A_key_that_the_file_does_not_know_is_not_needed_while_no_server_runs()
    {
        using (var server = await ServerProcess.StartAsync(First))
        using (var client = server.NewClient())
            await FillAsync(client);

        Assert.Equal(0, (await Executable.RunAsync("export", _directory.File("first.ndjson"), "--key=a-key-of-the-server-that-is-down-0123456789", $"--Galley:Database={First}")).ExitCode);
    }

    [Fact]
    public async Task Readers_see_the_same_and_have_never_seen_what_was_withdrawn()
    {
        List<string> before;
        using (var server = await ServerProcess.StartAsync(First))
        using (var client = server.NewClient())
        {
            await FillAsync(client);
            before = [.. (await client.WalkAsync("/v1/articles")).Select(WithoutIds)];
        }

        await Executable.RunAsync("export", _directory.File("first.ndjson"), $"--Galley:Database={First}");
        await ImportAsync(_directory.File("first.ndjson"));

        using var copy = await ServerProcess.StartAsync(Second);
        using var reader = copy.NewClient();
        Assert.Equal(before, (await reader.WalkAsync("/v1/articles")).Select(WithoutIds));
        var withdrawn = await reader.GetJsonAsync("/v1/manage/articles/by-source?source=wire&externalId=withdrawn");
        Assert.Equal(("draft", 0), (withdrawn.Text("state"), withdrawn.Number("version")));
    }

    [Fact]
    public async Task It_is_written_beside_a_running_server_too_and_to_standard_output()
    {
        using var server = await ServerProcess.StartAsync(First);
        using var client = server.NewClient();
        await FillAsync(client);

        var toOut = await Executable.RunAsync("export", $"--Galley:Database={First}", $"--Galley:AdminKey={Newsroom.AdminKey}");
        var toFile = await Executable.RunAsync("export", _directory.File("x.ndjson"), $"--url={server.Address}", $"--key={Newsroom.AdminKey}");

        Assert.Equal((0, 0), (toOut.ExitCode, toFile.ExitCode));
        Assert.Equal(toOut.Out, await File.ReadAllTextAsync(_directory.File("x.ndjson")));
        Assert.Contains("\n{\"end\":true,\"articles\":5,\"next\":\"", toOut.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.File("x.ndjson.part")));
    }

    [Fact]
    public async Task Why_it_cannot_be_written_is_told_in_one_line()
    {
        using var server = await ServerProcess.StartAsync(First);
        using var client = server.NewClient();
        var made = await (await client.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:write" } }))).JsonAsync();

        var powerless = await Executable.RunAsync("export", $"--url={server.Address}", $"--key={made.Text("key")}");
        var nowhere = await Executable.RunAsync("export", "/nowhere/x", $"--url={server.Address}", $"--key={Newsroom.AdminKey}");
        var nobody = await Executable.RunAsync("export", "--url=http://127.0.0.1:1", "--key=x");

        Assert.Equal((77, string.Empty), (powerless.ExitCode, powerless.Out));
        Assert.StartsWith("403 insufficient-scope: ", Assert.Single(powerless.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(74, nowhere.ExitCode);
        Assert.StartsWith("/nowhere/x cannot be written: ", Assert.Single(nowhere.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(68, nobody.ExitCode);
        Assert.StartsWith("http://127.0.0.1:1 does not answer: ", Assert.Single(nobody.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_the_server_s_and_leaves_no_file()
    {
        await using var server = await OtherServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{\"op\":\"put\"}\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(500);
            context.Abort();
        });

        var toFile = await Executable.RunAsync("export", _directory.File("x.ndjson"), $"--url={server.Address}", "--key=x");
        var toOut = await Executable.RunAsync("export", $"--url={server.Address}", "--key=x");

        Assert.Equal((68, 68), (toFile.ExitCode, toOut.ExitCode));
        Assert.All([toFile, toOut], tool => Assert.StartsWith($"{server.Address} does not answer: ", Assert.Single(tool.Error.TrimEnd().Split('\n')), StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(_directory.Path));
    }

    [Fact]
    public async Task What_was_cut_goes_on_where_it_was_and_is_the_same_file_then()
    {
        using var server = await ServerProcess.StartAsync(First);
        using var client = server.NewClient();
        await client.BulkAsync([.. Enumerable.Range(0, 250).Select(_ => BulkRequests.Put(Given.Article()))]);
        string[] export = ["export", _directory.File("x.ndjson"), $"--url={server.Address}", $"--key={Newsroom.AdminKey}"];
        await Executable.RunAsync(export);
        var whole = await File.ReadAllBytesAsync(_directory.File("x.ndjson"));
        var cursor = whole.AsSpan().IndexOf("{\"cursor\":"u8);
        Assert.True(cursor > 0);

        // Before any place to go on from, in the midst of such a line, at its end, behind it, and with nothing left.
        foreach (var cut in new[] { cursor, cursor + 20, cursor + whole.AsSpan(cursor).IndexOf((byte)'\n') + 1, whole.Length - 3, 0 })
        {
            File.Delete(_directory.File("x.ndjson"));
            await File.WriteAllBytesAsync(_directory.File("x.ndjson.part"), whole[..cut]);

            var resumed = await Executable.RunAsync([.. export, "--resume"]);

            Assert.Equal((0, "250 articles."), (resumed.ExitCode, resumed.Error.TrimEnd()));
            Assert.Equal(whole, await File.ReadAllBytesAsync(_directory.File("x.ndjson")));
            Assert.False(File.Exists(_directory.File("x.ndjson.part")));
        }
    }

    [Fact]
    public async Task What_can_be_gone_on_from_is_left_where_the_connection_breaks()
    {
        await using var server = await OtherServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{\"op\":\"put\"}\n{\"cursor\":\"abc\"}\n{\"op\":");
            await context.Response.Body.FlushAsync();
            await Task.Delay(500);
            context.Abort();
        });

        var tool = await Executable.RunAsync("export", _directory.File("x.ndjson"), $"--url={server.Address}", "--key=x");

        Assert.Equal(68, tool.ExitCode);
        Assert.StartsWith($"{_directory.File("x.ndjson.part")} keeps what has come. ", tool.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.File("x.ndjson")));
        Assert.Equal(64, (await Executable.RunAsync("export", "--resume", $"--url={server.Address}", "--key=x")).ExitCode);
    }

    [Fact]
    public async Task Whoever_reads_only_the_beginning_of_standard_output_is_told_that_it_is_not_all()
    {
        await using var server = await OtherServer.StartAsync(async context =>
        {
            for (var i = 0; i < 100; i++)
                await context.Response.WriteAsync(new string('x', 10_000));
            await context.Response.WriteAsync("\n{\"end\":true,\"articles\":1}\n");
        });
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "{ dotnet \"$0\" export --url=\"$1\" --key=x; echo $? >&2; } | head -c 1 >/dev/null", Executable.Assembly, server.Address]) { RedirectStandardError = true })!;
        var said = (await shell.StandardError.ReadToEndAsync()).TrimEnd().Split('\n');
        await shell.WaitForExitAsync();

        Assert.Equal(2, said.Length);
        Assert.StartsWith("Standard output cannot be written: ", said[0], StringComparison.Ordinal);
        Assert.Equal("74", said[1]);
    }

    [Fact]
    public async Task Standard_output_that_cannot_be_written_is_told_in_one_line()
    {
        await Executable.RunAsync("migrate", $"--Galley:Database={First}");
        using var tool = Process.Start(new ProcessStartInfo("sh", ["-c", "exec dotnet \"$0\" export \"$1\" 1< /dev/null", Executable.Assembly, $"--Galley:Database={First}"]) { RedirectStandardError = true })!;
        var said = await tool.StandardError.ReadToEndAsync();
        await tool.WaitForExitAsync();

        Assert.Equal(74, tool.ExitCode);
        Assert.StartsWith("Standard output cannot be written: ", Assert.Single(said.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_not_a_user_who_stops_it()
    {
        var refusal = await Assert.ThrowsAsync<StartupRefusal>(() => ServerCommand.RunAsync([], new ServerChoice("http://127.0.0.1:1", "x"), (_, _) => throw new TaskCanceledException("Too late.")));

        Assert.Equal((68, "http://127.0.0.1:1 does not answer: Too late."), (refusal.ExitCode, refusal.Message));
    }

    private async Task<Executable> ImportAsync(string file) => await Executable.RunAsync("import", file, "--create-missing=sections,tags", $"--Galley:Database={_directory.WithDatabase("second.db")}", "--connections=1");

    // One of each: live, with everything in it; live with a newer draft; draft; scheduled; withdrawn.
    private static async Task FillAsync(HttpClient client)
    {
        await PutAsync(client, "rich", Rich.Article(new TestClock()).Without("breakingUntil").Build());
        await PutAsync(client, "changed", Given.Article().Headed("What readers see").Build());
        await PutAsync(client, "changed", Given.Article().Headed("What they do not").AsDraft().Build());
        await PutAsync(client, "draft", Given.Article().AsDraft().Build());
        await PutAsync(client, "scheduled", Given.Article().With("publishedAt", "2199-01-01T00:00:00Z").Build());
        await PutAsync(client, "withdrawn", Given.Article().Build());
        await client.PostAsync("/v1/manage/sources/wire/unpublish", Json.Body(new { externalId = "withdrawn" })).AnsweredAsync(200);
    }

    private static async Task PutAsync(HttpClient client, string externalId, object article)
    {
        var response = await client.PutAsync($"/v1/manage/sources/wire/articles/{externalId}?createMissing=sections,tags", Json.Body(article));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    // What was withdrawn has not been seen in the copy, and needs no withdrawing there.
    private static IEnumerable<string> Contents(string file) => File.ReadLines(file).Where(line => !line.Contains("\"unpublish\"", StringComparison.Ordinal) && !line.StartsWith("{\"end\"", StringComparison.Ordinal));

    private static string WithoutIds(JsonElement item)
    {
        var node = JsonNode.Parse(item.GetRawText())!.AsObject();
        foreach (var own in new[] { "id", "updatedAt", "version" })
            node.Remove(own);

        return node.ToJsonString(Json.Options);
    }
}
