using System.Text.Json;
using System.Text.Json.Nodes;

namespace Galley.Tool.Import;

/// <summary>Reads a story in ninjs 1, 2 or 3: the names differ in case and underscores only, but for headlines and bodies, which became lists.</summary>
internal static class Ninjs
{
    public static FileItem LineOf(JsonElement item, string? language)
    {
        var id = Text(item, "uri");
        if (Text(item, "type") is { } type and not ("text" or "composite"))
            return FileItem.Left(id, $"{type} is no article");

        var status = Text(item, "pubStatus") ?? "usable";
        if (status == "canceled")
            return FileItem.Left(id, "it is canceled: write a line with unpublish or delete for it");

        var (form, body) = BodyOf(item);
        var picture = PictureOf(item);
        var mending = new Mending().Language(Text(item, "language") ?? language).Headline(Text(item, "headline") ?? Valued(item, "headlines", "main", "title") ?? Text(item, "title")).Standfirst(Text(item, "description_text") ?? Valued(item, "descriptions", "summary", "standfirst"))
            .Plain("byline", Text(item, "byline") ?? Text(item, "by")).Plain("dateline", Text(item, "located"), 200).Body(form, body)
            .Status(status == "usable", Text(item, "firstCreated"), Text(item, "contentCreated"), Text(item, "versionCreated"))
            .Image(picture?.Url, caption: picture?.Caption)
            .Tags(new[] { ("people", "person"), ("person", "person"), ("organisations", "organisation"), ("organisation", "organisation"), ("places", "place"), ("place", "place"), ("subjects", "keyword"), ("subject", "keyword") }
                .SelectMany(each => Array(item, each.Item1).Select(tag => (each.Item2, Text(tag, "name") ?? string.Empty))));
        if (Get(item, "urgency") is { ValueKind: JsonValueKind.Number } urgency && urgency.TryGetInt32(out var level) && level is >= 1 and <= 9)
            mending.Article["urgency"] = JsonValue.Create(level);
        foreach (var (member, name) in new[] { ("embargoedUntil", "embargoedUntil"), ("embargoedUntil", "embargoed"), ("expiresAt", "expires") })
        {
            if (Text(item, name) is { } date && WrittenDate.Read(date) is { } instant)
                mending.Article[member] = instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Text(item, "copyrightNotice") is { } notice)
            mending.Article["rights"] = new JsonObject { ["copyrightNotice"] = notice };
        return FileItem.Of(id, mending);
    }

    /// <summary>The member of that name, whatever its case and underscores.</summary>
    public static JsonElement? Get(JsonElement item, string name)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return null;

        foreach (var member in item.EnumerateObject().Where(member => Folded(member.Name) == Folded(name)))
            return member.Value;
        return null;
    }

    public static string? Text(JsonElement item, string name) => Get(item, name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.String when !string.IsNullOrWhiteSpace(value.GetString()) => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    public static IReadOnlyList<JsonElement> Array(JsonElement item, string name) => Get(item, name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];

    private static string? Valued(JsonElement item, string name, params string[] roles)
    {
        var all = Array(item, name);
        return all.Where(each => roles.Contains(Text(each, "role"))).Concat(all.Where(each => Text(each, "role") is null)).Select(each => Text(each, "value")).FirstOrDefault(value => value is not null);
    }

    private static (string Form, string? Text) BodyOf(JsonElement item)
    {
        if ((Text(item, "body_xhtml") ?? Text(item, "body_html")) is { } html)
            return ("html", html);
        if (Text(item, "body_text") is { } text)
            return ("text", text);

        var bodies = Array(item, "bodies").Where(each => Text(each, "value") is not null).ToList();
        var marked = bodies.Where(each => Text(each, "contentType")?.Contains("html", StringComparison.Ordinal) == true).ToList();
        return marked.Count > 0 ? ("html", Text(marked[0], "value")) : ("text", bodies.Count > 0 ? Text(bodies[0], "value") : null);
    }

    private static (string? Url, string? Caption)? PictureOf(JsonElement item)
    {
        var all = Get(item, "associations") switch
        {
            { ValueKind: JsonValueKind.Object } named => named.EnumerateObject().Select(each => each.Value).ToList(),
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
            _ => new List<JsonElement>(),
        };
        foreach (var picture in all.Where(each => Text(each, "type") == "picture"))
        {
            var renditions = Get(picture, "renditions") is { ValueKind: JsonValueKind.Object } named ? [.. named.EnumerateObject().Select(each => each.Value)] : Array(picture, "renditions");
            if (renditions.OrderByDescending(each => Get(each, "width") is { ValueKind: JsonValueKind.Number } width && width.TryGetInt32(out var pixels) ? pixels : 0).FirstOrDefault() is { ValueKind: JsonValueKind.Object } widest && Text(widest, "href") is { } url)
                return (url, Text(picture, "description_text") ?? Valued(picture, "descriptions", "caption", "text"));
        }

        return null;
    }

    private static string Folded(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
}
