using System.Diagnostics;
using System.Net;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Xunit.Abstractions;

namespace Galley.Tests.Operation;

/// <summary>What a server exports makes an empty one into its twin: the newsroom has the same there, and readers get the same.</summary>
public sealed class ExportRoundTripTests(ITestOutputHelper output) : IDisposable
{
    private const string Unpushed = "newsroom";

    private readonly TemporaryDirectory _directory = new();

    private string First => _directory.File("first.db");

    private string Second => _directory.File("second.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_newsroom_with_one_of_each_comes_out_as_it_went_in()
    {
        using (var server = await ServerProcess.StartAsync(First))
        using (var client = server.NewClient())
            await FillAsync(client);

        var (exported, again) = await CarryAsync();

        Twins.AssertSame("export", Contents(exported), Contents(again));
        using var original = await ServerProcess.StartAsync(First);
        using var copy = await ServerProcess.StartAsync(Second);
        using var first = original.NewClient();
        using var second = copy.NewClient();
        await Twins.AssertReadersGetTheSameAsync(first, second, Unpushed, "Syrie", "headline", "Damas");
        await Twins.AssertArticlesAreTheSameAsync(first, second, Unpushed);
        DatabaseInvariants.AssertHold(Second);
    }

    [Fact]
    public async Task Old_addresses_lead_on_and_merged_tags_are_found_in_the_copy_too()
    {
        using (var server = await ServerProcess.StartAsync(First))
        using (var client = server.NewClient())
            await FillAsync(client);
        await CarryAsync();

        using var copy = await ServerProcess.StartAsync(Second);
        using var reader = copy.NewClient();
        foreach (var old in new[] { "en/world/first-slug", "en/news/world/first-slug", "en/elsewhere/first-slug", "en/elsewhere/second-slug" })
        {
            using var moved = await reader.GetAsync($"/v1/articles/by-path/{old}");
            Assert.Equal((HttpStatusCode.OK, "/v1/articles/by-path/en/news/world/second-slug"), (moved.StatusCode, moved.RequestMessage?.RequestUri?.AbsolutePath));
        }

        using var merged = await reader.GetAsync("/v1/tags/place/syria");
        Assert.Equal((HttpStatusCode.OK, "/v1/tags/place/syrie"), (merged.StatusCode, merged.RequestMessage?.RequestUri?.AbsolutePath));
    }

    [Fact]
    public async Task Twice_is_once()
    {
        using (var server = await ServerProcess.StartAsync(First))
        using (var client = server.NewClient())
            await FillAsync(client);
        var (exported, again) = await CarryAsync();

        var second = await ImportAsync(exported);
        await Executable.RunAsync("export", _directory.File("third.ndjson"), $"--Galley:Database={Second}");

        // Where readers have one state and the newsroom another, each push brings its own back.
        Assert.Matches("^lines [0-9]+, created 0, updated 4, unchanged [0-9]+, deleted 0, failed 0$", second.Out.TrimEnd());
        Twins.AssertSame("export", Contents(again), Contents(_directory.File("third.ndjson")));
    }

    [MaterialFact]
    public async Task The_material_comes_out_as_it_went_in()
    {
        var step = Duration.Of(100, 1);
        var stories = Directory.EnumerateFiles(Material.PathOf("articles"), "*.ndjson").Order(StringComparer.Ordinal).SelectMany(file => Material.Lines(file)).Where((_, i) => i % step == 0).ToList();
        await File.WriteAllTextAsync(_directory.File("material.ndjson"), ImportLines.Text(stories.Select(ImportLines.OfMaterial)));
        var filled = await Executable.RunAsync("import", _directory.File("material.ndjson"), "--create-missing=sections,tags", $"--Galley:Database={_directory.WithDatabase("first.db")}");
        output.WriteLine(filled.Out);

        var watch = Stopwatch.StartNew();
        var (exported, again) = await CarryAsync();

        output.WriteLine($"exported, imported and exported again in {watch.Elapsed.TotalSeconds:0.0} s");
        Twins.AssertSame("export", Contents(exported), Contents(again));
        using var original = await ServerProcess.StartAsync(First, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        using var copy = await ServerProcess.StartAsync(Second, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        using var first = original.NewClient();
        using var second = copy.NewClient();
        await Twins.AssertReadersGetTheSameAsync(first, second, Unpushed, "debian", "président", "ישראל", "الله", "\"prime minister\"", "election -president");
        await Twins.AssertArticlesAreTheSameAsync(first, second, Unpushed);
        output.WriteLine($"compared after {watch.Elapsed.TotalSeconds:0.0} s");
        DatabaseInvariants.AssertHold(Second);
    }

    // From the first database into the second, and out of that again.
    private async Task<(string Exported, string Again)> CarryAsync()
    {
        var (exported, again) = (_directory.File("first.ndjson"), _directory.File("second.ndjson"));
        var export = await Executable.RunAsync("export", exported, $"--Galley:Database={First}");
        Assert.True(export.ExitCode == 0, export.Error);
        var import = await ImportAsync(exported);
        output.WriteLine(import.Out);
        Assert.True(import.ExitCode == 0, import.Error);
        export = await Executable.RunAsync("export", again, $"--Galley:Database={Second}");
        Assert.True(export.ExitCode == 0, export.Error);
        return (exported, again);
    }

    private Task<Executable> ImportAsync(string file) =>
        Executable.RunAsync("import", file, "--create-missing=sections,tags", $"--Galley:Database={(File.Exists(Second) ? Second : _directory.WithDatabase("second.db"))}", "--connections=1");

    // What was withdrawn has not been seen in the copy, and needs no withdrawing there.
    private static List<string> Contents(string file) =>
        [.. File.ReadLines(file).Where(line => !line.StartsWith("{\"op\":\"unpublish\"", StringComparison.Ordinal) && !line.StartsWith("{\"end\"", StringComparison.Ordinal) && !line.StartsWith("{\"cursor\"", StringComparison.Ordinal))];

    private static async Task FillAsync(HttpClient client)
    {
        await client.PutSectionAsync("news", new { names = new { fr = "Actualités", en = "News", ar = "أخبار" }, description = "What is new", position = 3 }).AnsweredAsync(201);
        await client.PutSectionAsync("world", new { names = new { en = "World" } }).AnsweredAsync(201);
        await client.PutTagAsync("place:syria", new { names = new { en = "Syria" } }).AnsweredAsync(201);
        await client.PutTagAsync("place:syrie", new { names = new { fr = "Syrie", en = "Syria (country)" }, description = "A country", sameAs = new[] { "https://www.wikidata.org/wiki/Q858" }, image = Rich.Image("syrie") }).AnsweredAsync(201);
        await FillWithStatesAsync(client);
        await FillWithAddressesAsync(client);
        await FillWithCompanyAsync(client);
        await client.MergeTagsAsync("place:syria", "place:syrie").AnsweredAsync(200);
    }

    // Live with everything in it, live with a newer draft and with a scheduled update, draft, scheduled, expired, withdrawn, taken down, deleted.
    private static async Task FillWithStatesAsync(HttpClient client)
    {
        await PutAsync(client, "rich", Rich.Article(new TestClock()).Without("breakingUntil").With("rights", new { syndication = "allow" }));
        await PutAsync(client, "changed", Given.Article().Headed("Headline that readers see"));
        await PutAsync(client, "changed", Given.Article().Headed("Headline that they do not").AsDraft());
        var updated = await PutAsync(client, "updated", Given.Article().Headed("Now"));
        await PutAsync(client, "updated", Given.Article().Headed("Later").AsDraft());
        await client.PublishAsync(updated, new { at = "2199-01-01T00:00:00Z" }).AnsweredAsync(200);
        await PutAsync(client, "draft", Given.Article().AsDraft().Without("headline").Tagged("place:nowhere"));
        await PutAsync(client, "scheduled", Given.Article().With("publishedAt", "2199-01-01T00:00:00Z").With("tags", new object[] { new { kind = "person", name = "Ann Person" } }));
        await PutAsync(client, "expired", Given.Article().With("publishedAt", "2001-01-01T00:00:00Z").With("expiresAt", "2002-01-01T00:00:00Z"));
        await client.UnpublishAsync(await PutAsync(client, "withdrawn", Given.Article())).AnsweredAsync(200);
        await client.TakeDownAsync(await PutAsync(client, "taken-down", Given.Article().In("world"))).AnsweredAsync(200);
        Assert.Equal(204, await client.DeleteArticleAsync(await PutAsync(client, "deleted", Given.Article())).StatusAsync());
    }

    // One that had another slug, stood in another section, and in one that was moved.
    private static async Task FillWithAddressesAsync(HttpClient client)
    {
        await PutAsync(client, "moved", Given.Article().In("elsewhere").With("slug", "first-slug").With("aliases", new[] { "/2014/story.html" }));
        await PutAsync(client, "moved", Given.Article().In("world").With("slug", "first-slug").With("aliases", new[] { "/2014/story.html" }));
        await PutAsync(client, "moved", Given.Article().In("world").With("slug", "second-slug").With("aliases", new[] { "/2014/story.html" }));
        await client.MoveSectionAsync("world", "news/world").AnsweredAsync(200);
    }

    // Translations, a tag that is named in one language only, corrections, and what no source pushes.
    private static async Task FillWithCompanyAsync(HttpClient client)
    {
        await PutAsync(client, "fr", Given.Article().Written("fr").With("translationKey", "one").With("tags", new object[] { new { kind = "person", name = "Béatrice Exemple" }, "place:syria" }).With("section", new { breadcrumb = new[] { "Société", "Été" } }));
        await PutAsync(client, "en", Given.Article().With("translationKey", "one").Tagged("person:beatrice-exemple", "place:syrie").In("societe/ete"));
        var corrected = await PutAsync(client, "corrected", Given.Article().With("related", new object[] { new { source = "wire", externalId = "fr" } }));
        await client.CorrectAsync(corrected, "It was Homs.", at: "2025-01-01T00:00:00Z").AnsweredAsync(200);
        await client.CorrectAsync(corrected, "It was Hama.", "clarification").AnsweredAsync(200);
        var own = await client.PostAsync("/v1/manage/articles", Json.Body(Given.Article().With("translationKey", "one").In("news").Build())).AnsweredAsync(201);
        await client.PostAsync("/v1/manage/articles", Json.Body(Given.Article().With("translationKey", "one").With("related", new object[] { new { id = own.Text("id") }, new { id = corrected } }).Build())).AnsweredAsync(201);
    }

    private static async Task<string> PutAsync(HttpClient client, string externalId, Given article)
    {
        var response = await client.PutAsync($"/v1/manage/sources/wire/articles/{externalId}?createMissing=sections,tags", Json.Body(article.Build()));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).Text("id");
    }
}
