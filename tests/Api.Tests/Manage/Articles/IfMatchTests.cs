using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Writing from a revision that was read: required by id in PUT, PATCH and DELETE, honoured everywhere else.</summary>
public sealed class IfMatchTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Article = """{"language":"en","status":"draft","headline":"Another"}""";

    public static TheoryData<string, string, string?, bool> Writes => new()
    {
        { "PUT", "/v1/manage/articles/{id}", Article, true },
        { "PATCH", "/v1/manage/articles/{id}", """{"headline":"Another"}""", true },
        { "DELETE", "/v1/manage/articles/{id}", null, true },
        { "PUT", "/v1/manage/sources/wire/articles/{own}", Article, false },
        { "PUT", "/v1/manage/articles/by-source?source=wire&externalId={own}", Article, false },
        { "PATCH", "/v1/manage/sources/wire/articles/{own}", """{"headline":"Another"}""", false },
        { "PATCH", "/v1/manage/articles/by-source?source=wire&externalId={own}", """{"headline":"Another"}""", false },
        { "DELETE", "/v1/manage/sources/wire/articles/{own}", null, false },
        { "DELETE", "/v1/manage/articles/by-source?source=wire&externalId={own}", null, false },
        { "POST", "/v1/manage/articles/{id}/publish", null, false },
        { "POST", "/v1/manage/articles/{id}/unpublish", null, false },
        { "POST", "/v1/manage/articles/{id}/discard", null, false },
        { "POST", "/v1/manage/articles/{id}/takedown", """{"reason":"A reason"}""", false },
        { "POST", "/v1/manage/articles/{id}/corrections", """{"kind":"correction","text":"It was Homs."}""", false },
        { "POST", "/v1/manage/sources/wire/publish", """{"externalId":"{own}"}""", false },
        { "POST", "/v1/manage/sources/wire/unpublish", """{"externalId":"{own}"}""", false },
        { "POST", "/v1/manage/sources/wire/discard", """{"externalId":"{own}"}""", false },
        { "POST", "/v1/manage/sources/wire/takedown", """{"externalId":"{own}","reason":"A reason"}""", false },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Guards_every_write(string method, string address, string? body, bool isRequired)
    {
        var (id, own, former, present) = await LiveWithDraftAsync();

        var refused = await SendAsync(former).ProblemAsync(412, "revision-mismatch");
        Assert.Equal(present, refused.Text("etag"));
        await SendAsync($"W/{present}").ProblemAsync(412, "revision-mismatch");
        await SendAsync("present").ProblemAsync(400, "invalid-parameter");
        if (isRequired)
            Assert.Equal(present, (await SendAsync(null).ProblemAsync(428, "precondition-required")).Text("etag"));

        Assert.Equal(2, (await newsroom.Admin.ManagedAsync(id)).Number("revision"));
        Assert.InRange(await SendAsync($"{former}, {present}").StatusAsync(), 200, 204);
        (id, own, _, _) = await LiveWithDraftAsync();
        Assert.InRange(await SendAsync("*").StatusAsync(), 200, 204);
        (id, own, _, _) = await LiveWithDraftAsync();
        if (!isRequired)
            Assert.InRange(await SendAsync(null).StatusAsync(), 200, 204);

        Task<HttpResponseMessage> SendAsync(string? ifMatch) => newsroom.Admin.SendAsync(
            new HttpMethod(method), Own(address), body is null ? null : method == "PATCH" ? Json.Patch(Own(body)) : Json.Raw(Own(body)), ifMatch is null ? [] : [("If-Match", ifMatch)]);

        string Own(string text) => text.Replace("{id}", id, StringComparison.Ordinal).Replace("{own}", own, StringComparison.Ordinal);
    }

    private async Task<(string Id, string Own, string Former, string Present)> LiveWithDraftAsync()
    {
        var story = Given.Article();
        var live = await newsroom.Admin.PushedAsync(story);
        var draft = await newsroom.Admin.PushedAsync(story.Headed("A draft").AsDraft());
        return (live.Text("id"), story.ExternalId, live.Text("etag"), draft.Text("etag"));
    }
}
