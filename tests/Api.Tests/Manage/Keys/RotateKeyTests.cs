using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Keys;

/// <summary>A key changes its secret without anything standing still: two secrets work, until the older one ends.</summary>
public sealed class RotateKeyTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Address = "/v1/manage/keys";

    [Fact]
    public async Task The_new_secret_works_beside_the_present_one()
    {
        var key = await MakeAsync("content:write");

        var rotated = await RotateAsync(key.Text("id"));

        Assert.Equal(key.Text("id"), rotated.Text("id"));
        Assert.NotEqual(key.Text("key"), rotated.Text("key"));
        Assert.StartsWith($"gal_live_{key.Text("id")}_", rotated.Text("key"), StringComparison.Ordinal);
        Assert.Equal(["content:write"], rotated.Texts("scopes"));
        Assert.True(rotated.Flag("hasPrevious"));
        Assert.True(rotated.Has("rotatedAt"));
        Assert.True(await OpensAsync(key) && await OpensAsync(rotated));
    }

    [Fact]
    public async Task With_a_third_secret_the_first_one_ends()
    {
        var first = await MakeAsync("content:write");
        var second = await RotateAsync(first.Text("id"));
        var third = await RotateAsync(first.Text("id"));

        Assert.False(await OpensAsync(first));
        Assert.True(await OpensAsync(second) && await OpensAsync(third));
    }

    [Fact]
    public async Task The_previous_secret_ends_at_the_instant_that_was_set()
    {
        var key = await MakeAsync("content:write");
        var end = newsroom.Clock.In(TimeSpan.FromHours(1));

        var rotated = await RotateAsync(key.Text("id"), new { previousExpiresAt = end });

        Assert.Equal(DateTimeOffset.Parse(end, null), DateTimeOffset.Parse(rotated.Text("previousExpiresAt"), null));
        newsroom.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.True(await OpensAsync(key));
        newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(await OpensAsync(key));
        Assert.True(await OpensAsync(rotated));
        Assert.False((await newsroom.Admin.GetJsonAsync($"{Address}/{key.Text("id")}")).Flag("hasPrevious"));
    }

    [Fact]
    public async Task An_end_that_has_passed_ends_it_at_once()
    {
        var key = await MakeAsync("content:write");

        var rotated = await RotateAsync(key.Text("id"), new { previousExpiresAt = "2001-01-01T00:00:00Z" });

        Assert.False(await OpensAsync(key));
        Assert.True(await OpensAsync(rotated));
        Assert.False(rotated.Flag("hasPrevious"));
        Assert.False(rotated.Has("previousExpiresAt"));
    }

    [Fact]
    public async Task The_previous_secret_can_be_ended_once()
    {
        var key = await MakeAsync("content:write");
        var rotated = await RotateAsync(key.Text("id"));

        Assert.Equal(204, await newsroom.Admin.DeleteAsync($"{Address}/{key.Text("id")}/previous").StatusAsync());

        Assert.False(await OpensAsync(key));
        Assert.True(await OpensAsync(rotated));
        await newsroom.Admin.DeleteAsync($"{Address}/{key.Text("id")}/previous").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_revoked_key_is_closed_with_both_secrets_and_is_given_no_other()
    {
        var key = await MakeAsync("content:write");
        var rotated = await RotateAsync(key.Text("id"));

        await newsroom.Admin.DeleteAsync($"{Address}/{key.Text("id")}");

        Assert.False(await OpensAsync(key) || await OpensAsync(rotated));
        await newsroom.Admin.PostAsync($"{Address}/{key.Text("id")}/rotate", null).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task An_expired_key_is_closed_and_is_given_no_other_secret()
    {
        var key = await MakeAsync(new { scopes = new[] { "content:write" }, expiresAt = newsroom.Clock.In(TimeSpan.FromMinutes(1)) });
        Assert.True(await OpensAsync(key));

        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(await OpensAsync(key));
        await newsroom.Admin.PostAsync($"{Address}/{key.Text("id")}/rotate", null).ProblemAsync(404, "not-found");
        Assert.True((await newsroom.Admin.GetJsonAsync($"{Address}/{key.Text("id")}")).Has("expiresAt"));
    }

    [Fact]
    public async Task Nobody_gets_the_secret_of_a_key_that_may_do_more()
    {
        var wide = (await MakeAsync("content:write", "content:publish")).Text("id");
        var manager = await newsroom.ClientMayAsync("keys:manage", "content:write");

        foreach (var attempt in new[] { manager.PostAsync($"{Address}/{wide}/rotate", null), manager.DeleteAsync($"{Address}/{wide}"), manager.DeleteAsync($"{Address}/{wide}/previous") })
            await attempt.ProblemAsync(403, "insufficient-scope");

        Assert.False((await newsroom.Admin.GetJsonAsync($"{Address}/{wide}")).Has("rotatedAt"));
    }

    [Fact]
    public async Task Existence_comes_before_the_body()
    {
        var id = (await MakeAsync("content:write")).Text("id");

        await newsroom.Admin.PostAsync($"{Address}/nothing/rotate", Json.Body(new { previousExpiresAt = "soon" })).ProblemAsync(404, "not-found");
        Assert.Equal(["/previousExpiresAt invalid-instant"], (await newsroom.Admin.PostAsync($"{Address}/{id}/rotate", Json.Body(new { previousExpiresAt = "soon" })).ProblemAsync(422, "validation-failed")).Errors());
    }

    [Fact]
    public async Task One_key_is_shown_without_its_secrets()
    {
        var key = await MakeAsync("content:write");
        await RotateAsync(key.Text("id"));

        Assert.Equal(["id", "scopes", "createdAt", "rotatedAt", "hasPrevious"], (await newsroom.Admin.GetJsonAsync($"{Address}/{key.Text("id")}")).Members());
    }

    [Fact]
    public async Task A_key_that_ends_makes_none_that_ends_later()
    {
        var maker = await MakeAsync(new { scopes = new[] { "keys:manage", "content:write" }, expiresAt = newsroom.Clock.In(TimeSpan.FromHours(2)) });
        var client = newsroom.Client(maker.Text("key"));
        object Asked(string? expiresAt) => expiresAt is null ? new { scopes = new[] { "content:write" } } : new { scopes = new[] { "content:write" }, expiresAt };

        await client.PostAsync(Address, Json.Body(Asked(maker.Text("expiresAt")))).AnsweredAsync(201);
        foreach (var later in new[] { null, newsroom.Clock.In(TimeSpan.FromHours(3)) })
            Assert.Equal(["/expiresAt out-of-range"], (await client.PostAsync(Address, Json.Body(Asked(later))).ProblemAsync(422, "validation-failed")).Errors());

        Assert.Equal(["/expiresAt out-of-range"], (await newsroom.Admin.PostAsync(Address, Json.Body(Asked("2001-01-01T00:00:00Z"))).ProblemAsync(422, "validation-failed")).Errors());
    }

    [Fact]
    public async Task Nor_does_it_renew_one_that_ends_later_but_itself_and_one_that_ends_before()
    {
        var maker = await MakeAsync(new { scopes = new[] { "keys:manage", "content:write" }, expiresAt = newsroom.Clock.In(TimeSpan.FromHours(2)) });
        var endless = await MakeAsync("content:write");
        var shorter = await MakeAsync(new { scopes = new[] { "content:write" }, expiresAt = newsroom.Clock.In(TimeSpan.FromHours(1)) });
        var client = newsroom.Client(maker.Text("key"));

        await client.PostAsync($"{Address}/{endless.Text("id")}/rotate", null).ProblemAsync(403, "outside-constraint");
        await client.PostAsync($"{Address}/{shorter.Text("id")}/rotate", null).AnsweredAsync(200);
        await client.PostAsync($"{Address}/{maker.Text("id")}/rotate", null).AnsweredAsync(200);
    }

    private Task<JsonElement> MakeAsync(params string[] scopes) => MakeAsync(new { scopes });

    private Task<JsonElement> MakeAsync(object input) => newsroom.Admin.PostAsync(Address, Json.Body(input)).AnsweredAsync(201);

    private Task<JsonElement> RotateAsync(string id, object? terms = null) =>
        newsroom.Admin.PostAsync($"{Address}/{id}/rotate", terms is null ? null : Json.Body(terms)).AnsweredAsync(200);

    // 404 is past the door, 401 is not.
    private async Task<bool> OpensAsync(JsonElement key)
    {
        var status = await newsroom.Client(key.Text("key")).GetAsync($"/v1/manage/articles/{Guid.NewGuid()}").StatusAsync();
        Assert.Contains(status, new[] { 401, 404 });
        return status == 404;
    }
}
