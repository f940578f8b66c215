using System.Text;
using Galley.Tests.Support;

namespace Galley.Tests.Keys.Matrix;

/// <summary>How somebody comes to the door.</summary>
internal enum Credentials
{
    /// <summary>With nothing.</summary>
    None,

    /// <summary>With something that opens nothing.</summary>
    Wrong,

    /// <summary>With a key that works.</summary>
    Bearer,

    /// <summary>With a key that works, as a feed reader sends it.</summary>
    Basic,
}

/// <summary>Somebody who calls: what they send, and what the policy may know of them.</summary>
internal sealed record Principal(string Name, Credentials Credentials, string? Authorization)
{
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>What the key is limited to; null where it is not.</summary>
    public string? Source { get; init; }

    public string? Section { get; init; }

    public string? Language { get; init; }

    public bool IsLimited => (Source ?? Section ?? Language) is not null;

    public bool May(string scope) => Scopes.Contains(scope);

    public bool IsForSource(string source) => Source is null || Source == source;

    public bool IsFor(Place place) =>
        IsForSource(place.Source)
        && (Section is null || place.Section == Section || place.Section.StartsWith(Section + "/", StringComparison.Ordinal))
        && (Language is null || place.Language == Language || place.Language.StartsWith(Language + "-", StringComparison.Ordinal));

    public override string ToString() => Name;
}

/// <summary>Where an article stands: what limits are about.</summary>
internal sealed record Place(string Source, string Section, string Language)
{
    /// <summary>Where all articles of the matrix stand.</summary>
    public static readonly Place Home = new("wire", "world/europe", "en-GB");
}

/// <summary>Everybody who calls in the matrix.</summary>
internal static class Principals
{
    private static readonly string[] All =
        ["content:read", "content:write", "content:publish", "taxonomy:write", "drafts:read", "embargo:read", "partners:manage", "webhooks:manage", "keys:manage", "ops"];

    private static readonly string[] Limitable = ["content:read", "content:write", "content:publish", "taxonomy:write", "drafts:read", "keys:manage"];

    public static async Task<IReadOnlyList<Principal>> MakeAsync(Newsroom newsroom)
    {
        var made = new List<Principal>
        {
            new("nobody", Credentials.None, null),
            new("a malformed key", Credentials.Wrong, "Bearer gal_live_short"),
            new("a malformed header", Credentials.Wrong, "Basic !!!"),
            Wrong("an unknown key", WithSecretOf("00000000")),
            new("the admin", Credentials.Bearer, $"Bearer {Newsroom.AdminKey}") { Scopes = All },
            new("the admin as a feed reader", Credentials.Basic, Basic(Newsroom.AdminKey)) { Scopes = All },
        };

        foreach (var scope in All)
            made.Add(await KeyAsync(newsroom, $"a key with {scope} alone", [scope]));

        made.Add(await KeyAsync(newsroom, "a writer", ["content:write", "taxonomy:write"]));
        made.Add(await KeyAsync(newsroom, "a publisher", ["content:write", "content:publish", "taxonomy:write", "drafts:read"]));
        made.Add(await KeyAsync(newsroom, "a key manager who may write", ["keys:manage", "content:write"]));
        made.Add(await KeyAsync(newsroom, "a key limited to its source", Limitable, source: "wire"));
        made.Add(await KeyAsync(newsroom, "a key limited to another source", Limitable, source: "other"));
        made.Add(await KeyAsync(newsroom, "a key limited to its section", Limitable, section: "world"));
        made.Add(await KeyAsync(newsroom, "a key limited to another section", Limitable, section: "sport"));
        made.Add(await KeyAsync(newsroom, "a key limited to its language", Limitable, language: "en"));
        made.Add(await KeyAsync(newsroom, "a key limited to another language", Limitable, language: "fr"));
        made.Add(await KeyAsync(newsroom, "a key limited to source, section and language", Limitable, "wire", "world/europe", "en-GB"));
        made.Add(await KeyAsync(newsroom, "a key limited in every way, once elsewhere", Limitable, "wire", "sport", "en-GB"));
        made.AddRange(await PastAsync(newsroom));
        return made;
    }

    // Keys that opened everything, once: each was used while it did, for whoever might remember it.
    private static async Task<IReadOnlyList<Principal>> PastAsync(Newsroom newsroom)
    {
        var revoked = await MakeAsync(newsroom, new { scopes = All });
        await newsroom.Client(revoked.Key).GetAsync("/v1/manage/keys").AnsweredAsync(200);
        await newsroom.Admin.DeleteAsync($"/v1/manage/keys/{revoked.Id}");

        var rotated = await MakeAsync(newsroom, new { scopes = All });
        await newsroom.Client(rotated.Key).GetAsync("/v1/manage/keys").AnsweredAsync(200);
        await newsroom.Admin.PostAsync($"/v1/manage/keys/{rotated.Id}/rotate", Json.Body(new { previousExpiresAt = newsroom.Clock.In(TimeSpan.Zero) })).AnsweredAsync(200);

        var mistyped = await MakeAsync(newsroom, new { scopes = All });
        var expired = await MakeAsync(newsroom, new { scopes = All, expiresAt = newsroom.Clock.In(TimeSpan.FromMinutes(1)) });
        await newsroom.Client(expired.Key).GetAsync("/v1/manage/keys").AnsweredAsync(200);
        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));

        return
        [
            Wrong("a revoked key", revoked.Key),
            Wrong("a key that was rotated out", rotated.Key),
            Wrong("an expired key", expired.Key),
            // Well-formed, with the id of a key that works and a secret that is another's.
            Wrong("a key with a wrong secret", WithSecretOf(mistyped.Id)),
        ];
    }

    private static string WithSecretOf(string id) => Galley.Keys.KeyFormat.Renew(id, new Galley.Content.Randomness());

    private static Principal Wrong(string name, string key) => new(name, Credentials.Wrong, $"Bearer {key}");

    private static async Task<Principal> KeyAsync(Newsroom newsroom, string name, string[] scopes, string? source = null, string? section = null, string? language = null)
    {
        var limits = (source ?? section ?? language) is null ? null : new { sources = ListOf(source), sections = ListOf(section), languages = ListOf(language) };
        var (_, key) = await MakeAsync(newsroom, new { scopes, limits });
        return new Principal(name, Credentials.Bearer, $"Bearer {key}") { Scopes = scopes, Source = source, Section = section, Language = language };
    }

    private static string[]? ListOf(string? value) => value is null ? null : [value];

    private static async Task<(string Id, string Key)> MakeAsync(Newsroom newsroom, object input)
    {
        var made = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(input)).AnsweredAsync(201);
        return (made.Text("id"), made.Text("key"));
    }

    private static string Basic(string key) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"reader:{key}"))}";
}
