using System.Text.Json;

namespace Galley.Tests.Support;

/// <summary>What an app keeps of a site: it follows the changes, and holds nothing else.</summary>
public sealed class Copy(HttpClient client, string filters = "", int limit = 100)
{
    private readonly Dictionary<string, string> _articles = new(StringComparer.Ordinal);

    /// <summary>Where it has come to.</summary>
    public string? Token { get; private set; }

    /// <summary>Each article's JSON by its id.</summary>
    public IReadOnlyDictionary<string, string> Articles => _articles;

    /// <summary>Reads until nothing follows; answers what was told.</summary>
    public async Task<IReadOnlyList<JsonElement>> SyncAsync()
    {
        var told = new List<JsonElement>();
        for (var pages = 0; ; pages++)
        {
            Assert.True(pages < 10_000, "The changes do not end.");
            var response = await client.GetAsync($"/v1/changes?limit={limit}{(Token is null ? string.Empty : $"&since={Token}")}{(filters.Length == 0 ? string.Empty : $"&{filters}")}");
            if ((int)response.StatusCode == 410)
            {
                await response.ProblemAsync(410, "resync-required");
                BeginAgain();
                continue;
            }

            var page = await Task.FromResult(response).AnsweredAsync(200);
            foreach (var change in page.Data())
                Apply(change);

            told.AddRange(page.Data());
            Token = page.Text("next");
            if (page.Flag("upToDate"))
                return told;
        }
    }

    /// <summary>How often it had to begin again.</summary>
    public int Beginnings { get; private set; }

    private void BeginAgain()
    {
        Assert.NotNull(Token);
        Token = null;
        _articles.Clear();
        Beginnings++;
    }

    /// <summary>Applies one change, as any client would.</summary>
    public void Apply(JsonElement change)
    {
        if (change.Text("op") == "delete")
            _articles.Remove(change.Text("id"));
        else
            _articles[change.Text("id")] = change.GetProperty("article").GetRawText();
    }

    /// <summary>It holds what the list with its filters holds, each article as it is at its own address.</summary>
    public async Task EqualsListAsync()
    {
        var listed = await client.WalkIdsAsync($"/v1/articles?limit=100{(filters.Length == 0 ? string.Empty : $"&{filters}")}");
        Assert.Equal(listed.Order(), _articles.Keys.Order());
        foreach (var (id, article) in _articles)
            Assert.Equal(await client.GetStringAsync($"/v1/articles/{id}"), article);
    }
}

/// <summary>A newsroom whose whole change log is one test's.</summary>
public sealed class OwnNewsroom : Newsroom, IAsyncDisposable
{
    public static async Task<OwnNewsroom> OpenAsync()
    {
        var newsroom = new OwnNewsroom();
        await newsroom.InitializeAsync();
        return newsroom;
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
}
