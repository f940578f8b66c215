using System.Text.Json;
using Galley.Http;
using Galley.Manage.Articles;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Export;

/// <summary>An export holds every article as another server would be sent it.</summary>
public sealed class ExportArticlesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Address = "/v1/manage/export";

    [Fact]
    public async Task Every_member_that_may_be_sent_is_in_it_and_nothing_else()
    {
        var sendable = typeof(ArticleInput).GetProperties()
            .Where(member => !member.IsDefined(typeof(ServerOwnedAttribute), inherit: true) && member.Name != nameof(ArticleInput.MinorEdit))
            .Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name));
        var story = Rich.Article(newsroom.Clock).With("slug", Own.Word());
        await newsroom.Admin.PushedAsync(story);

        var line = Assert.Single(await LinesOfAsync(story));

        Assert.Equal(["op", "source", "externalId", "article"], line.Members());
        Assert.Equal(("put", "wire"), (line.Text("op"), line.Text("source")));
        Assert.Equal(sendable.Order(StringComparer.Ordinal), line.GetProperty("article").Members().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_can_be_pushed_as_it_is_and_changes_nothing()
    {
        var story = Rich.Article(newsroom.Clock).With("related", new[] { new { source = "wire", externalId = "elsewhere" } });
        await newsroom.Admin.PushedAsync(story);
        var article = Assert.Single(await LinesOfAsync(story)).GetProperty("article");

        var back = await newsroom.Admin.PutAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}", Json.Body(article)).AnsweredAsync(200);

        Assert.Equal("unchanged", back.Text("outcome"));
    }

    [Fact]
    public async Task A_live_article_with_a_newer_draft_is_two_lines()
    {
        var story = Given.Article().Headed("What readers see");
        await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.PushedAsync(story.Headed("What they do not").AsDraft());

        Assert.Equal(["published What readers see", "draft What they do not"], await PutsOfAsync(story));
    }

    [Fact]
    public async Task An_update_that_is_scheduled_is_a_draft()
    {
        var story = Given.Article().Headed("Now");
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Tomorrow").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromDays(1)) }).AnsweredAsync(200);

        Assert.Equal(["published Now", "draft Tomorrow"], await PutsOfAsync(story));
    }

    [Fact]
    public async Task What_was_unpublished_is_a_draft_and_then_unpublished()
    {
        var story = Given.Article().Headed("Withdrawn");
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);

        Assert.Equal(["draft Withdrawn", "unpublish"], await PutsOfAsync(story));
    }

    [Fact]
    public async Task What_the_clock_has_unpublished_is_no_less_so()
    {
        var story = Given.Article().Headed("Withdrawn by the clock");
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.UnpublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromMinutes(1)) }).AnsweredAsync(200);
        newsroom.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(["draft Withdrawn by the clock", "unpublish"], await PutsOfAsync(story));
    }

    [Fact]
    public async Task The_slug_readers_know_is_in_it_and_one_that_nobody_chose_or_knows_is_not()
    {
        var (live, draft) = (Given.Article(), Given.Article().AsDraft());
        var slug = (await newsroom.Admin.PushedAsync(live)).Text("slug");
        await newsroom.Admin.PushedAsync(draft);

        Assert.Equal(slug, Assert.Single(await LinesOfAsync(live)).GetProperty("article").Text("slug"));
        Assert.False(Assert.Single(await LinesOfAsync(draft)).GetProperty("article").Has("slug"));
    }

    [Fact]
    public async Task A_related_article_is_named_by_its_senders_id()
    {
        var other = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(other)).Text("id");
        var story = Given.Article().With("related", new[] { new { id } });
        await newsroom.Admin.PushedAsync(story);

        var related = Assert.Single(await LinesOfAsync(story)).GetProperty("article").GetProperty("related")[0];

        Assert.Equal($$"""{"source":"wire","externalId":"{{other.ExternalId}}"}""", related.GetRawText());
    }

    [Fact]
    public async Task A_section_is_named_so_that_it_can_be_made_and_by_its_path_where_its_name_would_not_lead_there()
    {
        var name = $"Été {Own.Word("À")}";
        var (french, english) = (Given.Article().Written("fr").With("section", new { breadcrumb = new[] { name } }), Given.Article());
        var path = (await newsroom.Admin.PushedAsync(french)).GetProperty("section").Text("path");
        await newsroom.Admin.PushedAsync(english.In(path));

        Assert.Equal($$"""{"breadcrumb":["{{name}}"]}""", Assert.Single(await LinesOfAsync(french)).GetProperty("article").GetProperty("section").GetRawText());
        Assert.Equal($$"""{"path":"{{path}}"}""", Assert.Single(await LinesOfAsync(english)).GetProperty("article").GetProperty("section").GetRawText());
    }

    [Fact]
    public async Task A_section_that_has_a_name_in_another_language_is_named_as_its_sender_names_it()
    {
        var name = $"cnbc.{Own.Word()}";
        var (french, english) = (Given.Article().Written("fr").With("section", new { breadcrumb = new[] { name } }), Given.Article().With("section", new { breadcrumb = new[] { name } }));
        await newsroom.Admin.PushedAsync(french);
        await newsroom.Admin.PushedAsync(english);

        Assert.Equal($$"""{"breadcrumb":["{{name}}"]}""", Assert.Single(await LinesOfAsync(english)).GetProperty("article").GetProperty("section").GetRawText());
    }

    [Fact]
    public async Task What_no_source_pushes_comes_as_of_a_source_that_is_named()
    {
        var first = await newsroom.Admin.PostAsync("/v1/manage/articles", Json.Body(Given.Article().With("translationKey", "k").Build())).AnsweredAsync(201);
        var second = await newsroom.Admin.PostAsync("/v1/manage/articles", Json.Body(Given.Article().With("related", new[] { new { id = first.Text("id") } }).Build())).AnsweredAsync(201);

        var lines = await LinesAsync("?unpushedAs=desk");

        var line = Assert.Single(lines, line => line.Has("externalId") && line.Text("externalId") == second.Text("id"));
        Assert.Equal(("put", "desk"), (line.Text("op"), line.Text("source")));
        Assert.Equal($$"""[{"source":"desk","externalId":"{{first.Text("id")}}"}]""", line.GetProperty("article").GetProperty("related").GetRawText());
        Assert.False(Assert.Single(lines, line => line.Has("externalId") && line.Text("externalId") == first.Text("id")).GetProperty("article").Has("translationKey"));
        Assert.Contains(await LinesAsync(string.Empty), line => line.Has("externalId") && line.Text("externalId") == first.Text("id") && line.Text("source") == "newsroom");
    }

    [Theory]
    [InlineData("Desk")]
    [InlineData("%C3%9F")]
    [InlineData("-desk")]
    public async Task A_source_of_that_name_that_cannot_be_is_refused(string source) =>
        await newsroom.Admin.GetAsync($"/v1/manage/export?unpushedAs={source}").ProblemAsync(400, "invalid-parameter");

    [Fact]
    public async Task Corrections_stand_behind_their_article()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.CorrectAsync(id, "It was Homs.", at: "2025-01-01T00:00:00Z").AnsweredAsync(200);

        var lines = await LinesOfAsync(story);

        Assert.Equal(["put", "correct"], lines.Select(line => line.Text("op")));
        Assert.Equal("""{"at":"2025-01-01T00:00:00Z","kind":"correction","text":"It was Homs."}""", lines[1].GetProperty("correction").GetRawText());
    }

    [Fact]
    public async Task What_was_made_by_hand_stands_before_the_articles_and_merges_behind_them()
    {
        await using var own = new Fresh();
        await own.InitializeAsync();
        await own.Admin.PutSectionAsync("a", new { names = new { fr = "Un" }, position = 2 }).AnsweredAsync(201);
        await own.Admin.PutTagAsync("place:x", new { names = new { fr = "Ix" } }).AnsweredAsync(201);
        await own.Admin.PutTagAsync("place:y", new { description = "Y" }).AnsweredAsync(201);
        await own.Admin.MergeTagsAsync("place:x", "place:y").AnsweredAsync(200);
        await own.Admin.PushedAsync(Given.Article().In("a/pushed"));

        var lines = (await own.Admin.GetStringAsync(Address)).Split('\n');

        Assert.Equal("""{"op":"put-section","path":"a","section":{"names":{"fr":"Un"},"position":2}}""", lines[0]);
        Assert.Equal("""{"op":"put-tag","kind":"place","slug":"y","tag":{"names":{},"description":"Y"}}""", lines[1]);
        Assert.StartsWith("""{"cursor":""", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("""{"op":"put","source":"wire",""", lines[3], StringComparison.Ordinal);
        Assert.Equal("""{"op":"merge-tag","from":"place:x","into":"place:y","tag":{"names":{"fr":"Ix"}}}""", lines[4]);
    }

    [Fact]
    public async Task Where_readers_knew_it_before_is_among_its_aliases()
    {
        var (slug, story) = (Own.Word(), Given.Article());
        await newsroom.Admin.PushedAsync(story.With("slug", $"{slug}-1"));
        await newsroom.Admin.PushedAsync(story.With("slug", $"{slug}-2").With("aliases", new[] { $"/old/{slug}" }));

        Assert.Equal($"""["/old/{slug}","/en/{slug}-1"]""", Assert.Single(await LinesOfAsync(story)).GetProperty("article").GetProperty("aliases").GetRawText());
    }

    [Fact]
    public async Task Many_articles_come_in_the_order_in_which_they_were_made_and_the_last_line_counts_them()
    {
        await using var own = new Fresh();
        await own.InitializeAsync();
        Assert.StartsWith("{\"end\":true,\"articles\":0,\"next\":\"", await own.Admin.GetStringAsync(Address), StringComparison.Ordinal);
        var stories = Enumerable.Range(0, 61).Select(_ => Given.Article()).ToList();
        foreach (var story in stories)
            await own.Admin.PushedAsync(story);

        var lines = (await own.Admin.GetStringAsync(Address)).TrimEnd('\n').Split('\n');

        Assert.Equal(stories.Select(story => story.ExternalId), lines.SkipLast(1).Select(line => JsonElement.Parse(line).Text("externalId")));
        Assert.StartsWith("""{"end":true,"articles":61,"next":""", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("text/csv")]
    public async Task Accept_rules_nothing_out(string accept)
    {
        var response = await newsroom.Admin.SendAsync(HttpMethod.Get, Address, ("Accept", accept));

        Assert.Equal((200, "application/x-ndjson"), ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString()));
    }

    private async Task<IReadOnlyList<string>> PutsOfAsync(Given story) =>
        [.. (await LinesOfAsync(story)).Select(line => line.Has("article") ? $"{line.GetProperty("article").Text("status")} {line.GetProperty("article").Text("headline")}" : line.Text("op"))];

    private async Task<IReadOnlyList<JsonElement>> LinesOfAsync(Given story) =>
        [.. (await LinesAsync(string.Empty)).Where(line => line.Has("externalId") && line.Text("externalId") == story.ExternalId)];

    private async Task<IReadOnlyList<JsonElement>> LinesAsync(string query) =>
        [.. (await newsroom.Admin.GetStringAsync($"{Address}{query}")).TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line))];

    private sealed class Fresh : Newsroom, IAsyncDisposable
    {
        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
