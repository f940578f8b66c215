using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>What else a list can be asked: articles by their ids, in the order of updates, breaking or urgent, counted.</summary>
public sealed class ListConditionsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Ids_are_answered_in_their_order_without_what_is_hidden_or_unknown()
    {
        var section = Own.Section();
        var ids = await PushAsync(section, 3);
        var draft = (await newsroom.Admin.PushedAsync(Given.Article().In(section).AsDraft())).Text("id");

        var asked = new[] { ids[2], draft, ids[0], Guid.NewGuid().ToString(), ids[1] };
        var answer = await newsroom.Reader.GetJsonAsync($"/v1/articles?ids={string.Join(',', asked)}");

        Assert.Equal([ids[2], ids[0], ids[1]], answer.Ids());
        Assert.Equal("{}", answer.GetProperty("page").GetRawText());
        Assert.Empty((await newsroom.Reader.GetJsonAsync($"/v1/articles?ids={ids[0]}&section={section}-not")).Ids());
        Assert.NotEmpty((await newsroom.Reader.GetJsonAsync($"/v1/articles?ids={ids[0]}&fields=whole&q=headline")).Data().Single().GetProperty("body").Members());
    }

    [Theory]
    [InlineData("sort=newest", "sort")]
    [InlineData("limit=10", "limit")]
    [InlineData("cursor=abc", "cursor")]
    public async Task Ids_go_without_sort_limit_and_cursor(string other, string parameter)
    {
        var problem = await newsroom.Reader.GetAsync($"/v1/articles?ids={Guid.NewGuid()}&{other}").ProblemAsync(400, "invalid-parameter");

        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.Text("parameter") == parameter);
    }

    [Theory]
    [InlineData("ids=no-id", "ids")]
    [InlineData("urgencyMax=0", "urgencyMax")]
    [InlineData("breaking=yes", "breaking")]
    [InlineData("count=all", "count")]
    [InlineData("updatedAfter=2026-01-02T00:00:00Z&updatedBefore=2026-01-01T00:00:00Z", "updatedBefore")]
    public async Task What_cannot_be_meant_is_refused(string query, string parameter)
    {
        var problem = await newsroom.Reader.GetAsync($"/v1/articles?{query}").ProblemAsync(400, "invalid-parameter");

        Assert.Equal(parameter, problem.GetProperty("errors").EnumerateArray().Single().Text("parameter"));
    }

    [Fact]
    public async Task An_updated_article_comes_first_by_update_and_stays_where_it_was_by_publication()
    {
        var section = Own.Section();
        var story = Given.Article().In(section);
        var first = (await newsroom.Admin.PushedAsync(story)).Text("id");
        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = (await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id");
        newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        var instant = newsroom.Clock.In(TimeSpan.Zero);
        await newsroom.Admin.PushedAsync(story.Headed("Once more"));

        Assert.Equal([first, second], await IdsAsync($"section={section}&sort=updated"));
        Assert.Equal([second, first], await IdsAsync($"section={section}"));
        Assert.Equal([first], await IdsAsync($"section={section}&updatedAfter={instant}"));
        Assert.Equal([second], await IdsAsync($"section={section}&updatedBefore={instant}"));
        Assert.Equal([first, second], await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={section}&sort=updated&limit=1"));
    }

    [Fact]
    public async Task What_breaks_is_asked_for_until_it_ends_also_in_a_search()
    {
        var (section, word) = (Own.Section(), Own.Word());
        var quiet = (await newsroom.Admin.PushedAsync(Given.Article().In(section).Headed(word))).Text("id");
        var breaking = (await newsroom.Admin.PushedAsync(Given.Article().In(section).Headed(word).With("breakingUntil", newsroom.Clock.In(TimeSpan.FromMinutes(5))))).Text("id");

        foreach (var filter in new[] { $"section={section}", $"q={word}", $"q={word}&sort=updated", $"section={section}&sort=updated", $"ids={quiet},{breaking}" })
        {
            Assert.Equal([breaking], await IdsAsync($"{filter}&breaking=true"));
            Assert.Equal([quiet], await IdsAsync($"{filter}&breaking=false"));
        }

        newsroom.Clock.Advance(TimeSpan.FromMinutes(5));
        foreach (var filter in new[] { $"section={section}", $"q={word}", $"q={word}&sort=updated", $"section={section}&sort=updated", $"ids={quiet},{breaking}" })
        {
            Assert.Empty(await IdsAsync($"{filter}&breaking=true"));
            Assert.Equal(2, (await IdsAsync($"{filter}&breaking=false")).Count);
        }
    }

    [Fact]
    public async Task A_count_is_of_the_whole_list_whatever_its_page()
    {
        var section = Own.Section();
        await PushAsync(section, 5);
        await newsroom.Admin.PushedAsync(Given.Article().In(section).AsDraft());

        foreach (var filter in new[] { string.Empty, "&sort=oldest", "&sort=updated", "&q=headline", "&fields=whole" })
        {
            var page = await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=2&count=exact{filter}");
            Assert.Equal(5, page.GetProperty("page").GetProperty("total").GetInt32());
            Assert.Equal(5, (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=2&count=exact{filter}&cursor={page.Next()}")).GetProperty("page").GetProperty("total").GetInt32());
        }

        await PushAsync(section, 1);
        Assert.Equal(6, (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&limit=2&count=exact")).GetProperty("page").GetProperty("total").GetInt32());
    }

    private async Task<IReadOnlyList<string>> PushAsync(string section, int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
            ids.Add((await newsroom.Admin.PushedAsync(Given.Article().In(section))).Text("id"));

        return ids;
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string query) => (await newsroom.Reader.GetJsonAsync($"/v1/articles?{query}")).Ids();
}
