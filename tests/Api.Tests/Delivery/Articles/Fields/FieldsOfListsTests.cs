using Galley.Storage;
using Galley.Tests.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Delivery.Articles.Fields;

/// <summary>What a list with chosen fields costs, how it is kept, and what it refuses.</summary>
public sealed class FieldsOfListsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("fields=headlin", "fields", 1, "headline")]
    [InlineData("fields=headline,leadImage(urll)", "fields", 20, "url")]
    [InlineData("fields=headline,headline", "fields", 10, null)]
    [InlineData("fields=body(html)", "fields", 1, null)]
    [InlineData("fields=tags()", "fields", 6, null)]
    public async Task A_wrong_field_is_named_with_its_column(string query, string parameter, int column, string? suggestion)
    {
        foreach (var address in new[] { "/v1/articles", "/v1/changes", "/v1/changes/stream" })
        {
            var error = (await newsroom.Reader.GetAsync($"{address}?{query}").ProblemAsync(400, "invalid-parameter")).GetProperty("errors")[0];
            Assert.Equal((parameter, column, suggestion), (error.Text("parameter"), error.GetProperty("column").GetInt32(), error.Has("suggestion") ? error.Text("suggestion") : null));
        }
    }

    [Theory]
    [InlineData("/v1/articles?format=html")]
    [InlineData("/v1/articles?format=blocks")]
    [InlineData("/v1/articles?fields=summary,related&format=text")]
    [InlineData("/v1/changes?fields=summary&format=text")]
    public async Task Forms_of_a_body_that_is_not_asked_for_are_refused(string address)
    {
        var problem = await newsroom.Reader.GetAsync(address).ProblemAsync(400, "invalid-parameter");

        Assert.Equal(["format invalid-parameter"], problem.Errors());
    }

    [Fact]
    public async Task Every_view_has_a_tag_of_its_own_that_answers_304()
    {
        var section = await OneAsync(Given.Article());
        string[] views = ["", "&fields=headline", "&fields=tags(slug)", "&fields=tags", "&fields=body", "&fields=body&format=html", "&fields=body&format=html,text", "&fields=whole", "&fields=whole&format=text"];
        var tags = new List<string>();
        foreach (var view in views)
        {
            tags.Add((await newsroom.Reader.GetAsync($"/v1/articles?section={section}{view}")).Tag());
            Assert.Equal(304, await newsroom.Reader.SendAsync(HttpMethod.Get, $"/v1/articles?section={section}{view}", ("If-None-Match", tags[^1])).StatusAsync());
        }

        Assert.Equal(views.Length, tags.Distinct().Count());
    }

    [Fact]
    public async Task A_tag_moves_with_the_slots_that_show_and_with_no_others()
    {
        var target = Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1)));
        var id = (await newsroom.Admin.PushedAsync(target)).Text("id");
        var section = await OneAsync(Given.Article().With("related", new[] { new { id } }).With("breakingUntil", newsroom.Clock.In(TimeSpan.FromHours(1))));
        string[] views = ["related(id)", "whole", "breaking", "summary", "body", "headline"];
        var before = await TagsAsync(section, views);

        newsroom.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal([true, true, true, true, false, false], before.Zip(await TagsAsync(section, views)).Select(pair => pair.First != pair.Second));
        Assert.Equal(id, (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}&fields=related(id)")).Data()[0].GetProperty("related")[0].Text("id"));
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData("&fields=headline,body", 10)]
    [InlineData("&fields=whole", 20)]
    [InlineData("&fields=expiresAt", 20)]
    public async Task An_end_that_shows_bounds_how_long_a_list_is_kept(string view, int seconds)
    {
        var section = await OneAsync(Given.Article().With("expiresAt", newsroom.Clock.In(TimeSpan.FromSeconds(50))));
        await newsroom.Admin.PushedAsync(Given.Article().In(section).With("expiresAt", newsroom.Clock.In(TimeSpan.FromSeconds(20))));

        var freshness = (await newsroom.Reader.GetAsync($"/v1/articles?section={section}{view}")).Headers.CacheControl!;
        Assert.Equal((TimeSpan.FromSeconds(seconds), seconds == 20), (freshness.MaxAge, freshness.MustRevalidate));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&sort=oldest")]
    [InlineData("&language=en,fr")]
    public async Task A_page_of_large_articles_is_short_and_leads_on_and_back(string how)
    {
        var section = Own.Section();
        for (var i = 0; i < 7; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In(section).Saying(string.Join("\n\n", Enumerable.Repeat(new string('a', 9_000), 160))));
        var address = $"/v1/articles?section={section}{how}&limit=100&fields=body";

        var pages = await newsroom.Reader.PagesAsync(address);

        Assert.Equal([3, 3, 1], pages.Select(page => page.Data().Count));
        Assert.Equal(await newsroom.Reader.WalkIdsAsync($"/v1/articles?section={section}{how}"), pages.SelectMany(page => page.Ids()));
        Assert.Equal(pages[1].Ids(), (await newsroom.Reader.GetJsonAsync(address.WithCursor(pages[2].Previous()!))).Ids());
        Assert.Equal(7, (await newsroom.Reader.GetJsonAsync($"/v1/articles?section={section}{how}&fields=summary,tags(slug)")).Data().Count);
        Assert.Equal(3, (await newsroom.Reader.GetJsonAsync($"/v1/changes?section={section}&fields=headline")).Data().Count);
    }

    [Fact]
    public async Task What_is_not_asked_for_is_not_read()
    {
        await using var explained = new ExplainedNewsroom();
        await explained.InitializeAsync();
        var target = (await explained.Admin.PushedAsync(Given.Article())).Text("id");
        await explained.Admin.PushedAsync(Given.Article().With("related", new[] { new { id = target } }).With("translationKey", "a").With("breakingUntil", explained.Clock.In(TimeSpan.FromHours(1))));

        Assert.Empty(await NewAsync("/v1/articles?fields=headline,tags(slug)", " e.document", "breaking_until", "from reference"));
        Assert.Single(await NewAsync("/v1/articles?fields=headline,breaking", "breaking_until"));
        Assert.Empty(await NewAsync("/v1/articles?fields=headline,body", "translation_group", "from reference"));
        Assert.Empty(await NewAsync("/v1/changes?fields=headline,body", "translation_group", "from reference"));
        Assert.Single(await NewAsync("/v1/articles?fields=related(id)", "from reference"));
        Assert.Single(await NewAsync("/v1/articles?fields=translations", "where translation_group"));

        async Task<IEnumerable<string>> NewAsync(string address, params string[] words)
        {
            var before = explained.Database.Plans.Keys.ToHashSet(StringComparer.Ordinal);
            await explained.Reader.GetAsync(address).AnsweredAsync(200);
            return explained.Database.Plans.Keys.Where(sql => !before.Contains(sql) && words.Any(word => sql.Contains(word, StringComparison.Ordinal)));
        }
    }

    private async Task<string> OneAsync(Given article)
    {
        var section = Own.Section();
        await newsroom.Admin.PushedAsync(article.In(section));
        return section;
    }

    private async Task<IReadOnlyList<string>> TagsAsync(string section, IEnumerable<string> views) =>
        await Task.WhenAll(views.Select(async view => (await newsroom.Reader.GetAsync($"/v1/articles?section={section}&fields={view}")).Tag()));

    private sealed class ExplainedNewsroom : Newsroom, IAsyncDisposable
    {
        public ExplainingDatabase Database { get; private set; } = null!;

        protected override void Replace(IServiceCollection services)
        {
            var real = services.Single(service => service.ServiceType == typeof(Database)).ImplementationFactory!;
            services.Replace(ServiceDescriptor.Singleton<Database>(provider => Database = new ExplainingDatabase((Database)real(provider))));
        }

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
