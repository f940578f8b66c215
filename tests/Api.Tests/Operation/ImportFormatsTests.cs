using System.Net;
using System.Net.Sockets;
using System.Text;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Xunit.Abstractions;

namespace Galley.Tests.Operation;

/// <summary>What other systems wrote is imported as it was meant, twice with the same result, and opens nothing but its file.</summary>
public sealed class ImportFormatsTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string DatabasePath => _directory.File("galley.db");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("archive.wxr.xml", 2)]
    [InlineData("feed.rss.xml", 2)]
    [InlineData("feed.atom.xml", 1)]
    [InlineData("feed.json", 1)]
    [InlineData("stories.ninjs.json", 2)]
    public async Task Every_format_is_recognised_and_unchanged_the_second_time(string sample, int articles)
    {
        var first = await ImportAsync(Sample(sample));
        var second = await ImportAsync(Sample(sample));

        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal($"lines {articles}, created {articles}, updated 0, unchanged 0, deleted 0, failed 0", first.Out.TrimEnd());
        Assert.Equal($"lines {articles}, created 0, updated 0, unchanged {articles}, deleted 0, failed 0", second.Out.TrimEnd());
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    [Fact]
    public async Task A_wordpress_post_keeps_its_place_its_author_its_date_and_its_address()
    {
        var report = _directory.File("report.ndjson");
        await ImportAsync(Sample("archive.wxr.xml"), $"--report={report}");
        using var server = await ServerProcess.StartAsync(DatabasePath);
        using var client = server.NewClient();

        var post = await client.GetJsonAsync("/v1/manage/articles/by-source?source=old&externalId=10");
        var draft = await client.GetJsonAsync("/v1/manage/articles/by-source?source=old&externalId=11");

        Assert.Equal(("Ferry & tide", "In short.", "Ada Quay", "2020-01-02T10:00:00Z"), (post.Text("headline"), post.Text("standfirst"), post.Text("byline"), post.Text("publishedAt")));
        Assert.Equal(("news/port-sea", "http://post.example/ferry.jpg", "live"), (post.GetProperty("section").Text("path"), post.GetProperty("leadImage").Text("url"), post.Text("state")));
        Assert.Equal(["First line.", "Second paragraph with stress."], post.GetProperty("body").GetProperty("blocks").EnumerateArray().Select(block => block.Text("text")));
        Assert.Equal("draft", draft.Text("state"));
        Assert.Equal(["12 attachment is no article", "13 page is no article"], File.ReadLines(report).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).Select(line => $"{line.Text("externalId")} {line.Text("skipped")}"));
    }

    [Fact]
    public async Task What_is_hostile_is_refused_in_one_line_and_opens_nothing()
    {
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)canary.LocalEndpoint).Port}/x";
        var secret = Write("secret.txt", "the-canary-sings");
        string[] hostile =
        [
            $"<!DOCTYPE rss [<!ENTITY x SYSTEM \"file://{secret}\">]><rss><channel><item><guid>1</guid><title>&x;</title></item></channel></rss>",
            $"<!DOCTYPE rss SYSTEM \"{address}\"><rss><channel><item><guid>1</guid><title>T</title></item></channel></rss>",
            "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><rss><channel><item><guid>1</guid><title>&b;</title></item></channel></rss>",
            $"<rss><channel><item>{string.Concat(Enumerable.Repeat("<a>", 1_000_000))}",
            $"<rss><channel><item a=\"{new string('x', 20_000_000)}\"/></channel></rss>",
            $"{{\"uri\":\"x\",\"a\":{new string('[', 100_000)}",
            "<html><body>No feed</body></html>",
        ];
        foreach (var text in hostile)
        {
            var tool = await ImportAsync(Write("hostile", text));

            Assert.Equal((66, "lines 0, created 0, updated 0, unchanged 0, deleted 0, failed 0"), (tool.ExitCode, tool.Out.TrimEnd()));
            Assert.Contains("cannot be read: ", Assert.Single(tool.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
            Assert.DoesNotContain("canary", tool.Error, StringComparison.Ordinal);
        }

        Assert.False(canary.Pending());
    }

    [Fact]
    public async Task One_item_that_is_too_large_or_faulty_does_not_stop_the_rest()
    {
        var file = Write("feed", $"<rss><channel><language>en</language><item><guid>big</guid><title>{new string('x', 5_000_000)}</title></item><item><title>No id</title></item><item><guid>odd</guid><title>{new string('y', 600)}</title><pubDate>some day</pubDate><description>a\u0001b</description></item></channel></rss>");
        var report = _directory.File("report.ndjson");

        var tool = await ImportAsync(file, $"--report={report}");

        Assert.Equal((1, "lines 3, created 1, updated 0, unchanged 0, deleted 0, failed 2"), (tool.ExitCode, tool.Out.TrimEnd()));
        Assert.Contains("headline was longer than 500 and is cut", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
        Assert.Contains("some day cannot be read, so it is a draft", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_and_encodings_at_the_beginning_are_understood()
    {
        const string Feed = "<rss><channel><language>fr</language><item><guid>1</guid><title>Été</title></item></channel></rss>";
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var path = _directory.File("encoded");
            await File.WriteAllTextAsync(path, Feed, encoding);
            Assert.Equal(0, (await ImportAsync(path)).ExitCode);
        }
    }

    [Fact]
    public async Task Without_a_source_nothing_is_sent()
    {
        var tool = await Executable.RunAsync("import", Sample("feed.rss.xml"), $"--Galley:Database={DatabasePath}");

        Assert.Equal((64, "The items of such a file name no source. Give one for all of them with --source."), (tool.ExitCode, tool.Error.TrimEnd()));
    }

    [MaterialFact]
    public async Task The_material_gives_the_same_twice()
    {
        foreach (var file in Directory.GetFiles(Material.PathOf("formats", "wxr")).Concat(Directory.GetFiles(Material.PathOf("formats", "ninjs"), "*.json")))
        {
            var first = await ImportAsync(file, "--language=en");
            var second = await ImportAsync(file, "--language=en");

            Assert.True(first.ExitCode is 0 or 1, $"{file}: {first.Error}");
            Assert.Contains("created 0, updated 0, ", second.Out, StringComparison.Ordinal);
        }
    }

    // ANS, NewsML, schemas and licences: none of these is a format that is read, and some look like one.
    [MaterialFact]
    public async Task What_of_the_material_is_in_no_format_that_is_read_leaves_nothing_or_the_same_twice()
    {
        var others = Directory.EnumerateFiles(Material.PathOf("formats"), "*", SearchOption.AllDirectories).Where(file => !file.Contains("/wxr/", StringComparison.Ordinal) && !file.Contains("/ninjs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        foreach (var file in others.Where((_, i) => i % Duration.Of(10, 1) == 0))
        {
            var first = await ImportAsync(file, "--language=en");
            var second = await ImportAsync(file, "--language=en");

            output.WriteLine($"{Path.GetFileName(file)}: {first.ExitCode} {first.Out.TrimEnd()} {first.Error.Split('\n')[0]}");
            Assert.True(first.ExitCode is 0 or 1 or 66 && second.ExitCode == first.ExitCode, $"{file}: {first.ExitCode} {first.Error}, then {second.ExitCode} {second.Error}");
            Assert.Contains("created 0, updated 0, ", second.Out, StringComparison.Ordinal);
        }

        DatabaseInvariants.AssertHold(DatabasePath);
    }

    private static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "Samples", name);

    private string Write(string name, string text)
    {
        var path = _directory.File(name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<Executable> ImportAsync(string file, params string[] options) =>
        Executable.RunAsync(["import", file, "--source=old", "--create-missing=sections,tags", $"--Galley:Database={_directory.WithDatabase("galley.db")}", .. options]);
}
