using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Embargo;

/// <summary>What a clue is.</summary>
internal enum ClueKind
{
    Id,
    Slug,
    Path,
    Section,
    Tag,
    Name,
    Language,
    Source,
    Etag,
    Instant,
    Url,
    OldPath,
    Text,
}

/// <summary>Something an attacker may know or guess. Hidden is what a hidden article has.</summary>
internal readonly record struct Clue(string Text, bool IsHidden);

/// <summary>All that could be known of both worlds, for making requests out of it.</summary>
internal sealed class Lore
{
    private static readonly (string, ClueKind)[] Texts = [("id", ClueKind.Id), ("slug", ClueKind.Slug), ("path", ClueKind.Path), ("language", ClueKind.Language), ("etag", ClueKind.Etag)];

    private static readonly string[] Instants = ["publishedAt", "embargoedUntil", "expiresAt", "updatedAt", "pendingAt"];

    private readonly Dictionary<(ClueKind Kind, bool IsHidden), List<string>> _known = [];

    /// <summary>A clue; with luck, or where nothing else is known, one of a hidden article.</summary>
    public Clue Pick(ClueKind kind, Random random, int hiddenPercent = 60)
    {
        var wantsHidden = random.Chance(hiddenPercent);
        foreach (var isHidden in new[] { wantsHidden, !wantsHidden })
        {
            if (_known.TryGetValue((kind, isHidden), out var texts))
                return new Clue(random.Pick(texts), isHidden);
        }

        return new Clue("nothing", false);
    }

    public void Learn(ClueKind kind, string text, bool isHidden)
    {
        if (!_known.TryGetValue((kind, isHidden), out var texts))
            _known[(kind, isHidden)] = texts = [];

        if (!texts.Contains(text))
            texts.Add(text);
    }

    /// <summary>Everything a management answer tells of an article.</summary>
    public void Learn(JsonElement article, bool isHidden)
    {
        foreach (var (member, kind) in Texts)
            Learn(kind, article.Text(member), isHidden);
        foreach (var instant in Instants.Where(name => article.Has(name)))
            Learn(ClueKind.Instant, article.Text(instant), isHidden);

        if (article.Has("canonicalUrl"))
            Learn(ClueKind.Url, article.Text("canonicalUrl"), isHidden);
        foreach (var alias in article.Has("aliases") ? article.Texts("aliases") : [])
            Learn(alias.Contains("://", StringComparison.Ordinal) ? ClueKind.Url : ClueKind.OldPath, alias, isHidden);

        foreach (var text in new[] { "headline", "standfirst" }.Where(name => article.Has(name)).Select(name => article.Text(name)).Concat(article.Has("body") ? article.Blocks().Where(block => block.Has("text")).Select(block => block.Text("text")).Take(2) : []).Where(text => !string.IsNullOrWhiteSpace(text)))
            Learn(ClueKind.Text, text, isHidden);

        Learn(ClueKind.Source, article.GetProperty("source").Text("slug"), isHidden);
        foreach (var tag in article.GetProperty("tags").EnumerateArray())
            LearnTag(tag.Text("kind"), tag, isHidden);
        if (article.TryGetProperty("contributors", out var contributors))
        {
            foreach (var contributor in contributors.EnumerateArray())
                LearnTag("contributor", contributor, isHidden);
        }

        if (article.TryGetProperty("section", out var section))
            LearnSection(section, isHidden);
    }

    private void LearnTag(string kind, JsonElement tag, bool isHidden)
    {
        Learn(ClueKind.Tag, $"{kind}:{tag.Text("slug")}", isHidden);
        Learn(ClueKind.Name, $"{kind}:{tag.Text("name")}", isHidden);
    }

    private void LearnSection(JsonElement section, bool isHidden)
    {
        Learn(ClueKind.Section, section.Text("path"), isHidden);
        foreach (var ancestor in section.GetProperty("ancestors").EnumerateArray())
            Learn(ClueKind.Section, ancestor.Text("path"), isHidden);
    }
}
