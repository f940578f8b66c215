using System.Text.Json;
using System.Text.Json.Nodes;

namespace Galley.Tests.Support;

/// <summary>Writes lines that the import takes: of the material's stories, and of stories made up.</summary>
internal static class ImportLines
{
    /// <summary>Everything of a story of the material that the contract has a place for, as it stands there.</summary>
    public static JsonObject OfMaterial(JsonElement story)
    {
        var article = new JsonObject
        {
            ["language"] = story.Text("language"),
            ["status"] = story.TextOrNull("status") is null or "publish" or "published" or "future" ? "published" : "draft",
            ["headline"] = NullIfEmpty(story.Text("title")),
            ["body"] = new JsonObject { [story.Text("bodyFormat")] = story.Text("body") },
        };
        foreach (var (member, name) in new[]
        {
            ("standfirst", "summary"), ("byline", "author"), ("kicker", "kicker"), ("publishedAt", "publishedAt"), ("expiresAt", "expiresAt"), ("canonicalUrl", "url"),
            ("translationKey", "translationGroup"), ("slug", "slug"),
        })
        {
            article[member] = NullIfEmpty(story.TextOrNull(name));
        }

        if (story.GetProperty("sectionPath") is { ValueKind: JsonValueKind.Array } path && path.GetArrayLength() > 0)
            article["section"] = new JsonObject { ["breadcrumb"] = JsonNode.Parse(path.GetRawText()) };
        article["tags"] = new JsonArray([.. TagsOf(story).Select(name => new JsonObject { ["kind"] = "keyword", ["name"] = name })]);
        return Put(SourceOf(story), story.Text("sourceId"), article);
    }

    public static string SourceOf(JsonElement story) => story.Text("sourceId").Split(':')[0];

    public static IReadOnlyList<string> TagsOf(JsonElement story) => [.. story.Texts("tags").Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct()];

    /// <summary>A short published story.</summary>
    public static JsonObject Story(string externalId, string headline) =>
        Put("wire", externalId, new JsonObject { ["language"] = "en", ["status"] = "published", ["headline"] = headline, ["body"] = new JsonObject { ["text"] = "Text." } });

    public static JsonObject Put(string source, string externalId, JsonObject article) => new() { ["source"] = source, ["externalId"] = externalId, ["article"] = article };

    public static string Text(IEnumerable<JsonObject> lines) => string.Concat(lines.Select(line => line.ToJsonString(Json.Options) + "\n"));

    public static string? TextOrNull(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
