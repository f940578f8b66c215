using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Revisions;

/// <summary>The history of an article: every state it was saved in, the newest first, each as it was.</summary>
public sealed class ListRevisionsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Tells_of_each_revision_who_made_it_and_what_it_is()
    {
        var story = Given.Article().Headed("First");
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Second").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);
        await newsroom.Admin.UnpublishAsync(id, new { reason = "Not yet" }).AnsweredAsync(200);

        var revisions = Data(await ListAsync(id));

        Assert.Equal([4, 3, 2, 1], revisions.Select(each => each.Number("revision")));
        Assert.Equal(["draft", "published", "draft", "published"], revisions.Select(each => each.Text("status")));
        Assert.Equal(["Second", "Second", "Second", "First"], revisions.Select(each => each.Text("headline")));
        Assert.Equal([null, null, "wire", "wire"], revisions.Select(each => each.Has("source") ? each.GetProperty("source").Text("slug") : null));
        Assert.Equal(["Not yet", null, null, null], revisions.Select(each => each.Has("reason") ? each.Text("reason") : null));
        Assert.All(revisions, each => Assert.Equal(("en", true, false), (each.Text("language"), each.Has("keyId"), each.Flag("isLive"))));
    }

    [Fact]
    public async Task Says_which_one_readers_see_and_which_they_will_see()
    {
        var story = Given.Article();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.With("kicker", "Later").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        var before = Data(await ListAsync(id));
        var pendingAt = (await newsroom.Admin.ManagedAsync(id)).Text("pendingAt");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        var after = Data(await ListAsync(id));

        Assert.Equal([false, false, true], before.Select(each => each.Flag("isLive")));
        Assert.Equal([pendingAt, null, null], before.Select(each => each.Has("pendingAt") ? each.Text("pendingAt") : null));
        Assert.Equal([true, false, false], after.Select(each => each.Flag("isLive")));
        Assert.All(after, each => Assert.False(each.Has("pendingAt")));
    }

    [Fact]
    public async Task Is_walked_page_by_page_and_back()
    {
        var id = await WithRevisionsAsync(5);

        var first = await ListAsync(id, "?limit=2");
        var second = await ListAsync(id, $"?limit=2&cursor={first.GetProperty("page").Text("next")}");
        var third = await ListAsync(id, $"?limit=2&cursor={second.GetProperty("page").Text("next")}");
        var back = await ListAsync(id, $"?limit=2&cursor={third.GetProperty("page").Text("previous")}");

        Assert.Equal([5, 4, 3, 2, 1], new[] { first, second, third }.SelectMany(Data).Select(each => each.Number("revision")));
        Assert.Equal([3, 2], Data(back).Select(each => each.Number("revision")));
        Assert.Equal((false, false), (first.GetProperty("page").Has("previous"), third.GetProperty("page").Has("next")));
    }

    [Fact]
    public async Task Ends_a_page_early_where_revisions_are_large_and_goes_on_behind_it()
    {
        var story = Given.Article();
        var text = string.Join("\n\n", Enumerable.Range(0, 95).Select(i => new string((char)('a' + (i % 26)), 19_999)));
        var id = (await newsroom.Admin.PushedAsync(story.Saying(text))).Text("id");
        for (var i = 0; i < 5; i++)
            await newsroom.Admin.PushedAsync(story.With("kicker", $"Kicker {i}"));

        var first = await ListAsync(id);
        var second = await ListAsync(id, $"?cursor={first.GetProperty("page").Text("next")}");

        Assert.InRange(Data(first).Count, 1, 5);
        Assert.Equal([6, 5, 4, 3, 2, 1], Data(first).Concat(Data(second)).Select(each => each.Number("revision")));
        Assert.False(second.GetProperty("page").Has("next"));
    }

    [Fact]
    public async Task A_cursor_of_another_article_is_refused()
    {
        var cursor = (await ListAsync(await WithRevisionsAsync(3), "?limit=1")).GetProperty("page").Text("next");

        await newsroom.Admin.GetAsync($"/v1/manage/articles/{await WithRevisionsAsync(3)}/revisions?cursor={cursor}").ProblemAsync(400, "invalid-cursor");
    }

    [Fact]
    public async Task A_revision_holds_what_was_sent_and_can_be_sent_again()
    {
        var story = Rich.Article(newsroom.Clock);
        var first = await newsroom.Admin.PushedAsync(story);
        var id = first.Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Autre titre").Saying("Un autre texte.").Without("tags"));

        var revision = await newsroom.Admin.GetJsonAsync($"/v1/manage/articles/{id}/revisions/1");
        var article = revision.GetProperty("article");

        Assert.Equal((1, first.Text("headline")), (revision.Number("revision"), article.Text("headline")));
        Assert.All(article.EnumerateObject().Where(member => member.Name != "slug"), member => Assert.True(JsonElement.DeepEquals(first.GetProperty(member.Name), member.Value), $"{member.Name}: {member.Value}"));
        var again = await newsroom.Admin.ReplaceAsync(id, article).AnsweredAsync(200);
        Assert.All(article.EnumerateObject(), member => Assert.True(JsonElement.DeepEquals(again.GetProperty(member.Name), member.Value), $"{member.Name}: {member.Value}"));
    }

    [Fact]
    public async Task Every_member_that_may_be_sent_stands_in_a_revision()
    {
        var sendable = Contract.ContractDocument.Committed.Schema("ArticleInput").GetProperty("properties").EnumerateObject().Where(member => !member.Value.Has("readOnly")).Select(member => member.Name).Except(["minorEdit"]);

        Assert.Equal(sendable.Order(StringComparer.Ordinal), Contract.ContractDocument.Committed.Schema("RevisionContent").GetProperty("properties").EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("%2B1")]
    [InlineData("01")]
    [InlineData("one")]
    [InlineData("99999999999999999999")]
    public async Task A_revision_that_is_not_there_is_404(string number) =>
        await newsroom.Admin.GetAsync($"/v1/manage/articles/{await WithRevisionsAsync(1)}/revisions/{number}").ProblemAsync(404, "not-found");

    [Fact]
    public async Task A_revision_outside_the_limits_of_a_key_is_not_there_for_it()
    {
        var story = Given.Article().In("sport").AsDraft();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.In("world").Written("fr"));
        await newsroom.Admin.PushedAsync(story.Written("en"));
        var made = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:write" }, limits = new { sections = new[] { "world" }, languages = new[] { "en" } } }));
        var limited = newsroom.Client((await made.JsonAsync()).Text("key"));

        Assert.Equal([3], Data(await limited.GetJsonAsync($"/v1/manage/articles/{id}/revisions")).Select(each => each.Number("revision")));
        foreach (var hidden in new[] { 1, 2 })
        {
            await limited.GetAsync($"/v1/manage/articles/{id}/revisions/{hidden}").ProblemAsync(404, "not-found");
            await limited.GetAsync($"/v1/manage/articles/{id}/revision-diff?from={hidden}&to=3").ProblemAsync(404, "not-found");
            await limited.RestoreAsync(id, hidden).ProblemAsync(404, "not-found");
            Assert.Equal(["/revision invalid-value"], (await limited.PreviewAsync(id, new { revision = hidden }).ProblemAsync(422, "validation-failed")).Errors());
        }

        await limited.GetAsync($"/v1/manage/articles/{id}/revisions/3").AnsweredAsync(200);
    }

    private async Task<string> WithRevisionsAsync(int count)
    {
        var story = Given.Article();
        for (var i = 1; i < count; i++)
            await newsroom.Admin.PushedAsync(story.With("kicker", $"Kicker {i}"));

        return (await newsroom.Admin.PushedAsync(story.With("kicker", "The last"))).Text("id");
    }

    private Task<JsonElement> ListAsync(string id, string query = "") => newsroom.Admin.GetJsonAsync($"/v1/manage/articles/{id}/revisions{query}");

    private static IReadOnlyList<JsonElement> Data(JsonElement page) => [.. page.GetProperty("data").EnumerateArray()];
}
