using Galley.Tests.Support;

namespace Galley.Tests.Http;

/// <summary>What is checked first is answered first: route, key, scope, existence, preconditions, content.</summary>
public sealed class OrderOfChecksTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Unknown = "5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11";

    [Fact]
    public async Task The_route_comes_before_the_key()
    {
        await newsroom.Client("wrong").GetAsync("/v1/manage/nothing").ProblemAsync(404, "not-found");
        await newsroom.Client("wrong").PostAsync("/v1/manage/articles/by-source", null).ProblemAsync(405, "method-not-allowed");
    }

    [Fact]
    public async Task The_key_comes_before_everything_in_the_request()
    {
        var client = newsroom.Reader;
        var compressed = Json.Raw("{");
        compressed.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");

        await client.PutAsync("/v1/manage/sources/UPPER/articles/a?what=ever", Json.Raw("{")).ProblemAsync(401, "missing-credentials");
        await client.PutAsync("/v1/manage/sources/wire/articles/a", compressed).ProblemAsync(401, "missing-credentials");
        await client.SendAsync(HttpMethod.Get, "/v1/manage/keys?limit=0", ("Accept", "text/html")).ProblemAsync(401, "missing-credentials");
        await client.SendAsync(HttpMethod.Delete, $"/v1/manage/articles/{Unknown}", ("If-Match", "garbage")).ProblemAsync(401, "missing-credentials");
    }

    [Fact]
    public async Task The_scope_comes_before_existence_and_content()
    {
        var writer = await newsroom.ClientMayAsync("content:write");

        await writer.ReplaceAsync(Unknown, new { language = "en", headline = "H", status = "published" }).ProblemAsync(403, "insufficient-scope");
        await writer.PublishAsync(Unknown, new { at = "garbage" }).ProblemAsync(403, "insufficient-scope");
        await writer.PushAsync(Given.Article().With("urgency", 99), query: string.Empty).ProblemAsync(403, "insufficient-scope");
        await (await newsroom.ClientMayAsync("content:read")).PutAsync("/v1/manage/sources/wire/articles/a", Json.Raw("{")).ProblemAsync(403, "insufficient-scope");
    }

    [Fact]
    public async Task Existence_comes_before_preconditions()
    {
        await newsroom.Admin.DeleteAsync($"/v1/manage/articles/{Unknown}").ProblemAsync(404, "not-found");
        await newsroom.Admin.DeleteArticleAsync(Unknown, "\"stale\"").ProblemAsync(404, "not-found");
        await newsroom.Admin.ReplaceAsync(Unknown, Given.Article().Build(), ifMatch: null).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Existence_comes_before_content()
    {
        await newsroom.Admin.ReplaceAsync(Unknown, new { colour = "red" }).ProblemAsync(404, "not-found");
        await newsroom.Admin.SendAsync(HttpMethod.Put, $"/v1/manage/articles/{Unknown}", Json.Raw("{"), ("If-Match", "*")).ProblemAsync(404, "not-found");
        await newsroom.Admin.SendAsync(HttpMethod.Put, $"/v1/manage/articles/{Unknown}", new StringContent("x"), ("If-Match", "*")).ProblemAsync(404, "not-found");
        await newsroom.Admin.PublishAsync(Unknown, new { at = "garbage" }).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Preconditions_come_before_content()
    {
        var story = Given.Article();
        var pushed = await newsroom.Admin.PushedAsync(story);
        var own = $"/v1/manage/sources/wire/articles/{story.ExternalId}";
        var compressed = Json.Raw("{");
        compressed.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");

        await newsroom.Admin.ReplaceAsync(pushed.Text("id"), new { colour = "red" }, ifMatch: null).ProblemAsync(428, "precondition-required");
        await newsroom.Admin.ReplaceAsync(pushed.Text("id"), new { colour = "red" }, "\"stale\"").ProblemAsync(412, "revision-mismatch");
        await newsroom.Admin.SendAsync(HttpMethod.Put, own, Json.Raw("{"), ("If-Match", "\"stale\"")).ProblemAsync(412, "revision-mismatch");
        await newsroom.Admin.SendAsync(HttpMethod.Put, own, Json.Raw("{"), ("If-None-Match", "*")).ProblemAsync(412, "already-exists");
        await newsroom.Admin.SendAsync(HttpMethod.Put, own, compressed, ("If-Match", "\"stale\"")).ProblemAsync(412, "revision-mismatch");
        await newsroom.Admin.SendAsync(HttpMethod.Post, $"/v1/manage/articles/{pushed.Text("id")}/publish", Json.Raw("{"), ("If-Match", "\"stale\"")).ProblemAsync(412, "revision-mismatch");
    }

    [Fact]
    public async Task What_the_database_knows_comes_with_the_rest_of_the_content()
    {
        var story = Given.Article().In("unknown").With("urgency", 0);

        Assert.Equal(["/section unknown-section", "/urgency out-of-range"], (await newsroom.Admin.PushAsync(story, query: string.Empty).ProblemAsync(422, "validation-failed")).Errors());
    }
}
