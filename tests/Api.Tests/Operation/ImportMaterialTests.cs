using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Galley.Content;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Xunit.Abstractions;

namespace Galley.Tests.Operation;

/// <summary>The whole material in one go, twice, and each story compared with its source.</summary>
public sealed class ImportMaterialTests(ITestOutputHelper output)
{
    private const int Stories = 8_643;

    // A standfirst longer than 2,000, no headline although published, and an address without a scheme.
    private static readonly string[] Refused = ["wikinews:fr:44499", "wxr:theme-unit-test-data.xml:1169", "wxr:theme-unit-test-data.xml:1813"];

    private static readonly string[] RightToLeft = ["ar", "fa", "he"];

    [MaterialFact]
    public async Task Is_imported_but_for_what_the_contract_refuses_by_name_and_agrees_with_its_source()
    {
        using var directory = new TemporaryDirectory();
        var (database, lines, report) = (directory.WithDatabase("galley.db"), directory.File("material.ndjson"), directory.File("report.ndjson"));
        var stories = Directory.EnumerateFiles(Material.PathOf("articles"), "*.ndjson").Order(StringComparer.Ordinal).SelectMany(file => Material.Lines(file)).ToList();
        await File.WriteAllTextAsync(lines, ImportLines.Text(stories.Select(ImportLines.OfMaterial)));
        string[] import = ["import", lines, "--create-missing=sections,tags", $"--report={report}", $"--Galley:Database={database}"];

        var first = await TimedAsync(import);
        var refused = File.ReadLines(report).Select(line => JsonElement.Parse(line).Text("externalId")).Order(StringComparer.Ordinal).ToList();
        var second = await TimedAsync(import);

        Assert.Equal(Stories, stories.Count);
        Assert.Equal((1, $"lines {Stories}, created {Stories - 3}, updated 0, unchanged 0, deleted 0, failed 3"), (first.ExitCode, first.Out.TrimEnd()));
        Assert.Equal(Refused, refused);
        Assert.Equal((1, $"lines {Stories}, created 0, updated 0, unchanged {Stories - 3}, deleted 0, failed 3"), (second.ExitCode, second.Out.TrimEnd()));
        DatabaseInvariants.AssertHold(database);
        using var server = await ServerProcess.StartAsync(database, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        await CompareAsync(server, [.. stories.Where(story => !Refused.Contains(story.Text("sourceId")))]);
    }

    private async Task CompareAsync(ServerProcess server, IReadOnlyList<JsonElement> stories)
    {
        var watch = Stopwatch.StartNew();
        using var client = server.NewClient();
        var faults = new ConcurrentBag<string>();
        var groups = stories.Where(story => story.TextOrNull("translationGroup") is not null).ToLookup(GroupOf);
        await Parallel.ForEachAsync(stories, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (story, _) =>
        {
            var externalId = Uri.EscapeDataString(story.Text("sourceId"));
            var article = await client.GetJsonAsync($"/v1/manage/articles/by-source?source={ImportLines.SourceOf(story)}&externalId={externalId}");
            foreach (var fault in FaultsOf(story, article))
                faults.Add($"{story.Text("sourceId")}: {fault}");
            if (story.TextOrNull("translationGroup") is not null && await TranslationFaultAsync(client, article, [.. groups[GroupOf(story)]]) is { } wrong)
                faults.Add($"{story.Text("sourceId")}: {wrong}");
        });

        output.WriteLine($"compared in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(faults.IsEmpty, string.Join('\n', faults.Take(20)));
    }

    private static IEnumerable<string> FaultsOf(JsonElement story, JsonElement article)
    {
        var language = story.Text("language");
        var direction = RightToLeft.Contains(language.Split('-')[0]) ? "rtl" : "ltr";
        var section = string.Join('/', story.GetProperty("sectionPath").EnumerateArray().Select(name => Slug.From(name.GetString()!)));
        var tags = ImportLines.TagsOf(story).Select(name => $"keyword:{Slug.From(name)}").Distinct();
        var found = article.GetProperty("tags").EnumerateArray().Select(tag => $"{tag.Text("kind")}:{tag.Text("slug")}");

        if (article.Text("language") != language)
            yield return $"language is {article.Text("language")}, not {language}";
        if (article.Text("direction") != direction)
            yield return $"direction is {article.Text("direction")}, not {direction}";
        if ((article.Has("section") ? article.GetProperty("section").Text("path") : string.Empty) is var path && path != section)
            yield return $"section is {path}, not {section}";
        if (!tags.SequenceEqual(found))
            yield return $"tags are {string.Join(' ', found)}, not {string.Join(' ', tags)}";
        if (article.Text("headline") != story.Text("title").Normalize())
            yield return $"headline is {article.Text("headline")}, not {story.Text("title")}";
    }

    // Readers see the others of its group, by language.
    private static async Task<string?> TranslationFaultAsync(HttpClient client, JsonElement article, IReadOnlyList<JsonElement> group)
    {
        var delivered = await client.GetJsonAsync($"/v1/articles/{article.Text("id")}");
        var expected = group.Select(story => story.Text("language")).Where(language => language != article.Text("language")).Order(StringComparer.Ordinal);
        var found = delivered.Has("translations") ? delivered.GetProperty("translations").EnumerateArray().Select(other => other.Text("language")).Order(StringComparer.Ordinal).ToList() : [];
        return expected.SequenceEqual(found) ? null : $"translations are {string.Join(' ', found)}, not {string.Join(' ', expected)}";
    }

    private static (string Source, string? Group) GroupOf(JsonElement story) => (ImportLines.SourceOf(story), story.TextOrNull("translationGroup"));

    private async Task<Executable> TimedAsync(string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        var tool = await Executable.RunAsync(arguments);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: {tool.Out.TrimEnd()}");
        return tool;
    }
}
