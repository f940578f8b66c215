using System.Net;
using System.Text.Json.Nodes;
using Galley.Tests.Support;

namespace Galley.Tests.Contract;

/// <summary>What clients generated from the document send that no person would write.</summary>
public sealed class GeneratedClientTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Members_that_are_not_set_may_be_null_in_every_push_also_those_that_the_server_decides()
    {
        var story = new JsonObject();
        foreach (var member in ContractDocument.Committed.Schema("ArticleInput").GetProperty("properties").EnumerateObject())
            story[member.Name] = null;
        (story["language"], story["headline"]) = ("fr", "Été à Damas");

        var first = await PushAsync(story);
        var second = await PushAsync(story);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal("unchanged", (await second.JsonAsync()).Text("outcome"));
    }

    [Fact]
    public async Task A_body_that_may_be_left_out_may_be_null()
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article());

        var unpublished = await newsroom.Admin.PostAsync($"/v1/manage/articles/{article.Text("id")}/unpublish", Json.Raw("null"));

        Assert.Equal("unpublished", (await unpublished.JsonAsync()).Text("state"));
    }

    [Fact]
    public async Task A_body_that_may_not_be_left_out_may_not_be_null()
    {
        var refused = await newsroom.Admin.PostAsync("/v1/manage/sources/wire/publish", Json.Raw("null"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task A_transition_that_names_no_article_is_told_what_is_missing_not_that_nothing_is_there()
    {
        var refused = await newsroom.Admin.PostAsync("/v1/manage/sources/wire/publish", Json.Raw("{}"));

        Assert.Equal(["/externalId required"], (await refused.JsonAsync()).Errors());
    }

    private Task<HttpResponseMessage> PushAsync(JsonObject story) => newsroom.Admin.PutAsync("/v1/manage/sources/wire/articles/from-a-generated-client", Json.Raw(story.ToJsonString()));
}
