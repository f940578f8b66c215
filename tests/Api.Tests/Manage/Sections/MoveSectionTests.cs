using Galley.Tests.Support;

namespace Galley.Tests.Manage.Sections;

/// <summary>A section moves with all in it, and every old address leads to the new one in one hop.</summary>
public sealed class MoveSectionTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Articles_and_sections_below_follow_and_old_paths_lead_on()
    {
        var (from, to) = (Own.Section(), Own.Section());
        var article = await newsroom.Admin.PushedAsync(Given.Article().In($"{from}/below"));
        var version = article.Number("version");

        var moved = await newsroom.Admin.MoveSectionAsync(from, to).AnsweredAsync(200);

        Assert.Equal((to, "updated"), (moved.Text("path"), moved.Text("outcome")));
        Assert.Equal([from], moved.Texts("formerPaths"));
        var present = article.Text("path").Replace(from, to, StringComparison.Ordinal);
        var now = await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}");
        Assert.Equal((present, version), (now.Text("path"), now.Number("version")));
        Assert.Equal(present, (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-path/{present}")).Text("path"));
        await ExpectMovedAsync($"/v1/articles/by-path/{article.Text("path")}", $"/v1/articles/by-path/{present}");
        await ExpectMovedAsync($"/v1/sections/{from}?language=fr", $"/v1/sections/{to}?language=fr");
        await ExpectMovedAsync($"/v1/sections/{from}/below", $"/v1/sections/{to}/below");
    }

    [Fact]
    public async Task Filters_and_pushes_by_the_old_path_still_work()
    {
        var (from, to) = (Own.Section(), Own.Section());
        var first = (await newsroom.Admin.PushedAsync(Given.Article().In(from))).Text("id");
        await newsroom.Admin.MoveSectionAsync(from, to).AnsweredAsync(200);

        var second = await newsroom.Admin.PushedAsync(Given.Article().In(from));
        var below = await newsroom.Admin.PushedAsync(Given.Article().In($"{from}/new"));

        Assert.Equal([to, $"{to}/new"], new[] { second, below }.Select(article => article.GetProperty("section").Text("path")));
        foreach (var path in new[] { from, to })
            Assert.Equal(new HashSet<string> { below.Text("id"), second.Text("id"), first }, (await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={path}")).ToHashSet());
        Assert.Equal([$"{to}/new"], (await newsroom.Reader.GetJsonAsync($"/v1/sections?parent={from}")).Data().Select(section => section.Text("path")));
    }

    [Fact]
    public async Task Counts_and_lists_above_change_at_once()
    {
        var (old, present) = (Own.Section(), Own.Section());
        await newsroom.Admin.PutSectionAsync(old, new { }).AnsweredAsync(201);
        await newsroom.Admin.PutSectionAsync(present, new { }).AnsweredAsync(201);
        await newsroom.Admin.PushedAsync(Given.Article().In(old));
        await newsroom.Admin.PushedAsync(Given.Article().In($"{old}/x"));
        var moving = (await newsroom.Admin.PushedAsync(Given.Article().In($"{old}/x/deep"))).Text("id");

        await newsroom.Admin.MoveSectionAsync($"{old}/x", $"{present}/y").AnsweredAsync(200);

        Assert.Equal((1, 2, 2, 1), (await CountAsync(old), await CountAsync(present), await CountAsync($"{present}/y"), await CountAsync($"{present}/y/deep")));
        Assert.Single(await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={old}"));
        Assert.Equal(2, (await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={present}")).Count);

        // Whatever happens to an article afterwards counts where it stands now.
        await newsroom.Admin.UnpublishAsync(moving).AnsweredAsync(200);
        Assert.Equal((1, 1), (await CountAsync(old), await CountAsync(present)));
    }

    [Fact]
    public async Task Other_articles_link_to_the_new_path()
    {
        var (from, to) = (Own.Section(), Own.Section());
        var target = await newsroom.Admin.PushedAsync(Given.Article().In(from));
        var linking = await newsroom.Admin.PushedAsync(Given.Article().With("related", new[] { new { id = target.Text("id") } }));
        await newsroom.Admin.MoveSectionAsync(from, to).AnsweredAsync(200);

        var related = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{linking.Text("id")}")).GetProperty("related")[0];
        Assert.Equal(target.Text("path").Replace(from, to, StringComparison.Ordinal), related.Text("path"));
    }

    [Fact]
    public async Task A_scheduled_article_appears_at_the_new_path_and_the_old_one_tells_nothing()
    {
        var (from, to) = (Own.Section(), Own.Section());
        var scheduled = await newsroom.Admin.PushedAsync(Given.Article().In(from).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
        await newsroom.Admin.MoveSectionAsync(from, to).AnsweredAsync(200);

        // No reader knew the old path.
        await newsroom.Reader.GetAsync($"/v1/sections/{from}").ProblemAsync(404, "not-found");
        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{scheduled.Text("path")}").ProblemAsync(404, "not-found");
        Assert.Empty(await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={from}"));

        newsroom.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/articles/by-path/{scheduled.Text("path").Replace(from, to, StringComparison.Ordinal)}").StatusAsync());
        await newsroom.Reader.GetAsync($"/v1/sections/{from}").ProblemAsync(404, "not-found");
        Assert.Empty(await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={from}"));
    }

    [Fact]
    public async Task A_path_that_readers_knew_leads_on_also_where_nothing_visible_stood_there_just_then()
    {
        var (from, to) = (Own.Section(), Own.Section());
        var article = await newsroom.Admin.PushedAsync(Given.Article().In(from));
        await newsroom.Admin.UnpublishAsync(article.Text("id")).AnsweredAsync(200);
        await newsroom.Admin.MoveSectionAsync(from, to).AnsweredAsync(200);

        await ExpectMovedAsync($"/v1/sections/{from}", $"/v1/sections/{to}");
    }

    [Fact]
    public async Task What_is_gone_is_gone_at_its_old_path_too()
    {
        var (from, to) = (Own.Section(), Own.Section());
        var article = await newsroom.Admin.PushedAsync(Given.Article().In(from));
        await newsroom.Admin.UnpublishAsync(article.Text("id")).AnsweredAsync(200);
        await newsroom.Admin.MoveSectionAsync(from, to).AnsweredAsync(200);

        await newsroom.Reader.GetAsync($"/v1/articles/by-path/{article.Text("path")}").ProblemAsync(410, "gone");
    }

    [Fact]
    public async Task A_new_section_at_the_old_path_is_its_own_and_articles_that_stood_there_are_still_found()
    {
        var (from, to) = (Own.Section(), Own.Section());
        var article = await newsroom.Admin.PushedAsync(Given.Article().In(from));
        await newsroom.Admin.MoveSectionAsync(from, to).AnsweredAsync(200);
        await newsroom.Admin.PutSectionAsync(from, new { names = new { en = "Another" } }).AnsweredAsync(201);

        Assert.Equal("Another", (await newsroom.Reader.GetJsonAsync($"/v1/sections/{from}")).Text("name"));
        Assert.Empty(await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={from}"));
        await ExpectMovedAsync($"/v1/articles/by-path/{article.Text("path")}", $"/v1/articles/by-path/{article.Text("path").Replace(from, to, StringComparison.Ordinal)}");
    }

    [Fact]
    public async Task Moved_there_and_back_it_has_one_former_path_and_no_loop()
    {
        var (from, to) = (Own.Section(), Own.Section());
        await newsroom.Admin.PushedAsync(Given.Article().In(from));
        await newsroom.Admin.MoveSectionAsync(from, to).AnsweredAsync(200);
        var back = await newsroom.Admin.MoveSectionAsync(to, from).AnsweredAsync(200);

        Assert.Equal([to], back.Texts("formerPaths"));
        Assert.Equal(200, await newsroom.Reader.GetAsync($"/v1/sections/{from}").StatusAsync());
        await ExpectMovedAsync($"/v1/sections/{to}", $"/v1/sections/{from}");
        Assert.Equal("unchanged", (await newsroom.Admin.MoveSectionAsync(from, from).AnsweredAsync(200)).Text("outcome"));
    }

    [Fact]
    public async Task It_cannot_go_below_itself_or_where_another_stands()
    {
        var (from, to) = (Own.Section(), Own.Section());
        await newsroom.Admin.PutSectionAsync(from, new { }).AnsweredAsync(201);
        await newsroom.Admin.PutSectionAsync(to, new { }).AnsweredAsync(201);

        var problem = await newsroom.Admin.MoveSectionAsync(from, $"{from}/below").ProblemAsync(409, "state-conflict");
        Assert.DoesNotContain("article", problem.Text("title") + problem.Text("detail"), StringComparison.Ordinal);
        await newsroom.Admin.MoveSectionAsync(from, to).ProblemAsync(409, "state-conflict");
    }

    [Fact]
    public async Task It_is_guarded_by_the_tag_of_the_section_that_is_moved()
    {
        var (from, to) = (Own.Section(), Own.Section());
        var made = await newsroom.Admin.PutSectionAsync(from, new { });
        var present = (await newsroom.Admin.PutSectionAsync(from, new { position = 2 }).AnsweredAsync(200)).Text("etag");

        var problem = await newsroom.Admin.MoveSectionAsync(from, to, ("If-Match", made.Tag())).ProblemAsync(412, "revision-mismatch");
        Assert.Equal(present, problem.Text("etag"));
        Assert.DoesNotContain("article", problem.Text("title") + problem.Text("detail"), StringComparison.Ordinal);
        // Before all that its new place may have against it.
        await newsroom.Admin.MoveSectionAsync(from, $"{from}/below", ("If-Match", made.Tag())).ProblemAsync(412, "revision-mismatch");
        await newsroom.Admin.MoveSectionAsync(Own.Section(), to, ("If-Match", "*")).ProblemAsync(422, "validation-failed");

        Assert.Equal("updated", (await newsroom.Admin.MoveSectionAsync(from, to, ("If-Match", present)).AnsweredAsync(200)).Text("outcome"));
    }

    [Fact]
    public async Task What_does_not_exist_is_named_all_at_once()
    {
        var problem = await newsroom.Admin.MoveSectionAsync(Own.Section(), $"{Own.Section()}/x").ProblemAsync(422, "validation-failed");
        Assert.Equal(["/from unknown-section", "/to unknown-section"], problem.Errors());

        problem = await newsroom.Admin.MoveSectionAsync("No Path", "/x").ProblemAsync(422, "validation-failed");
        Assert.Equal(["/from invalid-value", "/to invalid-value"], problem.Errors());
    }

    [Fact]
    public async Task Nothing_may_end_up_deeper_than_eight_levels()
    {
        var (deep, other) = (Own.Section(), Own.Section());
        await newsroom.Admin.PushedAsync(Given.Article().In($"{deep}/2/3/4/5"));
        await newsroom.Admin.PushedAsync(Given.Article().In($"{other}/2/3/4"));

        var problem = await newsroom.Admin.MoveSectionAsync(deep, $"{other}/2/3/4/x").ProblemAsync(422, "validation-failed");
        Assert.Equal(["/to too-deep"], problem.Errors());
        await newsroom.Admin.MoveSectionAsync(deep, $"{other}/2/3/x").AnsweredAsync(200);
    }

    private async Task ExpectMovedAsync(string address, string location)
    {
        var response = await newsroom.Reader.GetAsync(address);
        Assert.Equal((308, Uri.UnescapeDataString(location)), ((int)response.StatusCode, Uri.UnescapeDataString(response.Headers.Location!.ToString())));
    }

    private async Task<long> CountAsync(string path) => (await newsroom.Reader.GetJsonAsync($"/v1/sections/{path}")).Number("articleCount");
}
