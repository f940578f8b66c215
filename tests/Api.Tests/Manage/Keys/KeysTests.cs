using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Keys;

/// <summary>API keys: made once, shown once, listed without their secret, revoked at once.</summary>
public sealed class KeysTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Address = "/v1/manage/keys";

    [Fact]
    public async Task A_new_key_is_shown_once_with_what_it_may_do()
    {
        var response = await newsroom.Admin.PostAsync(Address, Json.Body(new { label = "Desk", scopes = new[] { "content:write", "drafts:read" } }));

        var key = await Task.FromResult(response).AnsweredAsync(201);
        Assert.Equal(["id", "label", "scopes", "createdAt", "hasPrevious", "key"], key.Members());
        Assert.Equal($"{Address}/{key.Text("id")}", response.Headers.Location?.ToString());
        Assert.Equal(["content:write", "drafts:read"], key.Texts("scopes"));
        Assert.Matches($"^gal_live_{key.Text("id")}_[0-9A-Za-z]{{38}}$", key.Text("key"));
        Assert.Equal("no-store", response.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_new_key_opens_what_it_may_and_nothing_else()
    {
        var writer = await newsroom.ClientMayAsync("content:write");

        await writer.PushAsync(Given.Article().AsDraft(), query: string.Empty).AnsweredAsync(201);
        await writer.PushAsync(Given.Article(), query: string.Empty).ProblemAsync(403, "insufficient-scope");
        await writer.GetAsync(Address).ProblemAsync(403, "insufficient-scope");
    }

    [Fact]
    public async Task The_list_has_all_keys_page_by_page_without_their_secrets()
    {
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
            made.Add((await MakeAsync("content:read")).Text("id"));

        var listed = await newsroom.Admin.WalkAsync($"{Address}?limit=2");

        Assert.Subset(listed.Select(key => key.Text("id")).ToHashSet(), made.ToHashSet());
        Assert.Equal(listed.Count, listed.Select(key => key.Text("id")).Distinct().Count());
        Assert.All(listed, key => Assert.False(key.Has("key")));
        Assert.All(listed, key => Assert.False(key.Has("hash")));
    }

    [Fact]
    public async Task The_list_can_be_walked_back()
    {
        for (var i = 0; i < 3; i++)
            await MakeAsync("content:read");
        var first = await newsroom.Admin.GetJsonAsync($"{Address}?limit=1");
        var second = await newsroom.Admin.GetJsonAsync($"{Address}?limit=1&cursor={first.Next()}");

        Assert.Equal(first.Ids(), (await newsroom.Admin.GetJsonAsync($"{Address}?limit=1&cursor={second.Previous()}")).Ids());
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once_and_stays_in_the_list()
    {
        var key = await MakeAsync("content:read", "content:write");
        var client = newsroom.Client(key.Text("key"));
        await client.PushAsync(Given.Article().AsDraft(), query: string.Empty).AnsweredAsync(201);

        Assert.Equal(204, await newsroom.Admin.DeleteAsync($"{Address}/{key.Text("id")}").StatusAsync());

        await client.PushAsync(Given.Article().AsDraft(), query: string.Empty).ProblemAsync(401, "invalid-credentials");
        await client.GetAsync("/v1/articles").ProblemAsync(401, "invalid-credentials");
        var listed = (await newsroom.Admin.WalkAsync(Address)).Single(each => each.Text("id") == key.Text("id"));
        Assert.True(listed.Has("revokedAt"));
    }

    [Fact]
    public async Task Revoking_what_is_not_there_or_was_revoked_is_404()
    {
        var id = (await MakeAsync("content:read")).Text("id");
        await newsroom.Admin.DeleteAsync($"{Address}/{id}");

        await newsroom.Admin.DeleteAsync($"{Address}/{id}").ProblemAsync(404, "not-found");
        await newsroom.Admin.DeleteAsync($"{Address}/nothing").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Nobody_gives_away_more_than_he_has()
    {
        var manager = await newsroom.ClientMayAsync("keys:manage", "content:read");

        await manager.PostAsync(Address, Json.Body(new { scopes = new[] { "content:read" } })).AnsweredAsync(201);
        await manager.PostAsync(Address, Json.Body(new { scopes = new[] { "content:read", "content:publish" } })).ProblemAsync(403, "insufficient-scope");
    }

    [Theory]
    [InlineData("{}", "/scopes required")]
    [InlineData("""{"scopes":null}""", "/scopes required")]
    [InlineData("""{"scopes":[]}""", "/scopes required")]
    [InlineData("""{"scopes":"content:read"}""", "/scopes wrong-type")]
    [InlineData("""{"scopes":["everything"]}""", "/scopes invalid-value")]
    [InlineData("""{"scopes":["content:read"],"name":"x"}""", "/name unknown-member")]
    public async Task A_key_that_cannot_be_made_is_refused(string body, string error)
    {
        var problem = await newsroom.Admin.PostAsync(Address, Json.Raw(body)).ProblemAsync(422, "validation-failed");

        Assert.Equal([error], problem.Errors());
    }

    [Fact]
    public async Task A_label_has_at_most_200_code_units()
    {
        var scopes = new[] { "content:read" };
        await newsroom.Admin.PostAsync(Address, Json.Body(new { scopes, label = new string('x', 200) })).AnsweredAsync(201);

        Assert.Equal(["/label too-long"], (await newsroom.Admin.PostAsync(Address, Json.Body(new { scopes, label = new string('x', 201) })).ProblemAsync(422, "validation-failed")).Errors());
    }

    [Fact]
    public async Task The_secret_is_nowhere_in_the_database_file()
    {
        var key = (await MakeAsync("content:read")).Text("key");

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(newsroom.DatabasePath)!).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Assert.DoesNotContain(key[^38..], System.Text.Encoding.Latin1.GetString(bytes.ToArray()), StringComparison.Ordinal);
        }
    }

    private Task<JsonElement> MakeAsync(params string[] scopes) => newsroom.Admin.PostAsync(Address, Json.Body(new { scopes })).AnsweredAsync(201);
}
