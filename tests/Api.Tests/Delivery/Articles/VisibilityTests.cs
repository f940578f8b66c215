using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>When readers see an article: by the clock of each request, to the millisecond, whether or not anything was announced.</summary>
public sealed class VisibilityTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData("publishedAt", false)]
    [InlineData("publishedAt", true)]
    [InlineData("embargoedUntil", false)]
    [InlineData("embargoedUntil", true)]
    public async Task An_article_appears_at_its_instant_everywhere_at_once(string member, bool isSettled)
    {
        var seen = await PushAsync(Given.Article().With(member, newsroom.Clock.In(2 * Millisecond)));

        Assert.Equal("404 404 404", await StepAsync(seen, isSettled));
        Assert.Equal("404 404 404", await StepAsync(seen, isSettled));
        Assert.Equal("200 200 200", await StepAsync(seen, isSettled));
        Assert.Equal("200 200 200", await StepAsync(seen, isSettled));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_later_of_publication_and_embargo_counts(bool isSettled)
    {
        var embargoed = await PushAsync(Given.Article().With("publishedAt", newsroom.Clock.In(Millisecond)).With("embargoedUntil", newsroom.Clock.In(2 * Millisecond)));
        Assert.Equal("404 404 404", await StepAsync(embargoed, isSettled));
        Assert.Equal("404 404 404", await StepAsync(embargoed, isSettled));
        Assert.Equal("200 200 200", await StepAsync(embargoed, isSettled));

        var published = await PushAsync(Given.Article().With("publishedAt", newsroom.Clock.In(2 * Millisecond)).With("embargoedUntil", newsroom.Clock.In(Millisecond)));
        Assert.Equal("404 404 404", await StepAsync(published, isSettled));
        Assert.Equal("404 404 404", await StepAsync(published, isSettled));
        Assert.Equal("200 200 200", await StepAsync(published, isSettled));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_article_ends_at_its_instant_everywhere_at_once(bool isSettled)
    {
        var seen = await PushAsync(Given.Article().With("expiresAt", newsroom.Clock.In(2 * Millisecond)));

        Assert.Equal("200 200 200", await StepAsync(seen, isSettled));
        Assert.Equal("200 200 200", await StepAsync(seen, isSettled));
        Assert.Equal("410 410 404", await StepAsync(seen, isSettled));
        Assert.Equal("410 410 404", await StepAsync(seen, isSettled));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_article_may_live_for_one_millisecond(bool isSettled)
    {
        var seen = await PushAsync(Given.Article().With("publishedAt", newsroom.Clock.In(Millisecond)).With("expiresAt", newsroom.Clock.In(2 * Millisecond)));

        Assert.Equal("404 404 404", await StepAsync(seen, isSettled));
        Assert.Equal("200 200 200", await StepAsync(seen, isSettled));
        Assert.Equal("410 410 404", await StepAsync(seen, isSettled));
    }

    [Fact]
    public async Task An_instant_with_a_fraction_beyond_milliseconds_begins_with_its_millisecond()
    {
        var at = newsroom.Clock.In(Millisecond).Replace("Z", "999999Z", StringComparison.Ordinal);
        var seen = await PushAsync(Given.Article().With("publishedAt", at));

        Assert.Equal("404 404 404", await StepAsync(seen, isSettled: false));
        Assert.Equal("200 200 200", await StepAsync(seen, isSettled: false));
    }

    [Fact]
    public async Task Articles_that_became_due_while_nobody_announced_them_are_all_there_in_their_order()
    {
        var section = Own.Section();
        var ids = new List<string>();
        for (var hour = 1; hour <= 3; hour++)
            ids.Add((await newsroom.Admin.PushedAsync(Given.Article().In(section).With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(hour))))).Text("id"));
        newsroom.Clock.Advance(TimeSpan.FromHours(4));

        var unsettled = (await newsroom.Reader.GetStringAsync(new Uri($"/v1/articles?section={section}", UriKind.Relative)), await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}"));
        await newsroom.SettleAsync();

        Assert.Equal(ids.AsEnumerable().Reverse(), unsettled.Item2.Ids());
        Assert.Equal(unsettled.Item1, await newsroom.Reader.GetStringAsync(new Uri($"/v1/articles?section={section}", UriKind.Relative)));
    }

    [Theory]
    [InlineData("publishedAt")]
    [InlineData("embargoedUntil")]
    public async Task Nothing_of_a_hidden_article_shows_in_any_list_byte_for_byte(string member)
    {
        var (section, tag, name) = (Own.Section(), Own.Tag("person"), Own.Word("hidden"));
        await newsroom.Admin.PushedAsync(Given.Article().In(section).Tagged(tag));
        string[] addresses =
        [
            "/v1/articles", $"/v1/articles?section={section}", $"/v1/articles?tags={tag}", "/v1/articles?language=en", "/v1/articles?sort=oldest&limit=1", "/v1/sections?limit=100", $"/v1/sections/{section}",
            "/v1/section-tree", "/v1/tags?limit=100", $"/v1/tags?q={name}", $"/v1/articles?section={name}", $"/v1/articles?tags=person:{name}", $"/v1/articles?tags=-person:{name}", $"/v1/sections?parent={section}",
        ];
        var before = await ReadAsync(addresses);

        await newsroom.Admin.PushedAsync(Given.Article().In(section).Tagged(tag).With(member, newsroom.Clock.In(TimeSpan.FromDays(1))));
        await newsroom.Admin.PushedAsync(Given.Article().In($"{section}/{name}").Tagged($"person:{name}").With(member, newsroom.Clock.In(TimeSpan.FromDays(1))));
        await newsroom.Admin.PushedAsync(Given.Article().In(name).Tagged($"person:{name}").AsDraft());

        Assert.Equal(before, await ReadAsync(addresses));
    }

    private async Task<(string Id, string Path, string Section)> PushAsync(Given story)
    {
        var section = Own.Section();
        var pushed = await newsroom.Admin.PushedAsync(story.In(section));
        return (pushed.Text("id"), pushed.Text("path"), section);
    }

    /// <summary>What the article, its path and its section answer now; the list and the counts agree with them. Then a millisecond passes.</summary>
    private async Task<string> StepAsync((string Id, string Path, string Section) seen, bool isSettled)
    {
        if (isSettled)
            await newsroom.SettleAsync();

        int[] statuses =
        [
            await newsroom.Reader.GetAsync($"/v1/articles/{seen.Id}").StatusAsync(),
            await newsroom.Reader.GetAsync($"/v1/articles/by-path/{seen.Path}").StatusAsync(),
            await newsroom.Reader.GetAsync($"/v1/sections/{seen.Section}").StatusAsync(),
        ];
        var isVisible = statuses[0] == 200;
        Assert.Equal(isVisible ? [seen.Id] : [], (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={seen.Section}")).Ids());
        Assert.Equal(isVisible, (await newsroom.Reader.GetStringAsync(new Uri("/v1/section-tree", UriKind.Relative))).Contains($"\"{seen.Section}\"", StringComparison.Ordinal));
        if (isVisible)
            Assert.Equal(1, (await newsroom.Reader.GetJsonAsync($"/v1/sections/{seen.Section}")).Number("articleCount"));

        newsroom.Clock.Advance(Millisecond);
        return string.Join(' ', statuses);
    }

    private async Task<IReadOnlyList<string>> ReadAsync(IEnumerable<string> addresses)
    {
        var answers = new List<string>();
        foreach (var address in addresses)
        {
            var response = await newsroom.Reader.GetAsync(address);
            answers.Add($"{address} {(int)response.StatusCode} {response.Header("ETag")} {response.Header("Link")} {await response.Content.ReadAsStringAsync()}");
        }

        return answers;
    }
}
