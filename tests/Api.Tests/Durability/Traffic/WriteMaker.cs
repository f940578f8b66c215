using System.Globalization;

namespace Galley.Tests.Durability.Traffic;

/// <summary>Thinks up writes to the articles of one source: all that a newsroom does, in a random order that a seed repeats.</summary>
internal sealed class WriteMaker(string source, int seed, Func<DateTimeOffset> now)
{
    private const string Past = "2024-01-01T00:00:00Z";

    private static readonly string[] Sections = ["world", "world/europe", "sport", "sport/football"];
    private static readonly string[] Tags = ["place:paris", "person:ada", "keyword:budget", "series:letters"];
    private static readonly string[] SharedSlugs = ["election", "storm", "final"];

    private readonly Random _random = new(seed);
    private int _takes;

    public Write Next(string externalId, Take stored, bool isLive)
    {
        if (!stored.Exists)
            return Push(externalId, stored, _random.Next(10) < 7 ? "now" : _random.Next(2) == 0 ? "draft" : "later", isLive);

        return _random.Next(20) switch
        {
            < 8 => Push(externalId, stored, "now", isLive),
            < 10 => Push(externalId, stored, "later", isLive),
            < 12 when isLive || stored.Editions.Length == 0 => Push(externalId, stored, "draft", isLive),
            < 14 when isLive => PublishLater(externalId, stored),
            < 16 => new Write(HttpMethod.Post, $"/v1/manage/sources/{source}/unpublish", new { externalId }, stored with { Revision = stored.Revision + 1, Editions = string.Empty }, false),
            < 19 => Push(externalId, stored, "now", isLive),
            _ => new Write(HttpMethod.Delete, $"/v1/manage/sources/{source}/articles/{externalId}", null, Take.Absent, false),
        };
    }

    private Write Push(string externalId, Take stored, string when, bool isLive)
    {
        // No two headlines are alike: each names the one write it came with.
        var headline = string.Create(CultureInfo.InvariantCulture, $"{source} {externalId} take {seed}.{++_takes}");
        var body = new Dictionary<string, object?>
        {
            ["language"] = _random.Next(4) == 0 ? "fr" : "en",
            ["status"] = when == "draft" ? "draft" : "published",
            ["headline"] = headline,
            ["section"] = Sections[_random.Next(Sections.Length)],
            ["tags"] = new[] { Tags[_random.Next(Tags.Length)] },
            ["body"] = new { text = string.Concat(Enumerable.Repeat($"{headline}. ", _random.Next(8) == 0 ? 400 : 4)) },
            ["publishedAt"] = when == "later" ? Soon() : Past,
        };
        if (_random.Next(6) == 0)
            body["slug"] = SharedSlugs[_random.Next(SharedSlugs.Length)];
        if (_random.Next(6) == 0)
            body["breakingUntil"] = Soon();
        if (_random.Next(4) == 0)
            body["related"] = new[] { new { source, externalId = $"story-{_random.Next(12)}" } };

        var editions = when != "draft" ? headline : isLive ? stored.Editions : string.Empty;
        return new Write(
            HttpMethod.Put,
            $"/v1/manage/sources/{source}/articles/{externalId}?createMissing=sections,tags",
            body,
            new Take(headline, stored.Revision + 1, editions),
            when == "now" || (when == "draft" && isLive));
    }

    // Only of an article with one edition that readers see: what stands before the new one is certain then.
    private Write PublishLater(string externalId, Take stored) => new(
        HttpMethod.Post,
        $"/v1/manage/sources/{source}/publish",
        new { externalId, at = Soon() },
        stored with { Revision = stored.Revision + 1, Editions = $"{stored.Editions}|{stored.Headline}" },
        false);

    private string Soon() =>
        now().AddMilliseconds(_random.Next(4) == 0 ? 3_600_000 : _random.Next(50, 500)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
