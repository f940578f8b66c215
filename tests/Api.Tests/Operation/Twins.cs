using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Galley.Tests.Support;

namespace Galley.Tests.Operation;

/// <summary>Compares what readers get from two servers that hold the same, ids, versions and instants of arrival aside.</summary>
internal static partial class Twins
{
    // What each server decides for itself when something arrives. Of the order of entries with one instant the id decides.
    private static readonly string[] Own = ["id", "version", "updatedAt", "token", "at"];

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static async Task AssertReadersGetTheSameAsync(HttpClient first, HttpClient second, string unpushedAs, params string[] words)
    {
        Task<IReadOnlyList<string>> Of(HttpClient client, Func<HttpClient, Task<IEnumerable<string>>> read) => ReadAsync(client, read);
        async Task CompareAsync(string what, Func<HttpClient, Task<IEnumerable<string>>> read) => AssertSame(what, await Of(first, read), await Of(second, read));

        await CompareAsync("order", async client => (await client.WalkAsync("/v1/articles?limit=100&fields=publishedAt")).Select((entry, i) => $"{i:000000} {entry.Text("publishedAt")}"));
        await CompareAsync("lists", async client => (await client.WalkAsync("/v1/articles?limit=100&fields=whole")).Select(entry => Plain(entry, unpushedAs)));
        await CompareAsync("summaries", async client => (await client.WalkAsync("/v1/articles?limit=100")).Select(entry => Plain(entry, unpushedAs)));
        await CompareAsync("sections", async client => (await client.WalkAsync("/v1/sections?limit=100")).Select(entry => entry.GetRawText()));
        await CompareAsync("tags", async client => (await client.WalkAsync("/v1/tags?limit=100")).Select(entry => entry.GetRawText()));
        await CompareAsync("tree", async client => [await client.GetStringAsync("/v1/section-tree")]);
        await CompareAsync("RSS", client => FeedAsync(client, "rss", XName.Get("item")));
        await CompareAsync("Atom", client => FeedAsync(client, "atom", Atom + "entry"));
        await CompareAsync("JSON Feed", client => JsonFeedAsync(client, unpushedAs));
        foreach (var word in words)
            await CompareAsync($"search for {word}", async client => (await client.WalkAsync($"/v1/articles?limit=100&fields=headline,path&q={Uri.EscapeDataString(word)}")).Select(entry => Plain(entry, unpushedAs)));
    }

    /// <summary>Each article alone, at its path: with translations, related and corrections.</summary>
    public static async Task AssertArticlesAreTheSameAsync(HttpClient first, HttpClient second, string unpushedAs)
    {
        var paths = (await first.WalkAsync("/v1/articles?limit=100&fields=path")).Select(entry => entry.Text("path")).ToList();
        await Parallel.ForEachAsync(paths, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (path, _) =>
        {
            var address = $"/v1/articles/by-path?path={Uri.EscapeDataString(path)}";
            AssertSame(path, [Plain(await first.GetJsonAsync(address), unpushedAs)], [Plain(await second.GetJsonAsync(address), unpushedAs)]);
        });
    }

    public static void AssertSame(string what, IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        var (lost, strange) = (first.Except(second).ToList(), second.Except(first).ToList());
        Assert.True(lost.Count + strange.Count == 0 && first.Count == second.Count, $"{what}: {first.Count} and {second.Count}, {lost.Count} lost, {strange.Count} strange.\n{lost.FirstOrDefault()}\n{strange.FirstOrDefault()}");
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(HttpClient client, Func<HttpClient, Task<IEnumerable<string>>> read) => [.. (await read(client)).Order(StringComparer.Ordinal)];

    private static async Task<IEnumerable<string>> FeedAsync(HttpClient client, string format, XName item)
    {
        var items = new List<XElement>();
        for (var address = $"/v1/feeds/{format}?limit=100"; address is not null;)
        {
            var feed = XDocument.Parse(await client.GetStringAsync(address));
            items.AddRange(feed.Descendants(item));
            var next = feed.Descendants(Atom + "link").FirstOrDefault(link => link.Parent!.Name != item && (string?)link.Attribute("rel") == "next");
            address = next is null ? null : new Uri((string)next.Attribute("href")!).PathAndQuery;
        }

        foreach (var updated in items.SelectMany(each => each.Elements().Where(element => element.Name == Atom + "updated" || element.Name.LocalName is "modified" or "versioncreated").ToList()))
            updated.Remove();

        return items.Select(each => Ids().Replace(each.ToString(SaveOptions.DisableFormatting), "id"));
    }

    private static async Task<IEnumerable<string>> JsonFeedAsync(HttpClient client, string unpushedAs)
    {
        var items = new List<string>();
        for (var address = "/v1/feeds/json?limit=100"; address is not null;)
        {
            var feed = await client.GetJsonAsync(address);
            foreach (var item in feed.GetProperty("items").EnumerateArray())
            {
                var node = JsonNode.Parse(Plain(item, unpushedAs))!.AsObject();
                node.Remove("date_modified");
                items.Add(node.ToJsonString(Json.Options));
            }

            address = feed.Has("next_url") ? new Uri(feed.Text("next_url")).PathAndQuery : null;
        }

        return items;
    }

    // Nobody pushes an article whose source is made for the way.
    private static string Plain(JsonElement entry, string unpushedAs)
    {
        var node = JsonNode.Parse(entry.GetRawText())!;
        Strip(node, unpushedAs);
        return Ids().Replace(node.ToJsonString(Json.Options), "id");
    }

    private static void Strip(JsonNode node, string unpushedAs)
    {
        if (node is JsonArray array)
        {
            foreach (var each in array.OfType<JsonNode>())
                Strip(each, unpushedAs);
        }

        if (node is not JsonObject members)
            return;

        if ((string?)members["source"]?["slug"] == unpushedAs)
            members.Remove("source");
        // The ids of blocks stay, and so does when something was corrected.
        if (members.ContainsKey("type") && members.ContainsKey("version"))
        {
            foreach (var own in Own)
                members.Remove(own);
        }

        foreach (var (_, value) in members.Where(member => member.Value is not null).ToList())
            Strip(value!, unpushedAs);
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")]
    private static partial Regex Ids();
}
