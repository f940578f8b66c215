using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>The sender's own id in the query: for proxies that refuse encoded slashes, and for awkward ids.</summary>
public sealed class ArticleBySourceTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Address = "/v1/manage/articles/by-source";

    [Fact]
    public async Task Pushes_reads_and_deletes_the_article_of_the_path()
    {
        var story = Given.Article();
        var created = await newsroom.Admin.PutAsync($"{Address}?source=wire&externalId={story.ExternalId}&createMissing=sections", Json.Body(story.In(Own.Section()).Build())).AnsweredAsync(201);

        Assert.Equal(created.Text("id"), (await newsroom.Admin.GetJsonAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}")).Text("id"));
        Assert.Equal("unchanged", (await newsroom.Admin.PushedAsync(story)).Text("outcome"));
        Assert.Equal(204, await newsroom.Admin.DeleteAsync($"{Address}?source=wire&externalId={story.ExternalId}").StatusAsync());
        Assert.Equal(404, await newsroom.Admin.GetAsync($"{Address}?source=wire&externalId={story.ExternalId}").StatusAsync());
    }

    [Theory]
    [InlineData("https://example.org/a?b=c&d=e#f")]
    [InlineData("a//b/../c/.")]
    [InlineData("..")]
    [InlineData("a%2Fb")]
    [InlineData("100 % + ü &")]
    public async Task Takes_ids_that_no_path_could_hold(string externalId)
    {
        var query = $"?source=wire&externalId={Uri.EscapeDataString(externalId)}";

        Assert.Equal(externalId, (await newsroom.Admin.PutAsync(Address + query, Json.Body(Given.Article().Build())).AnsweredAsync(201)).Text("externalId"));
        Assert.Equal(externalId, (await newsroom.Admin.GetJsonAsync(Address + query)).Text("externalId"));
    }

    [Fact]
    public async Task Reads_a_plus_as_a_space_as_forms_do()
    {
        await newsroom.Admin.PutAsync($"{Address}?source=wire&externalId=two+words", Json.Body(Given.Article().Build())).AnsweredAsync(201);

        Assert.Equal("two words", (await newsroom.Admin.GetJsonAsync($"{Address}?source=wire&externalId=two%20words")).Text("externalId"));
    }

    [Theory]
    [InlineData("", "source invalid-parameter, externalId invalid-parameter")]
    [InlineData("?source=wire", "externalId invalid-parameter")]
    [InlineData("?source=&externalId=a", "source invalid-parameter")]
    [InlineData("?source=Wire&externalId=a", "source invalid-parameter")]
    [InlineData("?source=wire&externalId=a%0Ab", "externalId invalid-parameter")]
    [InlineData("?source=wire&externalId=a&externalid=b", "externalid unknown-parameter")]
    [InlineData("?source=wire&externalId=a&externalId=b", "externalId invalid-parameter")]
    public async Task Needs_both_parts_in_their_form(string query, string errors)
    {
        var response = await newsroom.Admin.GetAsync(Address + query);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(errors.Split(", "), (await response.JsonAsync()).Errors());
    }

    [Fact]
    public async Task Does_not_take_an_id_of_more_than_250_code_units()
    {
        var response = await newsroom.Admin.GetAsync($"{Address}?source=wire&externalId={new string('x', 251)}");

        Assert.Equal(["externalId invalid-parameter"], (await Task.FromResult(response).ProblemAsync(400, "invalid-parameter")).Errors());
    }
}
