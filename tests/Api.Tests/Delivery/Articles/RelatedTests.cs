using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>Articles that an editor put beside another, as far as readers see them.</summary>
public sealed class RelatedTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task One_that_is_named_twice_stands_there_once_and_the_article_itself_never()
    {
        var (first, second) = (Given.Article(), Given.Article());
        var id = (await newsroom.Admin.PushedAsync(first)).Text("id");
        object ById(string each) => new { id = each };
        object ByOwn(Given each) => new { source = "wire", externalId = each.ExternalId };

        var own = (await newsroom.Admin.PushedAsync(second.With("related", new[] { ByOwn(second), ById(id), ById(id) }))).Text("id");

        var related = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{own}")).GetProperty("related");
        Assert.Equal([id], related.EnumerateArray().Select(each => each.Text("id")));
    }

    [Fact]
    public async Task They_stand_in_the_senders_order_by_id_or_own_id()
    {
        var (first, second) = (Given.Article(), Given.Article());
        var a = await newsroom.Admin.PushedAsync(first);
        var b = await newsroom.Admin.PushedAsync(second);

        var article = await newsroom.Admin.PushedAsync(Given.Article().With("related", new object[] { new { source = "wire", externalId = second.ExternalId }, new { id = a.Text("id").ToUpperInvariant() } }));

        var related = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}")).GetProperty("related");
        Assert.Equal([b.Text("id"), a.Text("id")], related.EnumerateArray().Select(link => link.Text("id")));
        Assert.Equal(["id", "path", "headline"], related[0].Members());
        Assert.Equal((b.Text("path"), b.Text("headline")), (related[0].Text("path"), related[0].Text("headline")));
    }

    [Fact]
    public async Task One_that_does_not_exist_yet_appears_when_it_does()
    {
        var coming = Given.Article();
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("related", new[] { new { source = "wire", externalId = coming.ExternalId } }));
        Assert.Equal(["/related/0 related-missing"], article.Warnings());
        Assert.Empty(await RelatedOfAsync(article));

        var pushed = await newsroom.Admin.PushedAsync(coming);

        Assert.Equal([pushed.Text("id")], await RelatedOfAsync(article));
    }

    [Fact]
    public async Task A_hidden_one_does_not_show_byte_for_byte_until_it_appears()
    {
        var hidden = Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("related", new[] { new { source = "wire", externalId = hidden.ExternalId } }));
        var without = await newsroom.Reader.GetAsync($"/v1/articles/{article.Text("id")}");
        var pushed = await newsroom.Admin.PushedAsync(hidden);

        var before = await newsroom.Reader.GetAsync($"/v1/articles/{article.Text("id")}");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(await without.Content.ReadAsStringAsync(), await before.Content.ReadAsStringAsync());
        Assert.Equal(without.Tag(), before.Tag());
        Assert.Equal([pushed.Text("id")], await RelatedOfAsync(article));
    }

    [Fact]
    public async Task One_that_is_withdrawn_goes_at_once_and_comes_back_with_its_article()
    {
        var target = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("related", new[] { new { id = target } }));

        await newsroom.Admin.UnpublishAsync(target);
        Assert.Empty(await RelatedOfAsync(article));
        await newsroom.Admin.PublishAsync(target);

        Assert.Equal([target], await RelatedOfAsync(article));
    }

    [Fact]
    public async Task A_changed_list_takes_the_place_of_the_old_one()
    {
        var (a, b) = ((await newsroom.Admin.PushedAsync(Given.Article())).Text("id"), (await newsroom.Admin.PushedAsync(Given.Article())).Text("id"));
        var story = Given.Article().With("related", new[] { new { id = a } });
        var article = await newsroom.Admin.PushedAsync(story);

        await newsroom.Admin.PushedAsync(story.With("related", new[] { new { id = b } }));
        Assert.Equal([b], await RelatedOfAsync(article));

        await newsroom.Admin.PushedAsync(story.With("related", new[] { new { id = b } }).With("publishedAt", "2025-01-01T00:00:00Z"));
        Assert.Equal([b], await RelatedOfAsync(article));
        await newsroom.Admin.PushedAsync(story.Without("related"));
        Assert.Empty(await RelatedOfAsync(article));
    }

    [Fact]
    public async Task Those_of_a_pending_update_show_with_it()
    {
        var (a, b) = ((await newsroom.Admin.PushedAsync(Given.Article())).Text("id"), (await newsroom.Admin.PushedAsync(Given.Article())).Text("id"));
        var story = Given.Article().With("related", new[] { new { id = a } });
        var article = await newsroom.Admin.PushedAsync(story);
        await newsroom.Admin.PushedAsync(story.With("related", new[] { new { id = b } }).AsDraft());
        await newsroom.Admin.PublishAsync(article.Text("id"), new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);

        Assert.Equal([a], await RelatedOfAsync(article));
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([b], await RelatedOfAsync(article));
        await newsroom.SettleAsync();
        Assert.Equal([b], await RelatedOfAsync(article));
    }

    [Fact]
    public async Task Management_shows_them_as_they_were_sent()
    {
        var article = await newsroom.Admin.PushedAsync(Given.Article().With("related", new[] { new { source = "other", externalId = "not there" } }));

        Assert.Equal("""[{"source":"other","externalId":"not there"}]""", article.GetProperty("related").GetRawText());
    }

    private async Task<IReadOnlyList<string>> RelatedOfAsync(JsonElement article)
    {
        var read = await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}");
        return read.Has("related") ? [.. read.GetProperty("related").EnumerateArray().Select(link => link.Text("id"))] : [];
    }
}
