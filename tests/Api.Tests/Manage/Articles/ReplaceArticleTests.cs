using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Replacing an article by its id: only on condition of the revision that was read.</summary>
public sealed class ReplaceArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Replaces_the_revision_that_was_read()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        var response = await newsroom.Admin.PutBackAsync(read, ("headline", "The editor's"));

        var replaced = await Task.FromResult(response).AnsweredAsync(200);
        Assert.Equal(("updated", "The editor's", 2), (replaced.Text("outcome"), replaced.Text("headline"), replaced.Number("revision")));
        Assert.Equal($"/v1/manage/articles/{read.Text("id")}", response.Header("Content-Location"));
        Assert.Equal(replaced.Text("etag"), response.Tag());
    }

    [Fact]
    public async Task Refuses_a_replacement_made_from_an_old_revision()
    {
        var story = Given.Article();
        var old = await newsroom.Admin.PushedAsync(story);
        var present = await newsroom.Admin.PushedAsync(story.Headed("Meanwhile"));

        var problem = await newsroom.Admin.PutBackAsync(old, ("headline", "Too late")).ProblemAsync(412, "revision-mismatch");

        Assert.Equal(present.Text("etag"), problem.Text("etag"));
        Assert.Equal("Meanwhile", (await newsroom.Admin.ManagedAsync(old.Text("id"))).Text("headline"));
    }

    [Fact]
    public async Task Refuses_one_that_does_not_say_which_revision_it_was_made_from()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        var problem = await newsroom.Admin.ReplaceAsync(read.Text("id"), Given.Article().Build(), ifMatch: null).ProblemAsync(428, "precondition-required");

        Assert.Equal(read.Text("etag"), problem.Text("etag"));
    }

    [Fact]
    public async Task Takes_any_revision_with_a_star()
    {
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        Assert.Equal(200, await newsroom.Admin.ReplaceAsync(id, Given.Article().Build(), ifMatch: "*").StatusAsync());
    }

    [Fact]
    public async Task Takes_one_of_several_tags()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        Assert.Equal(200, await newsroom.Admin.ReplaceAsync(read.Text("id"), Given.Article().Build(), $"\"other\", {read.Text("etag")}").StatusAsync());
    }

    [Fact]
    public async Task Compares_strongly()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        await newsroom.Admin.ReplaceAsync(read.Text("id"), Given.Article().Build(), $"W/{read.Text("etag")}").ProblemAsync(412, "revision-mismatch");
    }

    [Fact]
    public async Task Refuses_a_condition_that_cannot_be_read()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        var problem = await newsroom.Admin.ReplaceAsync(read.Text("id"), Given.Article().Build(), "without-quotes").ProblemAsync(400, "invalid-parameter");

        Assert.Equal(["If-Match invalid-header"], problem.Errors());
    }

    [Theory]
    [InlineData("5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11")]
    [InlineData("not-an-id")]
    public async Task Never_creates(string id)
    {
        await newsroom.Admin.ReplaceAsync(id, Given.Article().Build()).ProblemAsync(404, "not-found");
        await newsroom.Admin.ReplaceAsync(id, Given.Article().Build(), ifMatch: null).ProblemAsync(404, "not-found");
        await newsroom.Admin.ReplaceAsync(id, new { colour = "red" }).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Keeps_source_and_own_id()
    {
        var story = Given.Article();
        var read = await newsroom.Admin.PushedAsync(story);

        var replaced = await newsroom.Admin.ReplaceAsync(read.Text("id"), Given.Article().Build()).AnsweredAsync(200);

        Assert.Equal(("wire", story.ExternalId), (replaced.GetProperty("source").Text("slug"), replaced.Text("externalId")));
    }

    [Fact]
    public async Task Of_two_editors_who_read_the_same_one_wins()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());

        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => newsroom.Admin.PutBackAsync(read, ("headline", $"Editor {i}")).StatusAsync()));

        Assert.Single(answers, 200);
        Assert.Equal(19, answers.Count(status => status == 412));
        Assert.Equal(2, (await newsroom.Admin.ManagedAsync(read.Text("id"))).Number("revision"));
    }

    [Fact]
    public async Task May_make_sections_and_tags_too()
    {
        var read = await newsroom.Admin.PushedAsync(Given.Article());
        var section = Own.Section();

        var replaced = await newsroom.Admin.SendAsync(
            HttpMethod.Put, $"/v1/manage/articles/{read.Text("id")}?createMissing=sections", Json.Body(Given.Article().In(section).Build()), ("If-Match", "*")).AnsweredAsync(200);

        Assert.Equal(section, replaced.GetProperty("section").Text("path"));
    }
}
