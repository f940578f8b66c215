using Galley.Tests.Support;

namespace Galley.Tests.Manage.Articles;

/// <summary>Articles of one source with one key are each other's translations: one of each language.</summary>
public sealed class TranslationKeyTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("published")]
    [InlineData("draft")]
    public async Task A_second_of_one_language_is_refused(string status)
    {
        var key = Own.Word("key");
        await newsroom.Admin.PushedAsync(Given.Article().With("translationKey", key).With("status", status));

        var problem = await newsroom.Admin.PushAsync(Given.Article().With("translationKey", key)).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/translationKey translation-taken"], problem.Errors());
    }

    [Fact]
    public async Task Another_source_may_use_the_same_key()
    {
        var key = Own.Word("key");
        var one = await newsroom.Admin.PushedAsync(Given.Article().With("translationKey", key));

        var other = await newsroom.Admin.PushedAsync(Given.Article().Written("fr").With("translationKey", key), source: "another");

        Assert.False((await newsroom.Reader.GetJsonAsync($"/v1/articles/{one.Text("id")}")).Has("translations"));
        Assert.False((await newsroom.Reader.GetJsonAsync($"/v1/articles/{other.Text("id")}")).Has("translations"));
    }

    [Fact]
    public async Task The_article_itself_may_be_pushed_again()
    {
        var story = Given.Article().With("translationKey", Own.Word("key"));
        await newsroom.Admin.PushedAsync(story);

        Assert.Equal("updated", (await newsroom.Admin.PushedAsync(story.Headed("Other"))).Text("outcome"));
    }

    [Fact]
    public async Task A_deleted_article_frees_its_place()
    {
        var key = Own.Word("key");
        await newsroom.Admin.DeleteArticleAsync((await newsroom.Admin.PushedAsync(Given.Article().With("translationKey", key))).Text("id"));

        await newsroom.Admin.PushAsync(Given.Article().With("translationKey", key)).AnsweredAsync(201);
    }

    [Fact]
    public async Task A_change_of_language_onto_a_taken_one_is_refused()
    {
        var key = Own.Word("key");
        await newsroom.Admin.PushedAsync(Given.Article().With("translationKey", key));
        var french = Given.Article().Written("fr").With("translationKey", key);
        await newsroom.Admin.PushedAsync(french);

        var problem = await newsroom.Admin.PushAsync(french.Written("en")).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/translationKey translation-taken"], problem.Errors());
    }
}
