using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Search;

/// <summary>What stands beside an article.</summary>
public sealed class ListRelatedArticlesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Curated_first_then_what_shares_most_tags_the_newest_first()
    {
        var (a, b, c) = (Own.Tag(), Own.Tag("place"), Own.Tag("person"));
        var other = await PushAsync(Given.Article());
        var one = await PushAsync(Given.Article().Tagged(a), -5);
        var newerOne = await PushAsync(Given.Article().Tagged(b), -4);
        var two = await PushAsync(Given.Article().Tagged(a, c), -9);
        var curated = await PushAsync(Given.Article().Tagged(a), -8);
        await PushAsync(Given.Article().Tagged(a, b, c).Written("fr"), -1);
        await PushAsync(Given.Article().Tagged(a, b, c).AsDraft(), -1);
        await PushAsync(Given.Article().Tagged(a, b, c), 60);
        var article = await PushAsync(Given.Article().Tagged(a, b, c).With("related", new[] { new { id = other }, new { id = curated } }), -3);

        Assert.Equal([other, curated, two, newerOne, one], await RelatedAsync(article));
        Assert.Equal([other, curated, two], await RelatedAsync(article, "?limit=3"));
        Assert.Equal([other], await RelatedAsync(article, "?limit=1"));
        Assert.Equal([article, one, curated], await RelatedAsync(two));
        Assert.Empty(await RelatedAsync(other));
    }

    [Fact]
    public async Task Who_wrote_it_makes_no_relation()
    {
        var name = Own.Word("Ana");
        await PushAsync(Given.Article().With("contributors", new[] { new { name } }));
        var article = await PushAsync(Given.Article().With("contributors", new[] { new { name } }));

        Assert.Empty(await RelatedAsync(article));
    }

    [Fact]
    public async Task It_answers_like_the_article_and_with_its_tag()
    {
        var tag = Own.Tag();
        var id = await PushAsync(Given.Article().Tagged(tag));
        var other = await PushAsync(Given.Article().Tagged(tag));
        var response = await newsroom.Reader.GetAsync($"/v1/articles/{id}/related");
        Assert.Equal(["data"], (await response.JsonAsync()).Members());
        Assert.Equal(304, await newsroom.Reader.SendAsync(HttpMethod.Get, $"/v1/articles/{id}/related", ("If-None-Match", response.Tag())).StatusAsync());
        await newsroom.Reader.GetAsync($"/v1/articles/{Guid.NewGuid()}/related").ProblemAsync(404, "not-found");
        await newsroom.Reader.GetAsync($"/v1/articles/{id}/related?limit=21").ProblemAsync(400, "invalid-parameter");

        await newsroom.Admin.UnpublishAsync(other).AnsweredAsync(200);
        Assert.NotEqual(response.Tag(), (await newsroom.Reader.GetAsync($"/v1/articles/{id}/related")).Tag());
        await newsroom.Reader.GetAsync($"/v1/articles/{other}/related").ProblemAsync(410, "gone");
    }

    [Fact]
    public async Task A_limited_reader_sees_what_is_within()
    {
        var (tag, section) = (Own.Tag(), Own.Section());
        var within = await PushAsync(Given.Article().Tagged(tag).In(section));
        var outside = await PushAsync(Given.Article().Tagged(tag).In(Own.Section()));
        var article = await PushAsync(Given.Article().Tagged(tag).In(section).With("related", new[] { new { id = outside } }));
        var made = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:read" }, limits = new { sections = new[] { section } } })).AnsweredAsync(201);
        using var reader = newsroom.Client(made.Text("key"));

        Assert.Equal([outside, within], await RelatedAsync(article));
        Assert.Equal([within], (await reader.GetJsonAsync($"/v1/articles/{article}/related")).Ids());
        await reader.GetAsync($"/v1/articles/{outside}/related").ProblemAsync(404, "not-found");
    }

    private async Task<string> PushAsync(Given article, int minutes = -2) =>
        (await newsroom.Admin.PushedAsync(article.With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(minutes))))).Text("id");

    private async Task<IReadOnlyList<string>> RelatedAsync(string id, string query = "") => (await newsroom.Reader.GetJsonAsync($"/v1/articles/{id}/related{query}")).Ids();
}
