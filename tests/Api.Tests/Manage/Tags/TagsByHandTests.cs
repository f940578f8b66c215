using Galley.Tests.Support;

namespace Galley.Tests.Manage.Tags;

/// <summary>Tags by hand: what they are called and stand for, and which go.</summary>
public sealed class TagsByHandTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly object Syria = new
    {
        names = new { fr = "Syrie", en = "Syria" },
        description = "A country.",
        sameAs = new[] { "https://www.wikidata.org/entity/Q858" },
        image = new { url = "https://img.example.org/syria.jpg", alt = "A map" },
    };

    [Fact]
    public async Task A_new_one_exists_for_readers_with_all_that_is_said_of_it()
    {
        var tag = Own.Tag("place");
        var made = await newsroom.Admin.PutTagAsync(tag, Syria);

        Assert.Equal((201, TaxonomyDesk.AddressOf(tag)), ((int)made.StatusCode, made.Header("Location")));
        Assert.Equal(
            $$$"""{"kind":"place","slug":"{{{SlugOf(tag)}}}","name":"Syrie","names":{"en":"Syria","fr":"Syrie"},"description":"A country.","sameAs":["https://www.wikidata.org/entity/Q858"],"image":{"url":"https://img.example.org/syria.jpg","alt":"A map"}}""",
            (await newsroom.Reader.GetJsonAsync($"/v1/tags/{tag.Replace(':', '/')}?language=fr")).GetRawText());
    }

    [Fact]
    public async Task Sent_again_or_sent_back_it_is_unchanged()
    {
        var tag = Own.Tag("place");
        await newsroom.Admin.PutTagAsync(tag, Syria).AnsweredAsync(201);

        Assert.Equal("unchanged", (await newsroom.Admin.PutTagAsync(tag, Syria).AnsweredAsync(200)).Text("outcome"));
        var answered = await newsroom.Admin.GetJsonAsync(TaxonomyDesk.AddressOf(tag));
        Assert.Equal("unchanged", (await newsroom.Admin.PutTagAsync(tag, answered).AnsweredAsync(200)).Text("outcome"));
        Assert.Equal("updated", (await newsroom.Admin.PutTagAsync(tag, new { }).AnsweredAsync(200)).Text("outcome"));
        Assert.False((await newsroom.Admin.GetJsonAsync(TaxonomyDesk.AddressOf(tag))).Has("image"));
    }

    [Fact]
    public async Task A_new_name_shows_in_its_articles_each_in_its_language()
    {
        var tag = Own.Tag("place");
        var french = await newsroom.Admin.PushedAsync(Given.Article().Tagged(tag).Written("fr"));
        var german = await newsroom.Admin.PushedAsync(Given.Article().Tagged(tag).Written("de"));
        await newsroom.Admin.PutTagAsync(tag, Syria).AnsweredAsync(200);

        Assert.Equal(("Syrie", null), await NameOnAsync(french));
        Assert.Equal(("Syria", "en"), await NameOnAsync(german));
    }

    [Fact]
    public async Task A_push_finds_it_by_any_of_its_names()
    {
        var (tag, name) = (Own.Tag("organisation"), Own.Word("Organisation de l’Énergie"));
        await newsroom.Admin.PutTagAsync(tag, new { names = new { fr = name } }).AnsweredAsync(201);

        var article = await newsroom.Admin.PushAsync(
            Given.Article().Written("fr").With("tags", new[] { new { kind = "organisation", name = $"  {name.ToUpperInvariant()} " } }), query: string.Empty).AnsweredAsync(201);
        Assert.Equal(SlugOf(tag), article.GetProperty("tags")[0].Text("slug"));
    }

    [Fact]
    public async Task Everything_that_is_wrong_comes_at_once()
    {
        var problem = await newsroom.Admin.PutTagAsync(
            Own.Tag(), new { names = new { fr = "" }, sameAs = new[] { "not a uri", "https://ok.example.org/" }, image = new { url = "ftp://x", width = 0 }, slug = "other" }).ProblemAsync(422, "validation-failed");

        Assert.Equal(["/image/url invalid-url", "/image/width out-of-range", "/names/fr required", "/sameAs/0 invalid-url", "/slug read-only"], problem.Errors());
    }

    [Theory]
    [InlineData("planet/mars")]
    [InlineData("place/Upper")]
    [InlineData("place/a%3Ab")]
    public async Task What_cannot_be_a_tag_is_400_where_it_is_put_and_404_elsewhere(string address)
    {
        await newsroom.Admin.SendAsync(HttpMethod.Put, $"/v1/manage/tags/{address}", Json.Body(new { })).ProblemAsync(400, "malformed-request");
        await newsroom.Admin.GetAsync($"/v1/manage/tags/{address}").ProblemAsync(404, "not-found");
        await newsroom.Admin.DeleteAsync($"/v1/manage/tags/{address}").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task One_that_nothing_uses_can_be_deleted_and_one_in_use_cannot()
    {
        var (used, unused) = (Own.Tag(), Own.Tag());
        var article = Given.Article().Tagged(used).AsDraft();
        await newsroom.Admin.PushedAsync(article);
        await newsroom.Admin.PutTagAsync(unused, new { }).AnsweredAsync(201);

        Assert.Equal(204, await newsroom.Admin.DeleteAsync(TaxonomyDesk.AddressOf(unused)).StatusAsync());
        await newsroom.Reader.GetAsync($"/v1/tags/{unused.Replace(':', '/')}").ProblemAsync(404, "not-found");
        await newsroom.Admin.DeleteAsync(TaxonomyDesk.AddressOf(used)).ProblemAsync(409, "in-use");

        await newsroom.Admin.PushedAsync(article.Without("tags"));
        Assert.Equal(204, await newsroom.Admin.DeleteAsync(TaxonomyDesk.AddressOf(used)).StatusAsync());
    }

    [Fact]
    public async Task The_newsroom_lists_also_what_no_reader_sees()
    {
        var tag = Own.Tag("series");
        await newsroom.Admin.PushedAsync(Given.Article().Tagged(tag).AsDraft());

        var listed = (await newsroom.Admin.WalkAsync("/v1/manage/tags?kind=series&limit=1")).Single(each => each.Text("slug") == SlugOf(tag));
        Assert.False(listed.Flag("visible"));
        Assert.DoesNotContain(await newsroom.Reader.WalkAsync("/v1/tags?kind=series"), each => each.Text("slug") == SlugOf(tag));
    }

    private async Task<(string Name, string? Language)> NameOnAsync(System.Text.Json.JsonElement article)
    {
        var tag = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}")).GetProperty("tags")[0];
        return (tag.Text("name"), tag.Has("nameLanguage") ? tag.Text("nameLanguage") : null);
    }

    private static string SlugOf(string tag) => tag.Split(':')[1];
}
