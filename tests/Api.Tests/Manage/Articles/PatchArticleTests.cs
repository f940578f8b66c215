using System.Net;
using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>JSON Merge Patch onto an article as PUT takes it: what is not named stays, and what comes of it is judged as a PUT would be.</summary>
public sealed class PatchArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Admin => newsroom.Admin;

    [Fact]
    public async Task Changes_what_it_names_and_keeps_the_rest()
    {
        var article = Rich.Article(newsroom.Clock);
        var before = await Admin.PushedAsync(article);

        var after = await PatchAsync(before, """{"headline": "Another headline", "kicker": null, "urgency": 2}""").AnsweredAsync(200);

        Assert.Equal(("updated", "Another headline", 2), (after.Text("outcome"), after.Text("headline"), after.Number("urgency")));
        Assert.False(after.Has("kicker"));
        string[] moved = ["headline", "kicker", "urgency", "etag", "revision", "version", "updatedAt", "modifiedAt", "outcome", "warnings", "slug", "path"];
        Assert.Equal(Without(before, moved), Without(after, moved));
        Assert.Equal("Another headline", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{before.Text("id")}")).Text("headline"));
    }

    [Fact]
    public async Task Says_where_the_article_stands()
    {
        var before = await Admin.PushedAsync(Given.Article());

        var response = await PatchAsync(before, """{"kicker": "A kicker"}""");

        Assert.Equal($"/v1/manage/articles/{before.Text("id")}", response.Header("Content-Location"));
        Assert.Equal((await response.JsonAsync()).Text("etag"), response.Tag());
    }

    [Fact]
    public async Task Of_nothing_is_unchanged()
    {
        var before = await Admin.PushedAsync(Rich.Article(newsroom.Clock));

        var after = await PatchAsync(before, "{}").AnsweredAsync(200);

        Assert.Equal("unchanged", after.Text("outcome"));
        Assert.Equal(before.Text("etag"), after.Text("etag"));
    }

    [Theory]
    [InlineData("""{"html": "<p>One</p><p>Two</p>"}""", "One|Two")]
    [InlineData("""{"markdown": "One\n\nTwo"}""", "One|Two")]
    [InlineData("""{"text": "One\n\nTwo"}""", "One|Two")]
    [InlineData("""{"blocks": [{"type": "paragraph", "text": "One"}]}""", "One")]
    [InlineData("""{}""", "First.|Second.")]
    [InlineData("""{"html": null}""", "First.|Second.")]
    [InlineData("null", "")]
    public async Task Takes_a_body_in_any_form_and_replaces_it(string body, string expected)
    {
        var before = await Admin.PushedAsync(Given.Article().Saying("First.\n\nSecond."));

        var after = await PatchAsync(before, $$"""{"body": {{body}}}""").AnsweredAsync(200);

        Assert.Equal(expected, string.Join('|', after.Paragraphs()));
    }

    [Fact]
    public async Task Keeps_the_ids_of_blocks_that_stay()
    {
        var before = await Admin.PushedAsync(Given.Article().Saying("First.\n\nSecond."));

        var after = await PatchAsync(before, """{"body": {"text": "First.\n\nBetween.\n\nSecond."}}""").AnsweredAsync(200);

        Assert.Equal(before.Blocks().Select(block => block.Text("id")), new[] { 0, 2 }.Select(i => after.Blocks()[i].Text("id")));
    }

    [Theory]
    [InlineData("\"world/asia\"", "world/asia")]
    [InlineData("""{"path": "world/asia"}""", "world/asia")]
    [InlineData("""{"breadcrumb": ["World", "Asia"]}""", "world/asia")]
    [InlineData("""{}""", "world")]
    [InlineData("null", null)]
    public async Task Takes_a_section_in_any_form(string section, string? expected)
    {
        await Admin.PushedAsync(Given.Article().In("world/asia"));
        var before = await Admin.PushedAsync(Given.Article().In("world"));

        var after = await PatchAsync(before, $$"""{"section": {{section}}}""").AnsweredAsync(200);

        Assert.Equal(expected, after.Has("section") ? after.GetProperty("section").Text("path") : null);
    }

    [Fact]
    public async Task Replaces_lists_whole_and_merges_objects()
    {
        var before = await Admin.PushedAsync(Given.Article().Tagged("place:syria", "place:iran")
            .With("leadImage", new { url = "https://img.example.org/a.jpg", alt = "Alt", credit = "Credit" }));

        var after = await PatchAsync(before, """{"tags": ["place:iran"], "leadImage": {"alt": "Another", "credit": null}}""").AnsweredAsync(200);

        Assert.Equal(["iran"], after.GetProperty("tags").EnumerateArray().Select(tag => tag.Text("slug")));
        Assert.Equal("""{"url":"https://img.example.org/a.jpg","alt":"Another"}""", JsonSerializer.Serialize(after.GetProperty("leadImage"), Json.Options));
    }

    [Theory]
    [InlineData("""{"language": null}""", "/language required")]
    [InlineData("""{"headline": null}""", "/headline required")]
    [InlineData("""{"headlin": "Slip"}""", "/headlin unknown-member")]
    [InlineData("""{"leadImage": {"url": null, "alt": 1}}""", "/leadImage/alt wrong-type|/leadImage/url required")]
    [InlineData("""{"tags": ["place:nowhere-at-all"]}""", "/tags/0 unknown-tag")]
    [InlineData("""{"body": {"blocks": [{"type": "paragraph"}]}}""", "/body/blocks/0/text required")]
    [InlineData("""{"body": {"html": "a", "text": "b"}}""", "/body invalid-value")]
    [InlineData("""{"revision": 99, "urgency": 12}""", "/revision read-only|/urgency out-of-range")]
    [InlineData("""{"kicker": "\ud800"}""", "/kicker bad-character")]
    [InlineData("""{"\ud800": 1}""", "/… unknown-member")]
    [InlineData("[]", " wrong-type")]
    [InlineData("null", " wrong-type")]
    public async Task Is_refused_by_pointers_into_what_would_come_of_it(string patch, string expected)
    {
        var before = await Admin.PushedAsync(Given.Article().With("leadImage", new { url = "https://img.example.org/a.jpg" }));

        var problem = await PatchAsync(before, patch, query: string.Empty).ProblemAsync(422, "validation-failed");

        Assert.Equal(expected, string.Join('|', problem.Errors()));
        Assert.Equal(before.Text("etag"), (await Admin.ManagedAsync(before.Text("id"))).Text("etag"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json-patch+json")]
    [InlineData("text/plain")]
    public async Task Is_taken_as_a_merge_patch_only(string type)
    {
        var article = await Admin.PushedAsync(Given.Article());
        var content = new StringContent("{}");
        content.Headers.ContentType = new(type);

        var refused = await Admin.SendAsync(HttpMethod.Patch, $"/v1/manage/articles/{article.Text("id")}", content, ("If-Match", "*"));

        await refused.ProblemAsync(415, "unsupported-media-type");
        Assert.Equal("application/merge-patch+json", refused.Header("Accept-Patch"));
    }

    [Fact]
    public async Task Never_creates()
    {
        await Admin.SendAsync(HttpMethod.Patch, $"/v1/manage/sources/wire/articles/{Own.Word()}", Json.Patch(Given.Article().Build())).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Of_a_draft_beside_a_live_article_changes_the_draft()
    {
        var article = Given.Article();
        await Admin.PushedAsync(article);
        var draft = await Admin.PushedAsync(article.Headed("A draft").AsDraft());

        var after = await PatchAsync(draft, """{"kicker": "A kicker"}""").AnsweredAsync(200);

        Assert.Equal(("draft", "live", true, "A draft"), (after.Text("status"), after.Text("state"), after.Flag("hasDraft"), after.Text("headline")));
        Assert.Contains("/status live-unchanged", after.Warnings());
    }

    [Fact]
    public async Task Of_a_published_article_needs_the_scope_for_publishing()
    {
        var (live, draft) = (await Admin.PushedAsync(Given.Article()), await Admin.PushedAsync(Given.Article().AsDraft()));
        var writer = await newsroom.ClientMayAsync("content:write");

        await PatchAsync(live, """{"kicker": "A kicker"}""", client: writer).ProblemAsync(403, "insufficient-scope");
        await PatchAsync(draft, """{"kicker": "A kicker"}""", client: writer).AnsweredAsync(200);
        await PatchAsync(draft, """{"status": "published"}""", client: writer, ifMatch: "*").ProblemAsync(403, "insufficient-scope");
    }

    [Fact]
    public async Task Does_not_warn_of_an_edit_that_it_keeps()
    {
        var article = Given.Article();
        var pushed = await Admin.PushedAsync(article);
        await PatchAsync(pushed, """{"kicker": "An editor's"}""").AnsweredAsync(200);

        var after = await Admin.SendAsync(HttpMethod.Patch, $"/v1/manage/sources/wire/articles/{article.ExternalId}", Json.Patch("""{"byline": "Wire"}""")).AnsweredAsync(200);

        Assert.Equal(("An editor's", "Wire"), (after.Text("kicker"), after.Text("byline")));
        Assert.Empty(after.Warnings());
    }

    [Fact]
    public async Task Loses_nothing_of_what_others_patch_at_once()
    {
        var article = Given.Article();
        var id = (await Admin.PushedAsync(article)).Text("id");
        string[] members = ["kicker", "byline", "dateline", "standfirst", "canonicalUrl", "headline", "translationKey", "digitalSourceType"];

        var answers = await Task.WhenAll(members.Select(member => Task.Run(() => Admin.SendAsync(
            HttpMethod.Patch, $"/v1/manage/articles/{id}", Json.Patch($$"""{"{{member}}": "https://www.example.org/{{member}}"}"""), ("If-Match", "*")))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var after = await Admin.ManagedAsync(id);
        Assert.All(members, member => Assert.Equal($"https://www.example.org/{member}", after.Text(member)));
        Assert.Equal(1 + members.Length, after.Number("revision"));
    }

    private Task<HttpResponseMessage> PatchAsync(JsonElement article, string patch, string query = "?createMissing=sections,tags", HttpClient? client = null, string? ifMatch = null) =>
        (client ?? Admin).SendAsync(HttpMethod.Patch, $"/v1/manage/articles/{article.Text("id")}{query}", Json.Patch(patch), ("If-Match", ifMatch ?? article.Text("etag")));

    private static string Without(JsonElement article, string[] members) =>
        JsonSerializer.Serialize(article.EnumerateObject().Where(member => !members.Contains(member.Name)).ToDictionary(member => member.Name, member => member.Value), Json.Options);
}
