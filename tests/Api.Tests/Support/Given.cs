namespace Galley.Tests.Support;

/// <summary>An article in the making, as a sender would write it.</summary>
public sealed class Given
{
    private static int Made;

    private readonly Dictionary<string, object?> _members = new() { ["language"] = "en", ["status"] = "published" };

    /// <summary>Unlike every other article of the run, so that tests share a server but never data.</summary>
    public string ExternalId { get; } = $"story-{Interlocked.Increment(ref Made)}";

    /// <summary>A published English article with a headline of its own.</summary>
    public static Given Article()
    {
        var given = new Given();
        return given.Headed($"Headline of {given.ExternalId}").Saying($"First paragraph of {given.ExternalId}.\n\nSecond paragraph.");
    }

    public Given With(string member, object? value)
    {
        _members[member] = value;
        return this;
    }

    public Given Without(string member)
    {
        _members.Remove(member);
        return this;
    }

    public Given Headed(string headline) => With("headline", headline);

    public Given In(string section) => With("section", section);

    public Given Tagged(params string[] tags) => With("tags", tags);

    public Given Written(string language) => With("language", language);

    public Given Saying(string text) => With("body", new { text });

    public Given AsDraft() => With("status", "draft");

    public IReadOnlyDictionary<string, object?> Build() => _members;
}

/// <summary>Pushing, the way a script does it.</summary>
public static class Pushing
{
    public const string Source = "wire";

    public static Task<HttpResponseMessage> PushAsync(this HttpClient client, Given article, string query = "?createMissing=sections,tags", string source = Source) =>
        client.PutAsync($"/v1/manage/sources/{source}/articles/{article.ExternalId}{query}", Json.Body(article.Build()));

    /// <summary>Pushes and expects success; answers the managed article.</summary>
    public static async Task<System.Text.Json.JsonElement> PushedAsync(this HttpClient client, Given article, string source = Source)
    {
        var response = await client.PushAsync(article, source: source);
        Assert.True(response.IsSuccessStatusCode, $"The push answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return await response.JsonAsync();
    }
}
