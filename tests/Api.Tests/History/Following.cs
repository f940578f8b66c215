using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.History;

/// <summary>What somebody follows: a filter as it is written, whom it lets through, and the limits of the key, if one is used.</summary>
internal sealed record Following(string Filter, Func<Taxonomy, Story, bool> Lets, object? Limits = null)
{
    public static readonly IReadOnlyList<Following> All =
    [
        new("", (_, _) => true),
        new("section=§a", (taxonomy, story) => IsIn(taxonomy, story, "a")),
        new("section=§a&depth=0", (taxonomy, story) => IsAt(taxonomy, story, "a")),
        new("section=§a/x,§b&tags=-#t1", (taxonomy, story) => (IsIn(taxonomy, story, "a/x") || IsIn(taxonomy, story, "b")) && !Has(taxonomy, story, "t1")),
        new("tags=#t0", (taxonomy, story) => Has(taxonomy, story, "t0")),
        new("tags=-#t0", (taxonomy, story) => !Has(taxonomy, story, "t0")),
        new("tags=(#t0%7C#t1),-#t2", (taxonomy, story) => (Has(taxonomy, story, "t0") || Has(taxonomy, story, "t1")) && !Has(taxonomy, story, "t2")),
        new("language=en", (_, story) => Content(story).Language == "en"),
        new("language=ar,fr&tags=-(#t1,#t2)", (taxonomy, story) => Content(story).Language is "ar" or "fr" && !(Has(taxonomy, story, "t1") && Has(taxonomy, story, "t2"))),
        new("source=@1", (_, story) => story.Source == 1),
        new("source=@0&section=§b", (taxonomy, story) => story.Source == 0 && IsIn(taxonomy, story, "b")),
        new("", (taxonomy, story) => Content(story).Section is { } section && section.IsWithin(taxonomy.Kept!), new { sections = new[] { "§k" } }),
        new("tags=-#t0", (taxonomy, story) => story.Source == 0 && !Has(taxonomy, story, "t0"), new { sources = new[] { "@0" } }),
        new("", (_, story) => Content(story).Language == "fr", new { languages = new[] { "fr" } }),
    ];

    public override string ToString() => Limits is null ? $"\"{Filter}\"" : $"\"{Filter}\" with {JsonSerializer.Serialize(Limits)}";

    private static Content Content(Story story) => story.Live!.Content;

    private static bool IsIn(Taxonomy taxonomy, Story story, string path) => taxonomy.FindPublicSection(path) is { } section && Content(story).Section?.IsWithin(section) == true;

    private static bool IsAt(Taxonomy taxonomy, Story story, string path) => taxonomy.FindPublicSection(path) is { } section && Content(story).Section == section;

    private static bool Has(Taxonomy taxonomy, Story story, string tag) => taxonomy.FindPublicTag(tag) is { } found && Content(story).PresentTags.Contains(found);
}

/// <summary>A copy that somebody keeps by following the changes, and by nothing else.</summary>
internal sealed class Follower(Bench bench, Following following, string filter, string? key, int limit)
{
    private readonly Dictionary<string, string> _articles = new(StringComparer.Ordinal);
    private string? _token;

    public Following Following => following;

    public string? Key => key;

    public bool IsUpToDate { get; private set; }

    /// <summary>The list that the copy is to equal.</summary>
    public string List => $"/v1/articles?limit=100{(filter.Length == 0 ? string.Empty : $"&{filter}")}";

    public IReadOnlyDictionary<string, string> Articles => _articles;

    /// <summary>The copy as it is now, with its token.</summary>
    public Follower Fork()
    {
        var fork = new Follower(bench, following, filter, key, limit) { _token = _token };
        foreach (var (id, article) in _articles)
            fork._articles.Add(id, article);
        return fork;
    }

    /// <summary>Forgets everything.</summary>
    public void BeginAgain()
    {
        (_token, IsUpToDate) = (null, false);
        _articles.Clear();
    }

    /// <summary>Reads one page, and begins again where the token is too old.</summary>
    public async Task ReadPageAsync()
    {
        var address = $"/v1/changes?limit={limit}{(_token is null ? string.Empty : $"&since={_token}")}{(filter.Length == 0 ? string.Empty : $"&{filter}")}";
        var reply = await bench.ReadAsync(address, key);
        if (reply.Status == 410 && _token is not null)
        {
            BeginAgain();
            return;
        }

        if (reply.Status != 200)
            throw new BrokenHistoryException($"GET {address} answered {reply}");
        foreach (var change in reply.Json.Data())
        {
            if (change.Text("op") == "delete")
                _articles.Remove(change.Text("id"));
            else
                _articles[change.Text("id")] = change.GetProperty("article").GetRawText();
        }

        (_token, IsUpToDate) = (reply.Json.Text("next"), reply.Json.Flag("upToDate"));
    }

    public async Task SyncAsync()
    {
        var pages = 0;
        do
        {
            await ReadPageAsync();
            if (++pages > 1_000)
                throw new BrokenHistoryException($"The changes of {filter} do not end.");
        }
        while (!IsUpToDate);
    }
}

/// <summary>The server did something else than the contract says.</summary>
internal sealed class BrokenHistoryException(string message) : Exception(message);
