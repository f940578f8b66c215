using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Publishing and unpublishing by the sender's own id.</summary>
public sealed class TransitionsByOwnIdTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Publish_and_withdraw_the_article_as_by_id()
    {
        var story = Given.Article().AsDraft();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");

        Assert.Equal("live", (await PostAsync("publish", new { externalId = story.ExternalId }).AnsweredAsync(200)).Text("state"));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
        Assert.Equal("unchanged", (await PostAsync("publish", new { externalId = story.ExternalId }).AnsweredAsync(200)).Text("outcome"));
        Assert.Equal("unpublished", (await PostAsync("unpublish", new { externalId = story.ExternalId, reason = "x" }).AnsweredAsync(200)).Text("state"));
        Assert.Equal(410, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task Take_an_instant_too()
    {
        var story = Given.Article().AsDraft();
        await newsroom.Admin.PushedAsync(story);

        Assert.Equal("scheduled", (await PostAsync("publish", new { externalId = story.ExternalId, at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200)).Text("state"));
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("unpublish")]
    public async Task Are_404_for_an_id_that_is_not_there(string transition) => await PostAsync(transition, new { externalId = "not-there" }).ProblemAsync(404, "not-found");

    [Theory]
    [InlineData("publish", "{}", "/externalId required")]
    [InlineData("publish", """{"externalId":null}""", "/externalId required")]
    [InlineData("publish", """{"externalId":7}""", "/externalId wrong-type")]
    [InlineData("publish", """{"externalid":"a"}""", "/externalId required, /externalid unknown-member")]
    [InlineData("unpublish", "{}", "/externalId required")]
    public async Task Say_what_is_missing_before_they_look_for_an_article(string transition, string body, string errors)
    {
        var problem = await newsroom.Admin.PostAsync($"/v1/manage/sources/wire/{transition}", Json.Raw(body)).ProblemAsync(422, "validation-failed");

        Assert.Equal(errors.Split(", "), problem.Errors());
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("unpublish")]
    public async Task Refuse_what_is_no_json(string transition)
    {
        await newsroom.Admin.PostAsync($"/v1/manage/sources/wire/{transition}", Json.Raw("{")).ProblemAsync(400, "invalid-json");
        await newsroom.Admin.PostAsync($"/v1/manage/sources/wire/{transition}", new StringContent("externalId=a")).ProblemAsync(415, "unsupported-media-type");
        await newsroom.Admin.PostAsync($"/v1/manage/sources/wire/{transition}", null).ProblemAsync(415, "unsupported-media-type");
    }

    [Fact]
    public async Task Refuse_a_source_of_another_form() => await newsroom.Admin.PostAsync("/v1/manage/sources/Wire/publish", Json.Body(new { externalId = "a" })).ProblemAsync(400, "malformed-request");

    private Task<HttpResponseMessage> PostAsync(string transition, object terms) => newsroom.Admin.PostAsync($"/v1/manage/sources/wire/{transition}", Json.Body(terms));
}
