using System.Globalization;
using System.Text;
using System.Text.Json;
using Galley.Tests.Durability;
using Galley.Tests.Hostile.Fuzz;
using Galley.Tests.Support;
using Xunit.Abstractions;

namespace Galley.Tests.Hostile;

/// <summary>Every operation with requests that dice thought up, good and bad, and with their bytes changed: none fails inside, each is answered as the contract says, and nothing of them stays in memory.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Workers = 4;
    private const int Portion = 500;
    private const long MostGrowth = 20L << 20;

    [Fact]
    public async Task Finds_nothing_that_fails_inside_or_is_answered_against_the_contract()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("GALLEY_SEED") ?? "1", CultureInfo.InvariantCulture);
        var requests = int.Parse(Environment.GetEnvironmentVariable("GALLEY_REQUESTS") ?? Duration.Of(inEveryRun: 2_000, whenLong: 200_000).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        using var directory = new TemporaryDirectory();
        using var server = await ServerProcess.StartAsync(
            directory.File("galley.db"), "--Galley:CacheMegabytes=4", "--Logging:LogLevel:Default=Error", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        var keys = await KeysAsync(server);
        await FillAsync(server, Duration.Of(inEveryRun: 0, whenLong: 4_000));
        var findings = new FuzzFindings();
        var workers = Enumerable.Range(0, Workers).Select(i => new FuzzWorker(server, (seed * 100) + i, keys, findings)).ToList();
        var memory = new List<long>();
        for (var sent = 0; sent < requests; sent += Portion * Workers)
        {
            await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.SendAsync(Math.Min(Portion, requests / Workers)))));
            memory.Add(server.Memory);
        }

        workers.ForEach(worker => worker.Dispose());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {findings.Answers} answers, {findings.Told}; memory {string.Join(' ', memory.Select(bytes => bytes >> 20))} MiB"));
        Assert.True(findings.IsEmpty, string.Create(CultureInfo.InvariantCulture, $"With GALLEY_SEED={seed}:\n{findings}\n\n{server.Errors}"));
        Assert.True(findings.Answers > requests * 9 / 10, $"Only {findings.Answers} of {requests} were answered.");
        Assert.True(findings.CountOf(503) < requests / 100, $"{findings.CountOf(503)} of {requests} were turned away.");
        AssertBounded(memory);

        server.AskToStop();
        Assert.Equal(0, await server.ExitAsync());
        DatabaseInvariants.AssertHold(directory.File("galley.db"));
    }

    // The engine's caches are as full as they become once the file is larger than they are: what grows after that is a leak.
    private static async Task FillAsync(ServerProcess server, int stories)
    {
        if (stories == 0)
            return;

        var lines = Enumerable.Range(0, stories).Select(i => JsonSerializer.Serialize(new { source = "desk", externalId = $"filler-{i}", article = Given.Article().Headed($"Filler {i}").With("body", new { text = string.Join(' ', Enumerable.Range(i * 7, 500)) }).Build() }, Json.Options) + "\n");
        using var client = server.NewClient();
        using var body = new StringContent(string.Concat(lines), Encoding.UTF8, "application/x-ndjson");
        using var answer = await client.PostAsync("/v1/manage/articles/bulk?createMissing=sections,tags", body);
        Assert.EndsWith("\"failed\":0}\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // Warm after a fifth: until then code is compiled, and caches fill.
    private static void AssertBounded(List<long> memory)
    {
        if (memory.Count < 50)
            return;

        var (before, after) = (Median(memory.Skip(memory.Count / 5).Take(memory.Count / 10)), Median(memory.TakeLast(memory.Count / 10)));
        Assert.True(after - before <= MostGrowth, $"It took {before >> 20} MiB when it was warm, and {after >> 20} at the end.");
    }

    private static long Median(IEnumerable<long> values) => values.Order().ElementAt(values.Count() / 2);

    private static async Task<IReadOnlyList<string>> KeysAsync(ServerProcess server)
    {
        var keys = new List<string> { Newsroom.AdminKey };
        Assert.Equal(201, (await server.SendAsync(HttpMethod.Put, "/v1/manage/sections/world", new { })).Status);
        foreach (var made in new object[]
        {
            new { scopes = new[] { "content:write", "content:publish" }, limits = new { languages = new[] { "fr" } } },
            new { scopes = new[] { "content:read" }, limits = new { sections = new[] { "world" } } },
            new { scopes = new[] { "content:write", "drafts:read" }, limits = new { sources = new[] { "wire" } } },
            new { scopes = new[] { "partners:manage" } },
        })
        {
            var answer = await server.SendAsync(HttpMethod.Post, "/v1/manage/keys", made);
            Assert.True(answer.IsSuccess, answer.Body.ToString());
            keys.Add(answer.Text("key"));
        }

        return keys;
    }
}
