using System.Text.Json;
using System.Text.Json.Nodes;
using Galley.Tests.Durability;
using Galley.Tests.Support;

namespace Galley.Tests.Operation;

/// <summary>Articles by the thousand: all that can be taken are, what cannot is named line by line, and doing it again changes nothing.</summary>
public sealed class ImportTests : IDisposable
{
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "Samples", "import.ndjson");

    private readonly TemporaryDirectory _directory = new();

    private string DatabasePath => _directory.File("galley.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_file_is_imported_without_a_server_and_is_unchanged_the_second_time()
    {
        var first = await ImportAsync(Sample, "--create-missing=sections,tags");
        var second = await ImportAsync(Sample, "--create-missing=sections,tags");

        Assert.Equal((0, "lines 6, created 4, updated 0, unchanged 2, deleted 0, failed 0"), (first.ExitCode, first.Out.TrimEnd()));
        Assert.Equal((0, "lines 6, created 0, updated 0, unchanged 6, deleted 0, failed 0"), (second.ExitCode, second.Out.TrimEnd()));
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    [Fact]
    public async Task What_was_imported_is_read_as_it_was_written()
    {
        await ImportAsync(Sample, "--create-missing=sections,tags");
        using var server = await ServerProcess.StartAsync(DatabasePath);
        using var client = server.NewClient();

        var list = await client.GetJsonAsync("/v1/articles");
        var french = await client.GetJsonAsync("/v1/articles/by-path/fr/international/moyen-orient/damas-l-offensive-continue");

        Assert.Equal(["دمشق: الهجوم مستمر", "Damas : « l’offensive » continue"], list.Data().Select(item => item.Text("headline")));
        Assert.Equal(["rtl", "ltr"], list.Data().Select(item => item.Text("direction")));
        Assert.Equal("ar", Assert.Single(french.GetProperty("translations").EnumerateArray()).Text("language"));
        Assert.Equal("draft", (await client.GetJsonAsync("/v1/manage/articles/by-source?source=agency&externalId=draft%201")).Text("state"));
        Assert.Equal("draft", (await client.GetJsonAsync("/v1/manage/articles/by-source?source=desk&externalId=withdrawn")).Text("state"));
    }

    [Fact]
    public async Task What_is_wrong_is_refused_line_by_line_and_the_rest_goes_on()
    {
        var good = ImportLines.Story("good", "Good");
        string[] lines =
        [
            Line(good), "{\"source\":", "[]", """{"source":"wire","externalId":"x","artcle":{}}""", """{"op":"publish","source":"wire","externalId":"x"}""", """{"externalId":"x","article":{}}""",
            """{"source":"Wire","externalId":"x","article":{}}""", """{"source":"wire","article":{}}""", """{"source":"wire","externalId":"x","externalId":"y"}""", """{"op":"delete","source":"wire","externalId":"x","article":{}}""",
            """{"source":"wire","externalId":"bad","article":{"langage":"en"}}""", Line(ImportLines.Story("long", new string('x', 2 * 1024 * 1024))), """{"source":"wire","externalId":5,"article":{}}""",
            """{"source":"wire","externalId":"\ud800","article":{}}""", Line(ImportLines.Story("last", "Last")),
        ];
        var report = _directory.File("report.ndjson");

        var tool = await ImportAsync(Write(lines), $"--report={report}");

        Assert.Equal((1, "lines 15, created 2, updated 0, unchanged 0, deleted 0, failed 13"), (tool.ExitCode, tool.Out.TrimEnd()));
        var refused = File.ReadLines(report).Select(line => JsonDocument.Parse(line).RootElement).OrderBy(line => line.Number("line")).ToList();
        Assert.Equal(Enumerable.Range(2, 13).Select(number => (long)number), refused.Select(line => line.Number("line")));
        Assert.Equal("invalid-json", refused[0].GetProperty("problem").Text("code"));
        Assert.Equal([" wrong-type"], refused[1].GetProperty("problem").Errors());
        Assert.Equal(["/artcle unknown-member", "/article required"], refused[2].GetProperty("problem").Errors());
        Assert.Equal("article", refused[2].GetProperty("problem").GetProperty("errors")[0].Text("suggestion"));
        Assert.Equal(["/op invalid-value"], refused[3].GetProperty("problem").Errors());
        Assert.Equal(["/source required"], refused[4].GetProperty("problem").Errors());
        Assert.Equal(["/source invalid-value"], refused[5].GetProperty("problem").Errors());
        Assert.Equal(["/externalId required"], refused[6].GetProperty("problem").Errors());
        Assert.Equal("invalid-json", refused[7].GetProperty("problem").Text("code"));
        Assert.Equal(["/article unknown-member"], refused[8].GetProperty("problem").Errors());
        Assert.Equal(("bad", 422), (refused[9].Text("externalId"), (int)refused[9].Number("status")));
        Assert.Equal(["/langage unknown-member", "/language required"], refused[9].GetProperty("problem").Errors());
        Assert.Equal(("too-large", 413), (refused[10].GetProperty("problem").Text("code"), (int)refused[10].Number("status")));
        Assert.Equal(["/externalId wrong-type"], refused[11].GetProperty("problem").Errors());
        Assert.Equal(["/externalId bad-character"], refused[12].GetProperty("problem").Errors());
        Assert.Contains("line 11, bad: 422 validation-failed: /langage unknown-member, ", tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_one_article_arrive_in_their_order()
    {
        var file = Write([.. Enumerable.Range(0, 400).Select(i => Line(ImportLines.Story($"story-{i % 4}", $"Take {i}")))]);

        var tool = await ImportAsync(file, "--connections=16");

        Assert.Equal("lines 400, created 4, updated 396, unchanged 0, deleted 0, failed 0", tool.Out.TrimEnd());
        using var server = await ServerProcess.StartAsync(DatabasePath);
        using var client = server.NewClient();
        Assert.Equal(["Take 396", "Take 397", "Take 398", "Take 399"], (await client.GetJsonAsync("/v1/articles")).Data().Select(item => item.Text("headline")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Beside_a_running_server_it_finds_that_server()
    {
        using var server = await ServerProcess.StartAsync(DatabasePath);
        using var client = server.NewClient();

        var byLock = await Executable.RunAsync([("GALLEY_KEY", Newsroom.AdminKey)], "import", Sample, "--create-missing=sections,tags", $"--Galley:Database={DatabasePath}");
        var byUrl = await Executable.RunAsync("import", Sample, "--create-missing=tags,sections", $"--url={server.Address}", "--key", Newsroom.AdminKey);
        var byConfiguration = await Executable.RunAsync("import", $"--Galley:Database={DatabasePath}", Sample, $"--Galley:AdminKey={Newsroom.AdminKey}", "--create-missing=sections,tags");

        Assert.All(new[] { byLock, byUrl, byConfiguration }, tool => Assert.True(tool.ExitCode == 0, tool.Error));
        Assert.Equal(2, (await client.GetJsonAsync("/v1/articles")).Data().Count);
    }

    [Fact]
    public async Task A_running_server_wants_a_key_and_the_right_one()
    {
        using var server = await ServerProcess.StartAsync(DatabasePath);

        var without = await ImportAsync(Sample);
        var wrong = await ImportAsync(Sample, "--key=nobody");

        Assert.Equal((64, "The server that runs asks for a key. Give it with --key, as GALLEY_KEY in the environment, or as Galley:AdminKey in the configuration."), (without.ExitCode, without.Error.TrimEnd()));
        Assert.Equal((77, "lines 0, created 0, updated 0, unchanged 0, deleted 0, failed 0"), (wrong.ExitCode, wrong.Out.TrimEnd()));
        Assert.Contains("401 invalid-credentials: ", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("All lines up to 0 are done. Go on with --skip=0", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_on_where_it_was_told()
    {
        var file = Write([.. Enumerable.Range(1, 5).Select(i => Line(ImportLines.Story($"story-{i}", $"Story {i}")))]);

        Assert.Equal("lines 2, created 2, updated 0, unchanged 0, deleted 0, failed 0", (await ImportAsync(file, "--skip=3")).Out.TrimEnd());
    }

    [Fact]
    public async Task Standard_input_and_a_source_for_all_lines()
    {
        var tool = await Executable.RunWithInputAsync("""{"externalId":"one","article":{"language":"en","headline":"One"}}""", [], "import", "-", "--source=wire", $"--Galley:Database={_directory.WithDatabase("galley.db")}");

        Assert.Equal((0, "lines 1, created 1, updated 0, unchanged 0, deleted 0, failed 0"), (tool.ExitCode, tool.Out.TrimEnd()));
    }

    [Fact]
    public async Task A_website_is_not_taken_for_the_server()
    {
        await using var website = await OtherServer.WebsiteAsync();

        var tool = await Executable.RunAsync("import", Sample, $"--url={website.Address}", "--key=x");

        AssertStopped(tool, 68, $"{website.Address} does not answer as Galley does: ");
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_stops_it_at_the_line()
    {
        // It can be opened for writing, and takes nothing but a number.
        const string Report = "/proc/self/oom_score_adj";

        AssertStopped(await ImportAsync(Write(["[]"]), $"--report={Report}"), 74, $"{Report} cannot be written: ");
        AssertStopped(await ImportAsync(Write(["""{"source":"wire","externalId":"bad","article":{}}"""]), $"--report={Report}"), 74, $"{Report} cannot be written: ");
    }

    [Fact]
    public async Task A_file_that_breaks_off_while_it_is_read_stops_it() => AssertStopped(await ImportAsync("/proc/self/mem"), 66, "/proc/self/mem cannot be read: ");

    private static void AssertStopped(Executable tool, int exitCode, string why)
    {
        Assert.Equal((exitCode, "lines 0, created 0, updated 0, unchanged 0, deleted 0, failed 0"), (tool.ExitCode, tool.Out.TrimEnd()));
        var said = Assert.Single(tool.Error.TrimEnd().Split('\n'));
        Assert.StartsWith(why, said, StringComparison.Ordinal);
        Assert.Contains(" All lines up to 0 are done. Go on with --skip=0, ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, "--create-mising is neither a command nor a setting. Did you mean --create-missing?", "import", "x", "--create-mising=tags")]
    [InlineData(64, "--create-missing is sections, tags, or both: sections,tags.", "import", "x", "--create-missing=all")]
    [InlineData(64, "--connections is 1 to 64.", "import", "x", "--connections=0")]
    [InlineData(64, "Required argument missing for command: 'import'.", "import")]
    [InlineData(66, "/nowhere/x cannot be read: ", "import", "/nowhere/x")]
    [InlineData(74, "/nowhere/r cannot be written: ", "import", "-", "--report=/nowhere/r")]
    [InlineData(64, "--url is not an http or https address: news", "import", "-", "--url=news")]
    public async Task A_mistake_on_the_command_line_is_told_in_one_line(int exitCode, string expected, params string[] arguments)
    {
        var tool = await Executable.RunAsync([.. arguments, $"--Galley:Database={DatabasePath}"]);

        Assert.StartsWith(expected, Assert.Single(tool.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal((exitCode, string.Empty), (tool.ExitCode, tool.Out));
        Assert.False(File.Exists(DatabasePath));
    }

    [Fact]
    public async Task A_setting_and_its_value_are_not_taken_for_the_file()
    {
        var tool = await Executable.RunAsync("import", "--Galley:Database", _directory.WithDatabase("galley.db"), Sample, "--create-missing", "sections,tags");

        Assert.Equal((0, "lines 6, created 4, updated 0, unchanged 2, deleted 0, failed 0"), (tool.ExitCode, tool.Out.TrimEnd()));
    }

    [Fact]
    public async Task Help_lists_the_options()
    {
        var tool = await Executable.RunAsync("import", "--help");

        Assert.Equal((0, string.Empty), (tool.ExitCode, tool.Error));
        foreach (var expected in new[] { "Usage: galley import <file> [options] [settings]", "--source=<source>: ", "--create-missing=<sections,tags>: ", "--connections=<number>: ", "--report=<file>: ", "--skip=<lines>: ", "--url=<address>: ", "--key=<key>: " })
            Assert.Contains(expected, tool.Out, StringComparison.Ordinal);
    }

    private Task<Executable> ImportAsync(string file, params string[] options) => Executable.RunAsync(["import", file, $"--Galley:Database={_directory.WithDatabase("galley.db")}", .. options]);

    private string Write(IEnumerable<string> lines)
    {
        var file = _directory.File("lines.ndjson");
        File.WriteAllLines(file, lines);
        return file;
    }

    private static string Line(JsonObject line) => line.ToJsonString(Json.Options);
}
