using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles.Fields;

/// <summary>A newsroom with everything an article may have, whose website has a form of address.</summary>
public sealed class RichNewsroom : Newsroom, IAsyncLifetime
{
    protected override IEnumerable<string> Settings => ["--Galley:ArticleUrl=https://site.example.org/{path}"];

    /// <summary>Each article whole, by its id.</summary>
    public Dictionary<string, JsonElement> Articles { get; } = new(StringComparer.Ordinal);

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var plain = (await Admin.PushedAsync(Given.Article())).Text("id");
        var rich = Rich.Article(Clock);
        var id = (await Admin.PushedAsync(rich.With("related", new[] { new { id = plain } }))).Text("id");
        await Admin.CorrectAsync(id, "It was Homs, not Aleppo.").AnsweredAsync(200);
        await Admin.PushedAsync(Given.Article().Written("ar").With("translationKey", rich.Build()["translationKey"]).With("leadImage", new { url = "https://img.example.org/a.jpg" }).In("world"));
        await Admin.PushedAsync(Given.Article().Without("body").With("related", new[] { new { id }, new { id = plain } }).With("breakingUntil", Clock.In(TimeSpan.FromHours(1))));
        foreach (var each in await Reader.WalkIdsAsync("/v1/articles"))
            Articles[each] = await Reader.GetJsonAsync($"/v1/articles/{each}");
    }
}

/// <summary>Lists and changes show what was asked for: the same bytes as the whole article has, and no others.</summary>
public sealed class SelectFieldsTests(RichNewsroom newsroom) : IClassFixture<RichNewsroom>
{
    public static TheoryData<string> Names => [.. WantedFields.Inner[""]];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Each_field_alone_is_the_whole_articles_member(string name) => ShowsAsync(WantedFields.One(name));

    [Fact]
    public void The_articles_of_these_tests_have_every_field()
    {
        var members = newsroom.Articles.Values.SelectMany(article => article.Members()).ToHashSet();
        Assert.Equal(WantedFields.Inner[""].Order(), members.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_fields_at_all_are_the_whole_article_cut(int seed)
    {
        var dice = new Random(seed);
        for (var i = 0; i < 100; i++)
            await ShowsAsync(WantedFields.Random(dice));
    }

    [Theory]
    [InlineData("whole", "")]
    [InlineData("summary,whole", "")]
    [InlineData("whole", "html,blocks")]
    [InlineData("body,headline", "text")]
    [InlineData("body", "markdown,html,text")]
    public async Task Whole_articles_are_what_each_is_at_its_own_address(string fields, string format)
    {
        var suffix = format.Length == 0 ? string.Empty : $"format={format}";
        var (listed, told) = (await newsroom.Reader.GetJsonAsync($"/v1/articles?fields={fields}&{suffix}"), await newsroom.Reader.GetJsonAsync($"/v1/changes?fields={fields}&{suffix}"));

        Assert.Equal(newsroom.Articles.Count, listed.Data().Count);
        foreach (var article in listed.Data().Concat(told.Data().Select(change => change.GetProperty("article"))))
        {
            var whole = await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}?{suffix}");
            Assert.Equal(fields.Contains("whole", StringComparison.Ordinal) ? whole.GetRawText() : whole.GetProperty("body").GetRawText(), fields.Contains("whole", StringComparison.Ordinal) ? article.GetRawText() : article.GetProperty("body").GetRawText());
        }
    }

    [Fact]
    public async Task The_defaults_are_the_presets_byte_for_byte_and_with_one_tag()
    {
        var (plain, summary) = (await newsroom.Reader.GetAsync("/v1/articles"), await newsroom.Reader.GetAsync("/v1/articles?fields=summary,headline"));

        Assert.Equal((await plain.Content.ReadAsStringAsync(), plain.Tag()), (await summary.Content.ReadAsStringAsync(), summary.Tag()));
        Assert.Equal(await ArticlesToldAsync(string.Empty), await ArticlesToldAsync("?fields=whole"));
        Assert.All(newsroom.Articles.Values, article => Assert.Empty(article.Members().Where(WantedFields.Summary.Contains).Except(Listed(plain, article).Members())));
    }

    [Fact]
    public async Task A_stream_tells_the_same()
    {
        var told = new List<string>();
        using var stream = await newsroom.Reader.GetStreamAsync(new Uri("/v1/changes/stream?fields=headline,tags(slug)", UriKind.Relative));
        using var lines = new StreamReader(stream);
        while (told.Count < newsroom.Articles.Count)
        {
            if (await lines.ReadLineAsync() is { } line && line.StartsWith("data: {", StringComparison.Ordinal))
                told.Add(JsonDocument.Parse(line[6..]).RootElement.GetProperty("article").GetRawText());
        }

        Assert.Equal(await ArticlesToldAsync("?fields=tags(slug),headline"), told);
    }

    [Fact]
    public async Task Tokens_and_cursors_are_good_for_any_fields_and_forms()
    {
        var page = await newsroom.Reader.GetJsonAsync("/v1/articles?limit=1&fields=headline");
        var ids = new List<string>(page.Ids());
        foreach (var view in new[] { "fields=whole&format=text", "limit=2", "fields=body,related" })
        {
            if (page.Next() is { } next)
                ids.AddRange((page = await newsroom.Reader.GetJsonAsync($"/v1/articles?limit=1&{view}".Replace("limit=1&limit=2", "limit=2", StringComparison.Ordinal).WithCursor(next))).Ids());
        }

        Assert.Equal(await newsroom.Reader.WalkIdsAsync("/v1/articles"), ids);
        var token = (await newsroom.Reader.GetJsonAsync("/v1/changes?limit=1&fields=headline")).Text("next");
        Assert.Equal(newsroom.Articles.Count - 1, (await newsroom.Reader.GetJsonAsync($"/v1/changes?since={token}&format=html")).Data().Count);
    }

    private async Task ShowsAsync(WantedFields wanted)
    {
        var (listed, told) = (await newsroom.Reader.GetJsonAsync($"/v1/articles?fields={wanted}"), await newsroom.Reader.GetJsonAsync($"/v1/changes?fields={wanted}"));
        foreach (var article in listed.Data().Concat(told.Data().Select(change => change.GetProperty("article"))))
            Assert.Equal(wanted.CutFrom(newsroom.Articles[article.Text("id")]), article.GetRawText());

        Assert.Equal((newsroom.Articles.Count, newsroom.Articles.Count), (listed.Data().Count, told.Data().Count));
    }

    private async Task<IEnumerable<string>> ArticlesToldAsync(string query) =>
        (await newsroom.Reader.GetJsonAsync($"/v1/changes{query}")).Data().Select(change => change.GetProperty("article").GetRawText());

    private static JsonElement Listed(HttpResponseMessage list, JsonElement article) => list.JsonAsync().Result.Data().Single(each => each.Text("id") == article.Text("id"));
}
