using System.Net;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>An article that is written here: made each time it is sent, known by our id alone.</summary>
public sealed class CreateArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Admin => newsroom.Admin;

    [Fact]
    public async Task Answers_where_it_stands()
    {
        var response = await CreateAsync(Given.Article());

        var made = await response.JsonAsync();
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal($"/v1/manage/articles/{made.Text("id")}", response.Header("Location"));
        Assert.Equal(made.Text("etag"), response.Tag());
        Assert.Equal("created", made.Text("outcome"));
        Assert.False(made.Has("source"));
        Assert.False(made.Has("externalId"));
        Assert.Equal(made.Text("headline"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/{made.Text("id")}")).Text("headline"));
    }

    [Fact]
    public async Task Makes_another_each_time()
    {
        var article = Given.Article();

        var first = await CreateAsync(article).AnsweredAsync(201);
        var second = await CreateAsync(article).AnsweredAsync(201);

        Assert.NotEqual(first.Text("id"), second.Text("id"));
        Assert.Equal([" slug-changed"], second.Warnings().Select(warning => warning.Replace("/slug", string.Empty, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Goes_on_as_any_other_article()
    {
        var made = await CreateAsync(Given.Article().AsDraft()).AnsweredAsync(201);

        var unchanged = await Admin.PutBackAsync(made).AnsweredAsync(200);
        var published = await Admin.PublishAsync(made.Text("id")).AnsweredAsync(200);

        Assert.Equal("unchanged", unchanged.Text("outcome"));
        Assert.Equal("live", published.Text("state"));
        Assert.Equal(HttpStatusCode.NoContent, (await Admin.DeleteArticleAsync(made.Text("id"))).StatusCode);
    }

    [Fact]
    public async Task Takes_no_source_and_no_id_of_a_senders()
    {
        var problem = await CreateAsync(Given.Article().With("source", new { slug = "wire" }).With("externalId", "mine")).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/externalId read-only", "/source read-only"], problem.Errors().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tells_everything_that_is_wrong_at_once()
    {
        var problem = await Admin.PostAsync("/v1/manage/articles", Json.Body(new { headlin = "Slip", urgency = 12, section = "nowhere-at-all" })).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/headlin unknown-member", "/language required", "/section unknown-section", "/urgency out-of-range"], problem.Errors());
    }

    [Fact]
    public async Task Needs_the_scope_for_publishing_only_to_publish()
    {
        var writer = await newsroom.ClientMayAsync("content:write");

        await writer.PostAsync("/v1/manage/articles", Json.Body(Given.Article().Build())).ProblemAsync(403, "insufficient-scope");
        await writer.PostAsync("/v1/manage/articles", Json.Body(Given.Article().AsDraft().Build())).AnsweredAsync(201);
    }

    private Task<HttpResponseMessage> CreateAsync(Given article) => Admin.PostAsync("/v1/manage/articles", Json.Body(article.Build()));
}
