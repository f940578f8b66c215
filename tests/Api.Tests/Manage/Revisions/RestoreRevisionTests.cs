using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Revisions;

/// <summary>A former revision comes back as a draft, by the rules of a PUT with its content.</summary>
public sealed class RestoreRevisionTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Makes_a_new_revision_of_what_an_old_one_holds()
    {
        var story = Rich.Article(newsroom.Clock).AsDraft();
        var first = await newsroom.Admin.PushedAsync(story);
        var id = first.Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Autre titre").Saying("Un autre texte.").Without("tags").Without("standfirst"));

        var response = await newsroom.Admin.RestoreAsync(id, 1);
        var restored = await Task.FromResult(response).AnsweredAsync(200);

        Assert.Equal(("updated", "draft", 3), (restored.Text("outcome"), restored.Text("status"), restored.Number("revision")));
        Assert.Equal(($"/v1/manage/articles/{id}", restored.Text("etag")), (response.Header("Content-Location"), response.Tag()));
        Assert.True(JsonElement.DeepEquals(await ArticleAsync(id, 1), await ArticleAsync(id, 3)));
        Assert.Equal("unchanged", (await newsroom.Admin.RestoreAsync(id, 1).AnsweredAsync(200)).Text("outcome"));
        Assert.Equal("unchanged", (await newsroom.Admin.RestoreAsync(id, 3).AnsweredAsync(200)).Text("outcome"));
        Assert.Equal(3, (await newsroom.Admin.ManagedAsync(id)).Number("revision"));
    }

    [Fact]
    public async Task On_a_live_article_it_is_a_draft_beside_what_readers_see()
    {
        var story = Given.Article().Headed("First");
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Second"));

        var restored = await newsroom.Admin.RestoreAsync(id, 1).AnsweredAsync(200);

        Assert.Equal(("live", "draft", true, "First"), (restored.Text("state"), restored.Text("status"), restored.Flag("hasDraft"), restored.Text("headline")));
        Assert.Contains("/status live-unchanged", restored.Warnings());
        Assert.Equal("Second", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("headline"));
        await newsroom.Admin.PublishAsync(id).AnsweredAsync(200);
        Assert.Equal("First", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}")).Text("headline"));
    }

    [Fact]
    public async Task On_a_scheduled_article_it_cancels_the_schedule_by_whom_may_do_that()
    {
        var story = Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        var writer = await newsroom.ClientMayAsync("content:write");

        await writer.RestoreAsync(id, 1).ProblemAsync(403, "insufficient-scope");
        Assert.Equal("scheduled", (await newsroom.Admin.ManagedAsync(id)).Text("state"));
        Assert.Equal("draft", (await newsroom.Admin.RestoreAsync(id, 1).AnsweredAsync(200)).Text("state"));
    }

    [Fact]
    public async Task Sections_and_tags_are_those_of_today()
    {
        var (from, to, gone) = (Own.Section(), Own.Section(), Own.Section());
        var (merged, kept, deleted) = (Own.Tag(), Own.Tag(), Own.Tag());
        var story = Given.Article().In($"{from}/inner").Tagged(merged, deleted).AsDraft();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.In(gone).Tagged(kept));
        await newsroom.Admin.PushedAsync(story.Without("section").Without("tags"));
        await newsroom.Admin.MoveSectionAsync($"{from}/inner", to).AnsweredAsync(200);
        await newsroom.Admin.MergeTagsAsync(merged, kept).AnsweredAsync(200);
        Assert.Equal(204, await newsroom.Admin.DeleteAsync($"/v1/manage/tags/{deleted.Replace(':', '/')}").StatusAsync());
        Assert.Equal(204, await newsroom.Admin.DeleteAsync($"/v1/manage/sections/{gone}").StatusAsync());

        var first = await newsroom.Admin.RestoreAsync(id, 1).AnsweredAsync(200);
        var second = await newsroom.Admin.RestoreAsync(id, 2).AnsweredAsync(200);

        Assert.Equal(to, first.GetProperty("section").Text("path"));
        Assert.Equal([kept.Split(':')[1]], first.GetProperty("tags").EnumerateArray().Select(tag => tag.Text("slug")));
        Assert.False(second.Has("section"));
    }

    [Fact]
    public async Task What_cannot_stand_any_more_is_refused_with_its_reason()
    {
        var (story, key) = (Given.Article().AsDraft(), Own.Word());
        var id = (await newsroom.Admin.PushedAsync(story.With("translationKey", key))).Text("id");
        await newsroom.Admin.PushedAsync(story.Without("translationKey"));
        await newsroom.Admin.PushedAsync(Given.Article().With("translationKey", key));

        Assert.Equal(["/translationKey translation-taken"], (await newsroom.Admin.RestoreAsync(id, 1).ProblemAsync(422, "validation-failed")).Errors());
        Assert.Equal(2, (await newsroom.Admin.ManagedAsync(id)).Number("revision"));
    }

    [Fact]
    public async Task It_honours_if_match_and_asks_first_whether_the_revision_is_there()
    {
        var story = Given.Article().AsDraft();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        var newest = await newsroom.Admin.PushedAsync(story.With("kicker", "Newer"));

        await newsroom.Admin.RestoreAsync(id, 1, ("If-Match", "\"stale\"")).ProblemAsync(412, "revision-mismatch");
        await newsroom.Admin.RestoreAsync(id, 7, ("If-Match", "\"stale\"")).ProblemAsync(404, "not-found");
        await newsroom.Admin.RestoreAsync(id, 1, ("If-Match", newest.Text("etag"))).AnsweredAsync(200);
    }

    [Fact]
    public async Task It_is_a_write_of_the_key_that_asked_and_of_no_source()
    {
        var story = Given.Article().AsDraft();
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.With("kicker", "Newer"));
        await newsroom.Admin.RestoreAsync(id, 1).AnsweredAsync(200);

        Assert.False((await newsroom.Admin.GetJsonAsync($"/v1/manage/articles/{id}/revisions/3")).Has("source"));
        Assert.Contains(" overwrote-edit", (await newsroom.Admin.PushedAsync(story.With("kicker", "Newest"))).Warnings());
    }

    private async Task<JsonElement> ArticleAsync(string id, int revision) => (await newsroom.Admin.GetJsonAsync($"/v1/manage/articles/{id}/revisions/{revision}")).GetProperty("article");
}
