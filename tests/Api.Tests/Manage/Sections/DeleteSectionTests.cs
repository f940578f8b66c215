using Galley.Tests.Support;

namespace Galley.Tests.Manage.Sections;

/// <summary>A section goes when nothing uses it any more, and what readers knew under it still answers.</summary>
public sealed class DeleteSectionTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task One_that_nothing_uses_is_gone()
    {
        var path = Own.Section();
        await newsroom.Admin.PutSectionAsync(path, new { }).AnsweredAsync(201);

        Assert.Equal(204, await DeleteAsync(path).StatusAsync());
        await newsroom.Reader.GetAsync($"/v1/sections/{path}").ProblemAsync(404, "not-found");
        await DeleteAsync(path).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task One_with_a_section_below_is_in_use()
    {
        var path = Own.Section();
        await newsroom.Admin.PutSectionAsync(path, new { }).AnsweredAsync(201);
        await newsroom.Admin.PutSectionAsync($"{path}/below", new { }).AnsweredAsync(201);

        await DeleteAsync(path).ProblemAsync(409, "in-use");
    }

    [Fact]
    public async Task One_that_a_key_is_limited_to_is_in_use_while_the_key_works()
    {
        var path = Own.Section();
        await newsroom.Admin.PutSectionAsync(path, new { }).AnsweredAsync(201);
        await MakeKeyAsync(path, expiresAt: newsroom.Clock.In(TimeSpan.FromMinutes(1)));
        var id = await MakeKeyAsync(path);
        newsroom.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal($"The key {id} is limited to it. Revoke it first.", (await DeleteAsync(path).ProblemAsync(409, "in-use")).Text("detail"));
        var editor = await newsroom.ClientMayAsync("taxonomy:write");
        Assert.Equal("A key is limited to it.", (await editor.DeleteAsync($"/v1/manage/sections/{path}").ProblemAsync(409, "in-use")).Text("detail"));

        Assert.Equal(204, await newsroom.Admin.DeleteAsync($"/v1/manage/keys/{id}").StatusAsync());
        Assert.Equal(204, await DeleteAsync(path).StatusAsync());
    }

    [Theory]
    [InlineData("live")]
    [InlineData("scheduled")]
    [InlineData("draft")]
    [InlineData("unpublished")]
    [InlineData("expired")]
    [InlineData("draft beside a live one")]
    public async Task One_with_an_article_in_any_state_is_in_use(string state)
    {
        var path = Own.Section();
        var article = Given.Article().In(path);
        await newsroom.Admin.PutSectionAsync(path, new { }).AnsweredAsync(201);
        await BringToAsync(article, state);

        await DeleteAsync(path).ProblemAsync(409, "in-use");

        // Elsewhere, it no longer is.
        var id = (await newsroom.Admin.GetJsonAsync($"/v1/manage/sources/wire/articles/{article.ExternalId}")).Text("id");
        await newsroom.Admin.PushedAsync(article.Without("section").Without("publishedAt").Without("expiresAt").With("status", "published"));
        Assert.Equal(204, await DeleteAsync(path).StatusAsync());
        newsroom.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync());
    }

    [Fact]
    public async Task Old_addresses_of_articles_below_it_still_answer()
    {
        var path = Own.Section();
        var moved = Given.Article().In(path);
        var withdrawn = Given.Article().In(path);
        var (movedPath, withdrawnPath) = ((await newsroom.Admin.PushedAsync(moved)).Text("path"), (await newsroom.Admin.PushedAsync(withdrawn)).Text("path"));
        await newsroom.Admin.PushedAsync(moved.Without("section"));
        await newsroom.Admin.DeleteAsync($"/v1/manage/sources/wire/articles/{withdrawn.ExternalId}");
        Assert.Equal(204, await DeleteAsync(path).StatusAsync());

        Assert.Equal(308, await newsroom.Reader.GetAsync($"/v1/articles/by-path/{movedPath}").StatusAsync());
        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{withdrawnPath}").ProblemAsync(410, "gone");
    }

    [Fact]
    public async Task It_is_guarded_by_its_tag()
    {
        var path = Own.Section();
        var made = await newsroom.Admin.PutSectionAsync(path, new { });
        await newsroom.Admin.PutSectionAsync(path, new { position = 2 }).AnsweredAsync(200);

        await newsroom.Admin.SendAsync(HttpMethod.Delete, $"/v1/manage/sections/{path}", ("If-Match", made.Tag())).ProblemAsync(412, "revision-mismatch");
    }

    private Task<HttpResponseMessage> DeleteAsync(string path) => newsroom.Admin.DeleteAsync($"/v1/manage/sections/{path}");

    private async Task<string> MakeKeyAsync(string section, string? expiresAt = null)
    {
        object limits = new { sections = new[] { section } };
        var scopes = new[] { "content:write" };
        return (await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(expiresAt is null ? new { scopes, limits } : new { scopes, limits, expiresAt })).AnsweredAsync(201)).Text("id");
    }

    private async Task BringToAsync(Given article, string state)
    {
        switch (state)
        {
            case "scheduled":
                await newsroom.Admin.PushedAsync(article.With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
                break;
            case "draft":
                await newsroom.Admin.PushedAsync(article.AsDraft());
                break;
            case "expired":
                await newsroom.Admin.PushedAsync(article.With("expiresAt", newsroom.Clock.In(TimeSpan.FromMinutes(1))));
                newsroom.Clock.Advance(TimeSpan.FromMinutes(2));
                break;
            case "draft beside a live one":
                var path = article.Build()["section"];
                await newsroom.Admin.PushedAsync(article.Without("section"));
                await newsroom.Admin.PushedAsync(article.With("section", path).AsDraft());
                break;
            default:
                var pushed = await newsroom.Admin.PushedAsync(article);
                if (state == "unpublished")
                    await newsroom.Admin.UnpublishAsync(pushed.Text("id")).AnsweredAsync(200);
                break;
        }
    }
}
