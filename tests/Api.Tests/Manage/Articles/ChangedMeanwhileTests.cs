using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Whoever is refused because somebody wrote meanwhile learns what is another now, and can decide whether it matters.</summary>
public sealed class ChangedMeanwhileTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Admin => newsroom.Admin;

    [Fact]
    public async Task Names_the_members_that_differ()
    {
        var article = Given.Article().Tagged("place:syria");
        var read = await Admin.PushedAsync(article);
        await Admin.PushedAsync(article.Saying("Another text.").With("kicker", "A kicker").Tagged("place:iran"));

        var problem = await Admin.ReplaceAsync(read.Text("id"), article.Build(), read.Text("etag")).ProblemAsync(412, "revision-mismatch");

        Assert.Equal(["body", "kicker", "tags"], problem.Texts("changed"));
    }

    [Fact]
    public async Task Is_empty_where_only_a_correction_lies_between()
    {
        var read = await Admin.PushedAsync(Given.Article());
        await Admin.CorrectAsync(read.Text("id"), "It was Homs, not Aleppo.").AnsweredAsync(200);

        var problem = await Admin.DeleteArticleAsync(read.Text("id"), read.Text("etag")).ProblemAsync(412, "revision-mismatch");

        Assert.Empty(problem.Texts("changed"));
    }

    [Theory]
    [InlineData("\"another\"")]
    [InlineData("\"00000000-1\"")]
    [InlineData("\"{id}-0\"")]
    [InlineData("\"{id}-7\"")]
    [InlineData("\"{id}-99999999999999999999\"")]
    [InlineData("\"{id}-\"")]
    public async Task Says_nothing_of_a_tag_that_no_revision_had(string tag)
    {
        var read = await Admin.PushedAsync(Given.Article());

        var problem = await Admin.DeleteArticleAsync(read.Text("id"), tag.Replace("{id}", read.Text("id")[..8], StringComparison.Ordinal)).ProblemAsync(412, "revision-mismatch");

        Assert.False(problem.Has("changed"));
    }

    [Fact]
    public async Task Says_nothing_of_a_revision_that_the_key_may_not_see()
    {
        var article = Given.Article().In("politics/world");
        var read = await Admin.PushedAsync(article);
        await Admin.PushedAsync(article.In("culture"));
        var made = await Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:write", "content:publish" }, limits = new { sections = new[] { "culture" } } })).AnsweredAsync(201);

        var problem = await newsroom.Client(made.Text("key")).ReplaceAsync(read.Text("id"), article.Build(), read.Text("etag")).ProblemAsync(412, "revision-mismatch");

        Assert.False(problem.Has("changed"));
    }
}
