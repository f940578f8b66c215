using System.Globalization;

namespace Galley.Tests.History;

/// <summary>How one history is called on a server that it shares with others before it: sections, tags and sources carry its number, instants count from its beginning.</summary>
internal sealed class Wire(int number, DateTimeOffset origin)
{
    public string Section(string path) => $"h{number}{path}";

    public string Tag(string name) => $"keyword:h{number}{name}";

    public string Source(int source) => $"h{number}s{source}";

    /// <summary>A filter in which sections are written as `§a/b`, tags as `#t` and sources as `@0`.</summary>
    public string Filter(string text) => text
        .Replace("§", $"h{number}", StringComparison.Ordinal).Replace("#", $"keyword:h{number}", StringComparison.Ordinal).Replace("@", $"h{number}s", StringComparison.Ordinal);

    public string At(long instant)
    {
        var text = (origin + TimeSpan.FromMilliseconds(instant)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return text.Replace(".000Z", "Z", StringComparison.Ordinal);
    }

    public string? At(long? instant) => instant is { } at ? At(at) : null;

    public long Milliseconds(long instant) => (origin + TimeSpan.FromMilliseconds(instant)).ToUnixTimeMilliseconds();

    /// <summary>What a push sends.</summary>
    public IReadOnlyDictionary<string, object?> BodyOf(Command.Push push, IReadOnlyList<Link> links)
    {
        var members = new Dictionary<string, object?>
        {
            ["language"] = push.Language,
            ["status"] = push.IsPublished ? "published" : "draft",
            ["headline"] = new Content(push.Language, push.Words, push.Story).Headline,
            ["body"] = new { text = $"Text {push.Words} of {push.Story}." },
            ["section"] = push.Section is null ? null : Section(push.Section),
            ["tags"] = Taxonomy.TagsOf(push).Select(Tag),
            ["publishedAt"] = At(push.PublishedAt),
            ["embargoedUntil"] = At(push.EmbargoedUntil),
            ["expiresAt"] = At(push.ExpiresAt),
            ["breakingUntil"] = At(push.BreakingUntil),
            ["translationKey"] = push.Key,
            ["related"] = links.Select(object (link) => link.Id is { } id ? new { id } : new { source = Source(Story.SourceOf(link.Story)), externalId = ExternalId(link.Story) }),
        };
        if (push.IsMinor)
            members["minorEdit"] = true;
        return members;
    }

    public string AddressOf(int story) => $"/v1/manage/sources/{Source(Story.SourceOf(story))}/articles/{ExternalId(story)}";

    public static string ExternalId(int story) => $"story-{story}";
}
