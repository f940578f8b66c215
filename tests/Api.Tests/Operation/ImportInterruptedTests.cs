using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Galley.Tests.Durability;
using Galley.Tests.Support;

namespace Galley.Tests.Operation;

/// <summary>An import that is stopped, or whose server dies, ends complete and with nothing twice once it is run again.</summary>
public sealed partial class ImportInterruptedTests : IDisposable
{
    private const int Stories = 3_000;
    // Whoever runs in the background never hears the signal of the keyboard.
    private const int Terminate = 15;

    private readonly TemporaryDirectory _directory = new();

    private string DatabasePath => _directory.File("galley.db");

    private string Lines => _directory.File("lines.ndjson");

    private string[] Import => ["import", Lines, $"--Galley:Database={DatabasePath}", $"--Galley:AdminKey={Newsroom.AdminKey}"];

    public ImportInterruptedTests() => File.WriteAllText(Lines, ImportLines.Text(Enumerable.Range(1, Stories).Select(i => ImportLines.Story($"story-{i}", $"Story {i}"))));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_user_who_stops_it_is_told_how_to_go_on()
    {
        using var server = await ServerProcess.StartAsync(DatabasePath);
        // Its input has no end: it cannot be done before it hears the signal, and waits for more perhaps.
        using var tool = Executable.Start([], ["import", "-", .. Import[2..]]);
        var feeding = FeedAsync(tool, Stories - 100);
        await UntilAsync(server, articles: 200);
        ServerProcess.Signal(tool, Terminate);
        var stopped = await Executable.EndAsync(tool);
        await feeding;

        Assert.Equal(130, stopped.ExitCode);
        var skip = GoOn().Match(stopped.Error).Groups["line"].Value;
        Assert.InRange(int.Parse(skip, CultureInfo.InvariantCulture), 100, Stories - 100);
        var rest = await Executable.RunAsync([.. Import, $"--skip={skip}"]);

        Assert.Equal(0, rest.ExitCode);
        await AssertCompleteAsync(server);
    }

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_misses_nothing()
    {
        var urls = $"--urls=http://127.0.0.1:{FreePort()}";
        var server = await ServerProcess.StartAsync(DatabasePath, urls);
        using var tool = Executable.Start([], Import);
        await UntilAsync(server, articles: 200);
        server.Kill();
        server.Dispose();

        using var again = await ServerProcess.StartAsync(DatabasePath, urls);
        var done = await Executable.EndAsync(tool);

        Assert.Equal(0, done.ExitCode);
        await AssertCompleteAsync(again);
    }

    [Fact]
    public async Task A_tool_that_is_killed_is_run_again()
    {
        using var server = await ServerProcess.StartAsync(DatabasePath);
        using (var tool = Executable.Start([], Import))
        {
            await UntilAsync(server, articles: 200);
            tool.Kill();
            await tool.WaitForExitAsync();
        }

        var again = await Executable.RunAsync(Import);

        Assert.Equal(0, again.ExitCode);
        Assert.Matches("^lines 3000, created [1-9][0-9]*, updated 0, unchanged [1-9][0-9]*, deleted 0, failed 0$", again.Out.TrimEnd());
        await AssertCompleteAsync(server);
    }

    [Fact]
    public async Task A_tool_that_serves_itself_is_killed_and_run_again()
    {
        await Executable.RunAsync("migrate", $"--Galley:Database={DatabasePath}");
        using (var tool = Executable.Start([], Import))
        {
            var watch = Stopwatch.StartNew();
            while (!(File.Exists(DatabasePath + "-wal") && new FileInfo(DatabasePath + "-wal").Length > 3_000_000) && watch.Elapsed.TotalSeconds < 60)
                await Task.Delay(10);
            tool.Kill();
            await tool.WaitForExitAsync();
        }

        var again = await Executable.RunAsync(Import);

        Assert.Matches("^lines 3000, created [1-9][0-9]*, updated 0, unchanged [1-9][0-9]*, deleted 0, failed 0$", again.Out.TrimEnd());
        using var server = await ServerProcess.StartAsync(DatabasePath);
        await AssertCompleteAsync(server);
    }

    private async Task AssertCompleteAsync(ServerProcess server)
    {
        using var client = server.NewClient();
        var headlines = (await client.WalkAsync("/v1/articles?limit=100")).Select(item => item.Text("headline")).ToList();

        Assert.Equal(Stories, headlines.Count);
        Assert.Equal(Stories, headlines.Distinct().Count());
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    private static async Task UntilAsync(ServerProcess server, int articles)
    {
        using var client = server.NewClient();
        while ((await client.WalkAsync("/v1/articles?limit=100")).Count < articles)
            await Task.Delay(10);
    }

    private async Task FeedAsync(Process tool, int lines)
    {
        try
        {
            foreach (var line in File.ReadLines(Lines).Take(lines))
                await tool.StandardInput.WriteAsync(line + "\n");
            await tool.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended before it took all.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("^Stopped\\. All lines up to (?<line>[0-9]+) are done\\. Go on with --skip=\\k<line>, ", RegexOptions.Multiline)]
    private static partial Regex GoOn();
}
