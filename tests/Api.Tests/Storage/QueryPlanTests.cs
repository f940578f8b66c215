using System.Text.RegularExpressions;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Storage;

/// <summary>No statement reads more of a table than it needs: at a million articles one that does would hold up every write or every reader.</summary>
public sealed partial class QueryPlanTests
{
    // Tables with a handful of rows, or nearly always none.
    private static readonly string[] Small = ["language", "counter", "secret", "api_key", "rerender", "search_state"];

    // A stretch of a list that is read by its index up to a limit, and then looked at whole.
    private const string Stretch = "entry";

    // The tree of sections is bounded, and asked for as a whole.
    private static readonly string[] OfTree = [" order by s.position, s.path limit 5000", "select section_id, language, name as text from section_name"];

    [Fact]
    public async Task Every_statement_finds_its_rows_by_an_index()
    {
        await using var newsroom = new ExplainedNewsroom();
        await newsroom.InitializeAsync();
        await WorkAsync(newsroom);

        var wasteful = newsroom.Database.Plans.SelectMany(plan => plan.Value.Where(step => IsWasteful(step, plan.Key)).Select(step => $"{step}: {plan.Key}")).ToList();

        Assert.InRange(newsroom.Database.Plans.Count, 70, int.MaxValue);
        Assert.True(wasteful.Count == 0, string.Join("\n\n", wasteful));
    }

    // A scan of a large table, or a search by something that thousands of rows have in common.
    private static bool IsWasteful(string step, string sql) =>
        (!OfSearch().IsMatch(step) && Scan().Match(step) is { Success: true } scan && scan.Groups["table"].Value != Stretch && !Small.Contains(scan.Groups["table"].Value) && !OfTree.Any(sql.EndsWith)) || Coarse().IsMatch(step);

    private static async Task WorkAsync(Newsroom newsroom)
    {
        var admin = newsroom.Admin;
        var rich = Rich.Article(newsroom.Clock);
        var id = (await admin.PushedAsync(rich)).Text("id");
        await admin.PushedAsync(rich.Headed("Un autre").With("slug", "autre"));
        await admin.PushedAsync(Given.Article().Tagged("place:paris", "place:lyon").In("world/europe").With("related", new[] { new { id } }));
        await admin.PushedAsync(Given.Article().Headed("Soon").With("breakingUntil", newsroom.Clock.In(TimeSpan.FromHours(1))).With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(1))));
        await admin.PushedAsync(rich.Headed("Brouillon").AsDraft());
        await admin.CorrectAsync(id, "It was Homs, not Aleppo.").AnsweredAsync(200);
        await admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromMinutes(2)) }).AnsweredAsync(200);
        await admin.PushAsync(Given.Article().In("nowhere"), query: string.Empty).StatusAsync();
        newsroom.Clock.Advance(TimeSpan.FromMinutes(3));
        foreach (var address in Addresses(id))
            await newsroom.Reader.GetAsync(address).StatusAsync();

        await newsroom.SettleAsync();
        await WorkOnTaxonomyAsync(newsroom);
        await WorkOnListAsync(newsroom, id);
        await admin.GetAsync("/v1/manage/keys").AnsweredAsync(200);
        await admin.GetAsync("/v1/manage/export").StatusAsync();
        await newsroom.ClientMayAsync("content:write");
        await WorkOnHistoryAsync(newsroom, id);
        await WorkWithKeysAsync(newsroom, id);
        await admin.UnpublishAsync(id).AnsweredAsync(200);
        await newsroom.Reader.GetAsync($"/v1/articles/{id}").StatusAsync();
        await admin.DeleteArticleAsync(id).StatusAsync();
        await DiscardAndTakeDownAsync(newsroom);
    }

    private static async Task DiscardAndTakeDownAsync(Newsroom newsroom)
    {
        var story = Rich.Article(newsroom.Clock);
        var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
        await newsroom.Admin.PushedAsync(story.Headed("Brouillon").AsDraft());
        await newsroom.Admin.PublishAsync(id, new { at = newsroom.Clock.In(TimeSpan.FromMinutes(2)) }).AnsweredAsync(200);
        await newsroom.Admin.DiscardAsync(id).AnsweredAsync(200);
        await newsroom.Admin.TakeDownAsync(id).AnsweredAsync(200);
    }

    private static async Task WorkOnListAsync(Newsroom newsroom, string id)
    {
        var admin = newsroom.Admin;
        foreach (var sort in new[] { "modified", "created" })
        {
            var address = $"/v1/manage/articles?limit=1&section=world,europe&tags=place:paris%7C-place:nothing&sort={sort}";
            var second = await admin.GetJsonAsync(address.WithCursor((await admin.GetJsonAsync(address)).Next()!));
            await admin.GetJsonAsync(address.WithCursor(second.Previous()!));
        }

        foreach (var query in new[] { "limit=100", "source=wire&externalId=nothing", $"ids={id}", $"ids={string.Join(',', Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()))}" })
            await admin.GetJsonAsync($"/v1/manage/articles?{query}");
    }

    private static async Task WorkOnHistoryAsync(Newsroom newsroom, string id)
    {
        var (admin, address) = (newsroom.Admin, $"/v1/manage/articles/{id}");
        var page = await admin.GetJsonAsync($"{address}/revisions?limit=1");
        var second = await admin.GetJsonAsync($"{address}/revisions?limit=1&cursor={page.GetProperty("page").Text("next")}");
        await admin.GetJsonAsync($"{address}/revisions?limit=1&cursor={second.GetProperty("page").Text("previous")}");
        await admin.GetJsonAsync($"{address}/revision-diff?from=1&to=2");
        var link = await admin.PreviewAsync(id, new { revision = 1 }).AnsweredAsync(201);
        await newsroom.Reader.GetJsonAsync(new Uri(link.Text("url")).AbsolutePath);
        await admin.RestoreAsync(id, 1).AnsweredAsync(200);
        await admin.DeleteAsync($"{address}/preview-links/{link.Text("id")}").StatusAsync();
    }

    private static async Task WorkOnTaxonomyAsync(Newsroom newsroom)
    {
        var admin = newsroom.Admin;
        await admin.PushedAsync(Given.Article().In("world/asia").Tagged("place:asia").With("publishedAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
        await admin.PutSectionAsync("world/europe", new { names = new { en = "Europe" } }).AnsweredAsync(200);
        await admin.MoveSectionAsync("world/europe", "europe").AnsweredAsync(200);
        await admin.PutTagAsync("place:paris", new { names = new { en = "Paris" } }).AnsweredAsync(200);
        await admin.MergeTagsAsync("place:lyon", "place:paris").AnsweredAsync(200);
        await admin.PutSectionAsync("unused", new { }).AnsweredAsync(201);
        await admin.PutTagAsync("place:unused", new { }).AnsweredAsync(201);
        foreach (var address in new[] { "sections/unused", "tags/place/unused", "sections/world", "tags/place/paris" })
            await admin.DeleteAsync($"/v1/manage/{address}").StatusAsync();
        foreach (var address in new[] { "sections", "sections?parent=world", "sections/europe", "tags", "tags?kind=place", "tags/place/paris" })
            await admin.GetAsync($"/v1/manage/{address}").AnsweredAsync(200);
        foreach (var address in new[] { "sections/world/europe", "tags/place/lyon", "articles?section=world/europe", "articles?tags=place:lyon" })
            await newsroom.Reader.GetAsync($"/v1/{address}").StatusAsync();
    }

    private static async Task WorkWithKeysAsync(Newsroom newsroom, string id)
    {
        var made = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:write", "content:publish" }, limits = new { sources = new[] { "wire" }, sections = new[] { "world" } } })).AnsweredAsync(201);
        var client = newsroom.Client(made.Text("key"));
        var address = $"/v1/manage/keys/{made.Text("id")}";
        await client.GetAsync($"/v1/manage/articles/{id}").StatusAsync();
        await client.GetJsonAsync("/v1/manage/articles");
        await client.PushAsync(Given.Article().In("world").With("related", new[] { new { id } }), query: string.Empty).AnsweredAsync(201);
        await newsroom.Admin.PostAsync($"{address}/rotate", null).AnsweredAsync(200);
        await newsroom.Admin.DeleteAsync($"{address}/previous").StatusAsync();
        await newsroom.Admin.GetAsync(address).AnsweredAsync(200);
        await newsroom.Admin.DeleteAsync(address).StatusAsync();
    }

    private static IEnumerable<string> Addresses(string id) =>
    [
        $"/v1/articles/{id}", "/v1/articles/by-path/fr/autre", "/v1/articles/by-path/fr/nothing", "/v1/articles", "/v1/articles?sort=oldest&section=world", "/v1/articles?section=world&depth=0",
        "/v1/articles?language=fr", "/v1/articles?language=fr,en&section=world", "/v1/articles?tags=place:paris,-place:lyon", "/v1/sections", "/v1/sections?parent=world", "/v1/sections/world",
        "/v1/articles/by-path/2014/old.html", "/v1/articles/by-url?url=https://www.example.org/nothing", "/v1/articles/by-url?url=https://site.example.org/autre", "/v1/articles/by-url?url=https://site.example.org/nothing",
        "/v1/articles?fields=whole", "/v1/articles?fields=whole&sort=oldest", "/v1/articles?fields=body&tags=place:paris,-place:lyon", "/v1/articles?fields=headline,breaking,canonicalUrl", "/v1/changes?fields=headline",
        "/v1/articles?q=homs", "/v1/articles?q=homs&sort=oldest&section=world", "/v1/articles?q=un%20autre&tags=-place:lyon&fields=whole&highlight=true", $"/v1/articles/{id}/related",
        "/v1/feeds/rss", "/v1/feeds/atom", "/v1/feeds/atom?section=world&tags=-place:lyon", "/v1/feeds/json?q=homs",
        "/v1/changes", "/v1/changes?section=world", "/v1/changes?language=fr", "/v1/changes?source=wire&tags=-place:paris", "/v1/section-tree", "/v1/tags", "/v1/tags?kind=place", "/v1/tags?q=p", "/v1/tags?kind=place&q=p", "/v1/tags?section=world", "/v1/tags/place/paris", "/",
    ];

    [GeneratedRegex(@"^SCAN (?<table>\w+)(?! USING (COVERING )?INDEX section)")]
    private static partial Regex Scan();

    // By its words, from a position on, in its own order; or one row.
    [GeneratedRegex(@"^SCAN search VIRTUAL TABLE INDEX \d+:(M\d+|=)")]
    private static partial Regex OfSearch();

    [GeneratedRegex(@"\((language|kind|language_id|state|parent_id)=\?\)$")]
    private static partial Regex Coarse();

    private sealed class ExplainedNewsroom : Newsroom, IAsyncDisposable
    {
        protected override IEnumerable<string> Settings => ["--Galley:ArticleUrl=https://site.example.org/{slug}"];

        public ExplainingDatabase Database { get; private set; } = null!;

        protected override void Replace(IServiceCollection services)
        {
            var real = services.Single(service => service.ServiceType == typeof(Database)).ImplementationFactory!;
            services.Replace(ServiceDescriptor.Singleton<Database>(provider => Database = new ExplainingDatabase((Database)real(provider))));
        }

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
