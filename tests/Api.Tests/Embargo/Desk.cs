using Galley.Content;

namespace Galley.Tests.Embargo;

/// <summary>Writes articles out of few words: for the open world, and colliding with it for the hidden one.</summary>
internal sealed class Desk(Twins twins, Random random)
{
    private static readonly TimeSpan[] Ahead =
        [TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(20), TimeSpan.FromHours(2), TimeSpan.FromDays(2)];

    // Few, so that several articles have the same.
    private static readonly string[] Past = ["2026-01-15T08:00:00Z", "2026-01-15T08:59:59.999Z", "2026-01-14T17:05:00Z", "2024-12-01T17:05:00Z"];

    public List<Story> Open { get; } = [];

    public List<Story> Hidden { get; } = [];

    /// <summary>Something hidden: an article, or what lies over an open one.</summary>
    public Story? PickHidden() => Hidden.Concat(Open.Where(story => story.IsCovered)).ToList() is { Count: > 0 } hidden ? random.Pick(hidden) : null;

    public string Soon() => Twins.Written(twins.Now + random.Pick(Ahead));

    public string Before() => random.Pick(Past);

    /// <summary>An article of the open world, published now or earlier.</summary>
    public Dictionary<string, object?> Compose()
    {
        var members = new Dictionary<string, object?>
        {
            ["language"] = random.Pick(Vocabulary.Languages),
            ["status"] = "published",
            ["headline"] = random.Pick(Vocabulary.Headlines),
            ["body"] = Body(),
        };
        if (random.Chance(75))
            members["section"] = Section(random.Pick(Vocabulary.Sections));
        if (random.Chance(80))
            members["tags"] = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Tag(random.Pick(random.Chance(15) ? Vocabulary.RareTags : Vocabulary.Tags))).ToList();
        if (random.Chance(30))
            members["contributors"] = Contributors();
        if (random.Chance(30))
            members["urgency"] = random.Next(1, 10);
        // The keys of some languages are left to hidden translations: a second of one language would be refused.
        if (random.Chance(45) && members["language"] is "fr" or "en" or "ar")
            members["translationKey"] = Key();
        if (random.Chance(40))
            members["related"] = Related();
        if (random.Chance(75))
            members["publishedAt"] = Before();
        if (random.Chance(12))
            members["slug"] = random.Pick(Vocabulary.Slugs);
        AddAddresses(members, 30);
        return members;
    }

    // Also the paths of others, hidden ones too.
    public void AddAddresses(Dictionary<string, object?> members, int percent)
    {
        if (random.Chance(percent))
            members["canonicalUrl"] = random.Chance(80) ? random.Pick(Vocabulary.Urls) : null;
        if (!random.Chance(percent))
            return;

        var paths = Open.Concat(Hidden).SelectMany(story => story.Paths).ToList();
        members["aliases"] = new[] { random.Pick(Vocabulary.OldPaths), random.Pick(Vocabulary.Urls), paths.Count == 0 ? "/none" : random.Pick(paths) }.Take(random.Next(4)).ToList();
    }

    /// <summary>An article that has as much as possible in common with <paramref name="victim"/>, and some of what nobody else has.</summary>
    public Dictionary<string, object?> Collide(Story? victim)
    {
        var members = victim is null ? Compose() : new Dictionary<string, object?>(victim.Members);
        foreach (var member in new[] { "embargoedUntil", "expiresAt", "breakingUntil", "minorEdit" })
            members.Remove(member);

        members["body"] = Body();
        AddAddresses(members, 50);
        if (random.Chance(60))
            members["section"] = random.Chance(40) ? Section(random.Pick(Vocabulary.HiddenSections)) : Section(random.Pick(Vocabulary.Sections));
        if (random.Chance(70))
            members["tags"] = HiddenTags();
        if (random.Chance(40))
            members["contributors"] = Contributors();
        if (random.Chance(25))
            members["slug"] = random.Chance(50) ? random.Pick(Vocabulary.Slugs) : victim is null ? "une" : random.Pick(victim.Slugs);
        if (random.Chance(40))
            Translate(members);
        else
            members.Remove("translationKey");
        if (random.Chance(50))
            members["related"] = Related();
        return members;
    }

    public object Body() => new { text = string.Join("\n\n", Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Pick(Vocabulary.Paragraphs))) };

    public object Section(IReadOnlyList<string> names) => random.Chance(65)
        ? new { breadcrumb = names.Select(name => Vocabulary.Respell(name, random)).ToList() }
        : new { path = string.Join('/', names.Select(name => Slug.From(name))) };

    public object Tag((string Kind, string Name) tag) => random.Chance(30)
        ? $"{tag.Kind}:{Slug.From(tag.Name)}"
        : new { kind = tag.Kind, name = Vocabulary.Respell(tag.Name, random), relation = random.Chance(70) ? "about" : "mentions" };

    public List<object> HiddenTags() =>
        [Tag(random.Pick(Vocabulary.Tags)), Tag(random.Pick(Vocabulary.RareTags)), .. random.Chance(60) ? [Tag(random.Pick(Vocabulary.HiddenTags))] : Array.Empty<object>()];

    private List<object> Contributors() =>
        [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Pick(Vocabulary.Contributors)).Select(each => new { name = Vocabulary.Respell(each.Name, random), slug = each.Slug })];

    private void Translate(Dictionary<string, object?> members)
    {
        members["language"] = random.Chance(50) ? random.Pick(Vocabulary.HiddenLanguages) : "he";
        members["translationKey"] = members.GetValueOrDefault("translationKey") ?? Key();
    }

    private string Key() => $"key-{random.Next(4)}";

    // Also what is hidden, and what is not there yet.
    public List<object> Related()
    {
        List<object> related = [];
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var among = random.Chance(50) && Hidden.Count > 0 ? Hidden : Open;
            var target = among.Count == 0 ? null : random.Pick(among);
            related.Add(target?.Id is { } id && random.Chance(50) ? new { id } : new { source = target?.Source ?? "wire", externalId = target?.ExternalId ?? $"secret-{random.Next(6)}" });
        }

        return related;
    }
}
