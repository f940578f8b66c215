using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>The same story in other languages, as far as readers see it.</summary>
public sealed class TranslationsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Each_leads_to_the_others_by_language()
    {
        var key = Own.Word("key");
        var english = await PushAsync(key, "en");
        var french = await PushAsync(key, "fr");
        var arabic = await PushAsync(key, "ar");

        Assert.Equal([("ar", arabic.Text("id")), ("fr", french.Text("id"))], await TranslationsOfAsync(english));
        Assert.Equal([("en", english.Text("id")), ("fr", french.Text("id"))], await TranslationsOfAsync(arabic));
        var link = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{english.Text("id")}")).GetProperty("translations")[1];
        Assert.Equal(["language", "id", "path", "headline"], link.Members());
        Assert.Equal((french.Text("path"), french.Text("headline")), (link.Text("path"), link.Text("headline")));
    }

    [Fact]
    public async Task A_hidden_one_does_not_show_byte_for_byte_until_it_appears()
    {
        var key = Own.Word("key");
        var english = await PushAsync(key, "en");
        var alone = await newsroom.Reader.GetAsync($"/v1/articles/{english.Text("id")}");
        await newsroom.Admin.PushedAsync(Given.Article().Written("de").With("translationKey", key).AsDraft());
        var french = await newsroom.Admin.PushedAsync(Given.Article().Written("fr").With("translationKey", key).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));

        var before = await newsroom.Reader.GetAsync($"/v1/articles/{english.Text("id")}");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        var after = await newsroom.Reader.GetAsync($"/v1/articles/{english.Text("id")}");

        Assert.Equal(await alone.Content.ReadAsStringAsync(), await before.Content.ReadAsStringAsync());
        Assert.Equal(alone.Tag(), before.Tag());
        Assert.Equal(alone.Header("Last-Modified"), before.Header("Last-Modified"));
        Assert.NotEqual(alone.Tag(), after.Tag());
        Assert.Equal([("fr", french.Text("id"))], await TranslationsOfAsync(english));
    }

    [Fact]
    public async Task One_that_is_withdrawn_goes_from_the_others_at_once_and_without_a_version()
    {
        var key = Own.Word("key");
        var english = await PushAsync(key, "en");
        var french = await PushAsync(key, "fr");
        Assert.Single(await TranslationsOfAsync(english));

        await newsroom.Admin.UnpublishAsync(french.Text("id"));

        var article = await newsroom.Reader.GetJsonAsync($"/v1/articles/{english.Text("id")}");
        Assert.False(article.Has("translations"));
        Assert.Equal(1, article.Number("version"));
    }

    [Fact]
    public async Task One_that_ends_by_itself_goes_from_the_others_at_its_instant()
    {
        var key = Own.Word("key");
        var english = await PushAsync(key, "en");
        await newsroom.Admin.PushedAsync(Given.Article().Written("fr").With("translationKey", key).With("expiresAt", newsroom.Clock.In(TimeSpan.FromMilliseconds(1))));
        Assert.Single(await TranslationsOfAsync(english));

        newsroom.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Empty(await TranslationsOfAsync(english));
    }

    [Fact]
    public async Task A_changed_headline_shows_in_the_others()
    {
        var key = Own.Word("key");
        var english = await PushAsync(key, "en");
        var story = Given.Article().Written("fr").With("translationKey", key);
        await newsroom.Admin.PushedAsync(story);

        await newsroom.Admin.PushedAsync(story.Headed("Nouveau titre"));

        Assert.Equal("Nouveau titre", (await newsroom.Reader.GetJsonAsync($"/v1/articles/{english.Text("id")}")).GetProperty("translations")[0].Text("headline"));
    }

    [Fact]
    public async Task One_that_takes_another_key_leaves_the_group()
    {
        var key = Own.Word("key");
        var english = await PushAsync(key, "en");
        var story = Given.Article().Written("fr").With("translationKey", key);
        await newsroom.Admin.PushedAsync(story);

        await newsroom.Admin.PushedAsync(story.With("translationKey", Own.Word("key")));

        Assert.Empty(await TranslationsOfAsync(english));
    }

    private Task<JsonElement> PushAsync(string key, string language) => newsroom.Admin.PushedAsync(Given.Article().Written(language).With("translationKey", key));

    private async Task<IReadOnlyList<(string Language, string Id)>> TranslationsOfAsync(JsonElement article)
    {
        var read = await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}");
        return read.Has("translations") ? [.. read.GetProperty("translations").EnumerateArray().Select(link => (link.Text("language"), link.Text("id")))] : [];
    }
}
