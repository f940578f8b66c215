using Galley.Tests.Support;

namespace Galley.Tests.Manage.Sections;

/// <summary>Sections by hand: they exist at once, and what they are called shows everywhere.</summary>
public sealed class PutSectionTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_new_one_exists_for_readers_without_an_article()
    {
        var path = Own.Section();
        var made = await newsroom.Admin.PutSectionAsync(path, new { names = new { fr = "Moyen-Orient", en = "Middle East" }, description = "All of it.", position = 3 });
        var section = await made.JsonAsync();

        Assert.Equal(201, (int)made.StatusCode);
        Assert.Equal($"/v1/manage/sections/{path}", made.Header("Location"));
        Assert.Equal(made.Tag(), section.Text("etag"));
        Assert.Equal("created", section.Text("outcome"));
        Assert.Equal(("hand", true), (section.Text("madeBy"), section.Flag("visible")));
        Assert.Equal(
            $$$"""{"path":"{{{path}}}","name":"Middle East","names":{"en":"Middle East","fr":"Moyen-Orient"},"description":"All of it.","articleCount":0}""",
            (await newsroom.Reader.GetJsonAsync($"/v1/sections/{path}")).GetRawText());
    }

    [Fact]
    public async Task Sent_again_it_is_unchanged_and_sent_back_as_it_was_answered_too()
    {
        var path = Own.Section();
        await newsroom.Admin.PutSectionAsync(path, new { names = new { en = "One" } }).AnsweredAsync(201);

        Assert.Equal("unchanged", (await newsroom.Admin.PutSectionAsync(path, new { names = new { EN = "One" } }).AnsweredAsync(200)).Text("outcome"));
        var answered = await newsroom.Admin.GetJsonAsync($"/v1/manage/sections/{path}");
        Assert.Equal("unchanged", (await newsroom.Admin.PutSectionAsync(path, answered).AnsweredAsync(200)).Text("outcome"));
    }

    [Fact]
    public async Task Absent_members_clear_and_without_a_name_it_is_called_by_its_slug()
    {
        var path = Own.Section();
        await newsroom.Admin.PutSectionAsync(path, new { names = new { en = "One" }, description = "Of something." }).AnsweredAsync(201);

        Assert.Equal("updated", (await newsroom.Admin.PutSectionAsync(path, new { }).AnsweredAsync(200)).Text("outcome"));
        Assert.Equal($$$"""{"path":"{{{path}}}","name":"{{{path}}}","names":{},"articleCount":0}""", (await newsroom.Reader.GetJsonAsync($"/v1/sections/{path}")).GetRawText());
    }

    [Fact]
    public async Task A_name_that_is_missing_in_a_language_comes_in_the_default_one_and_says_so()
    {
        var path = Own.Section();
        await newsroom.Admin.PutSectionAsync(path, new { names = new { ar = "رياضة", en = "Sport" } }).AnsweredAsync(201);
        var french = await newsroom.Admin.PushedAsync(Given.Article().In(path).Written("fr"));
        var arabic = await newsroom.Admin.PushedAsync(Given.Article().In(path).Written("ar"));

        Assert.Equal($$"""{"path":"{{path}}","name":"Sport","nameLanguage":"en","ancestors":[]}""", await SectionOfAsync(french.Text("id")));
        Assert.Equal($$"""{"path":"{{path}}","name":"رياضة","ancestors":[]}""", await SectionOfAsync(arabic.Text("id")));
    }

    [Fact]
    public async Task A_new_name_shows_in_its_articles_and_below_and_makes_no_version()
    {
        var path = Own.Section();
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("section", new { breadcrumb = new[] { path, "Below" } }));
        var before = await newsroom.Reader.GetAsync($"/v1/articles/{article.Text("id")}");
        newsroom.Clock.Advance(TimeSpan.FromMinutes(5));

        await newsroom.Admin.PutSectionAsync(path, new { names = new { en = "Renamed" } }).AnsweredAsync(200);

        var after = await newsroom.Reader.GetAsync($"/v1/articles/{article.Text("id")}");
        var (old, renamed) = (await before.JsonAsync(), await after.JsonAsync());
        Assert.Equal("Renamed", renamed.GetProperty("section").GetProperty("ancestors")[0].Text("name"));
        Assert.Equal("Renamed", Assert.Single((await newsroom.Reader.GetJsonAsync($"/v1/articles?section={path}")).Data()).GetProperty("section").GetProperty("ancestors")[0].Text("name"));
        Assert.NotEqual(before.Tag(), after.Tag());
        Assert.Equal((old.Number("version"), old.Text("updatedAt")), (renamed.Number("version"), renamed.Text("updatedAt")));
    }

    [Fact]
    public async Task A_scheduled_article_appears_under_the_new_name()
    {
        var path = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In(path));
        var scheduled = await newsroom.Admin.PushedAsync(Given.Article().In(path).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
        await newsroom.Admin.PutSectionAsync(path, new { names = new { en = "Renamed" } }).AnsweredAsync(200);

        newsroom.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Contains("\"name\":\"Renamed\"", await SectionOfAsync(scheduled.Text("id")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_a_hidden_article_spells_it_stays_hidden()
    {
        var word = Own.Word("Geheim");
        var path = word.ToLowerInvariant();
        var hidden = Given.Article().With("section", new { breadcrumb = new[] { word, "Unten" } }).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var article = await newsroom.Admin.PushedAsync(hidden);

        // What stands above it must exist for readers too.
        await newsroom.Admin.PutSectionAsync($"{path}/offen", new { names = new { en = "Open" } }).AnsweredAsync(201);
        Assert.Equal(path, (await newsroom.Reader.GetJsonAsync($"/v1/sections/{path}")).Text("name"));
        Assert.Equal([path, $"{path}/offen"], (await newsroom.Reader.WalkAsync("/v1/sections")).Select(section => section.Text("path")).Where(each => each.StartsWith(path, StringComparison.Ordinal)));

        newsroom.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(path, (await newsroom.Reader.GetJsonAsync($"/v1/sections/{path}")).Text("name"));
        Assert.Equal($$"""{"path":"{{path}}/unten","name":"Unten","ancestors":[{"path":"{{path}}","name":"{{path}}"}]}""", await SectionOfAsync(article.Text("id")));
    }

    [Fact]
    public async Task The_section_above_must_exist()
    {
        var problem = await newsroom.Admin.PutSectionAsync($"{Own.Section()}/below", new { }).ProblemAsync(422, "validation-failed");
        Assert.Equal([" unknown-section"], problem.Errors());

        // With all else that is wrong.
        problem = await newsroom.Admin.PutSectionAsync($"{Own.Section()}/below", new { names = new { en = "" }, zz = 1 }).ProblemAsync(422, "validation-failed");
        Assert.Equal([" unknown-section", "/names/en required", "/zz unknown-member"], problem.Errors());
    }

    [Fact]
    public async Task Everything_that_is_wrong_comes_at_once()
    {
        var names = new Dictionary<string, object> { ["x!"] = "Name", ["fr"] = " ", ["FR"] = "Deux", ["en"] = new string('a', 201), ["de"] = 7, ["a/b"] = "Name" };
        var problem = await newsroom.Admin.PutSectionAsync(Own.Section(), new { names, description = new string('a', 2_001), position = -1, path = "other", nmaes = 1 }).ProblemAsync(422, "validation-failed");

        Assert.Equal(
            ["/description too-long", "/names/a~1b invalid-language", "/names/de wrong-type", "/names/en too-long", "/names/fr duplicate", "/names/fr required", "/names/x! invalid-language", "/nmaes unknown-member", "/path read-only", "/position out-of-range"],
            problem.Errors().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Upper")]
    [InlineData("a/b/c/d/e/f/g/h/i")]
    [InlineData("two--hyphens")]
    public async Task A_path_that_cannot_be_one_is_400(string path) => await newsroom.Admin.PutSectionAsync(path, new { }).ProblemAsync(400, "malformed-request");

    [Fact]
    public async Task It_is_guarded_by_its_tag()
    {
        var path = Own.Section();
        var made = await newsroom.Admin.PutSectionAsync(path, new { names = new { en = "One" } }, ("If-None-Match", "*"));
        await newsroom.Admin.PutSectionAsync(path, new { names = new { en = "Two" } }, ("If-None-Match", "*")).ProblemAsync(412, "already-exists");
        var second = await newsroom.Admin.PutSectionAsync(path, new { names = new { en = "Two" } }, ("If-Match", made.Tag()));

        Assert.Equal(200, (int)second.StatusCode);
        Assert.NotEqual(made.Tag(), second.Tag());
        var problem = await newsroom.Admin.PutSectionAsync(path, new { names = new { en = "Three" } }, ("If-Match", made.Tag())).ProblemAsync(412, "revision-mismatch");
        Assert.Equal(second.Tag(), problem.Text("etag"));
        await newsroom.Admin.PutSectionAsync(Own.Section(), new { }, ("If-Match", "*")).ProblemAsync(412, "revision-mismatch");
    }

    [Fact]
    public async Task A_push_never_changes_it()
    {
        var path = Own.Section();
        await newsroom.Admin.PutSectionAsync(path, new { names = new { en = "By hand" } }).AnsweredAsync(201);
        await newsroom.Admin.PushedAsync(Given.Article().With("section", new { breadcrumb = new[] { path.ToUpperInvariant() } }));

        Assert.Equal("By hand", (await newsroom.Reader.GetJsonAsync($"/v1/sections/{path}")).Text("name"));
    }

    [Fact]
    public async Task The_tree_follows_their_positions()
    {
        var top = Own.Section();
        await newsroom.Admin.PutSectionAsync(top, new { }).AnsweredAsync(201);
        foreach (var (slug, position) in new[] { ("a", 2), ("b", 1), ("c", 0), ("d", 1) })
            await newsroom.Admin.PutSectionAsync($"{top}/{slug}", new { position }).AnsweredAsync(201);

        var tree = (await newsroom.Reader.GetJsonAsync("/v1/section-tree")).Data().Single(section => section.Text("path") == top);
        Assert.Equal(["c", "b", "d", "a"], tree.GetProperty("children").EnumerateArray().Select(child => child.Text("name")));
    }

    [Fact]
    public async Task The_newsroom_lists_also_what_no_reader_sees()
    {
        var top = Own.Section();
        await newsroom.Admin.PushedAsync(Given.Article().In($"{top}/b").AsDraft());
        await newsroom.Admin.PutSectionAsync($"{top}-hand", new { }).AnsweredAsync(201);

        var all = (await newsroom.Admin.WalkAsync("/v1/manage/sections?limit=2")).Where(section => section.Text("path").StartsWith(top, StringComparison.Ordinal)).ToList();
        Assert.Equal([(top, false, "push"), ($"{top}-hand", true, "hand"), ($"{top}/b", false, "push")], all.Select(section => (section.Text("path"), section.Flag("visible"), section.Text("madeBy"))));
        Assert.Equal([$"{top}/b"], (await newsroom.Admin.GetJsonAsync($"/v1/manage/sections?parent={top}")).Data().Select(section => section.Text("path")));
    }

    private async Task<string> SectionOfAsync(string id) => (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).GetProperty("section").GetRawText();
}
