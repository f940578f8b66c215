using System.Globalization;
using System.Text.Json;
using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>A reader whose key has limits sees what is within them and, of the rest, not that it is there.</summary>
public sealed class LimitedReaderTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly string[] Sources = ["wire", "local"];
    private static readonly string[] Languages = ["fr", "fr-CA", "en"];

    [Fact]
    public async Task Lists_hold_what_is_within_and_nothing_else_whatever_else_they_are_filtered_by()
    {
        var (root, tag) = (Own.Section(), Own.Tag());
        string[] sections = [$"{root}/a", $"{root}/a/b", $"{root}/c"];
        for (var i = 0; i < 54; i++)
        {
            var article = Given.Article().In(sections[i % 3]).Written(Languages[i / 3 % 3]).With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(-i - 1)));
            await newsroom.Admin.PushedAsync(i % 4 == 0 ? article.Tagged(tag) : article, source: Sources[i / 9 % 2]);
        }

        foreach (var (limits, isWithin) in Limits(root))
        {
            var reader = await ReaderAsync(limits);
            foreach (var filter in new[] { "q=headline&sort=newest", $"q=headline%20-nothing&section={root}", $"section={root}", $"section={root}/a", $"section={root}/c&depth=0", $"tags={tag}", $"tags=-{tag}&section={root}", $"section={root}&language=fr,en", $"section={root}&sort=oldest" })
            {
                var all = await newsroom.Reader.WalkAsync($"/v1/articles?{filter}&limit=50");
                var expected = new List<string>();
                foreach (var card in all)
                {
                    if (isWithin(await newsroom.Reader.GetJsonAsync($"/v1/articles/{card.Text("id")}")))
                        expected.Add(card.Text("id"));
                }

                Assert.Equal(expected, await reader.WalkIdsAsync($"/v1/articles?{filter}&limit=5"));
            }
        }
    }

    [Fact]
    public async Task What_is_outside_is_404_at_every_address_and_what_is_within_is_there()
    {
        var url = $"https://www.example.org/{Own.Word()}";
        var article = await newsroom.Admin.PushedAsync(Given.Article().In(Own.Section()).Written("fr").With("canonicalUrl", url).With("aliases", new[] { Own.Word("old") }));
        var former = article.Text("path");
        await newsroom.Admin.ReplaceAsync(article.Text("id"), new { language = "fr", status = "published", headline = "x", slug = Own.Word("new"), section = article.GetProperty("section").Text("path"), canonicalUrl = url, aliases = article.Texts("aliases") }).AnsweredAsync(200);
        var present = (await newsroom.Reader.GetJsonAsync($"/v1/articles/{article.Text("id")}")).Text("path");
        (string Address, int Status)[] addresses =
        [
            ($"/v1/articles/{article.Text("id")}", 200), ($"/v1/articles/by-path/{present}", 200), ($"/v1/articles/by-url?url={url}", 200),
            ($"/v1/articles/by-path/{former}", 308), ($"/v1/articles/by-path/{article.Texts("aliases")[0]}", 308),
        ];
        var (within, outside) = (await ReaderAsync(new { sources = Sources, languages = new[] { "fr" } }), await ReaderAsync(new { languages = new[] { "fr-CA", "en" } }));

        foreach (var (address, status) in addresses)
        {
            Assert.Equal(status, await within.GetAsync(address).StatusAsync());
            await outside.GetAsync(address).ProblemAsync(404, "not-found");
        }

        await newsroom.Admin.UnpublishAsync(article.Text("id")).AnsweredAsync(200);
        foreach (var (address, _) in addresses)
        {
            await within.GetAsync(address).ProblemAsync(410, "gone");
            await outside.GetAsync(address).ProblemAsync(404, "not-found");
        }
    }

    [Theory]
    [InlineData("expires")]
    [InlineData("is deleted")]
    public async Task What_ends_is_gone_for_those_who_saw_it_before_and_after_it_is_settled(string how)
    {
        var article = (await newsroom.Admin.PushedAsync(Given.Article().In(Own.Section()).With("expiresAt", newsroom.Clock.In(TimeSpan.FromMinutes(5))))).Text("id");
        var (within, outside) = (await ReaderAsync(new { sources = new[] { "wire" } }), await ReaderAsync(new { sources = new[] { "nobody" } }));
        if (how == "is deleted")
            await newsroom.Admin.DeleteArticleAsync(article).StatusAsync();
        newsroom.Clock.Advance(TimeSpan.FromMinutes(5));

        for (var isSettled = false; ; isSettled = true)
        {
            await within.GetAsync($"/v1/articles/{article}").ProblemAsync(410, "gone");
            await outside.GetAsync($"/v1/articles/{article}").ProblemAsync(404, "not-found");
            if (isSettled)
                break;

            await newsroom.SettleAsync();
        }
    }

    [Fact]
    public async Task What_moves_out_of_the_limits_is_gone_for_their_reader_only()
    {
        var (inside, outside) = (Own.Section(), Own.Section());
        var given = Given.Article().In(inside);
        var article = await newsroom.Admin.PushedAsync(given);
        await newsroom.Admin.PushedAsync(Given.Article().In(outside));
        var (before, after) = (await ReaderAsync(new { sections = new[] { inside } }), await ReaderAsync(new { sections = new[] { outside } }));
        await after.GetAsync($"/v1/articles/{article.Text("id")}").ProblemAsync(404, "not-found");

        var moved = await newsroom.Admin.PushedAsync(given.In(outside));

        foreach (var address in new[] { $"/v1/articles/{article.Text("id")}", $"/v1/articles/by-path/{article.Text("path")}", $"/v1/articles/by-path/{moved.Text("path")}" })
            Assert.Equal((410, true), (await before.GetAsync(address).StatusAsync(), await after.GetAsync(address).StatusAsync() is 200 or 308));
        Assert.Empty(await before.WalkIdsAsync($"/v1/articles?section={outside}"));
    }

    [Fact]
    public async Task Other_articles_are_named_only_where_they_are_within()
    {
        var key = Own.Word("key");
        var related = (await newsroom.Admin.PushedAsync(Given.Article(), source: "local")).Text("id");
        var article = (await newsroom.Admin.PushedAsync(Given.Article().Written("en").With("translationKey", key).With("related", new[] { new { id = related } }))).Text("id");
        await newsroom.Admin.PushedAsync(Given.Article().Written("fr").With("translationKey", key));

        var all = await newsroom.Reader.GetJsonAsync($"/v1/articles/{article}");
        var english = await (await ReaderAsync(new { languages = new[] { "en" } })).GetJsonAsync($"/v1/articles/{article}");
        var wire = await (await ReaderAsync(new { sources = new[] { "wire" } })).GetJsonAsync($"/v1/articles/{article}");

        Assert.Equal((true, true), (all.Has("translations"), all.Has("related")));
        Assert.Equal((false, true), (english.Has("translations"), english.Has("related")));
        Assert.Equal((true, false), (wire.Has("translations"), wire.Has("related")));
    }

    [Fact]
    public async Task An_address_that_two_articles_share_leads_to_the_one_within()
    {
        var (url, alias) = ($"https://www.example.org/{Own.Word()}", Own.Word("shared"));
        Given Sharing(int minutesAgo) =>
            Given.Article().With("canonicalUrl", url).With("aliases", new[] { alias }).With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(-minutesAgo)));
        var older = await newsroom.Admin.PushedAsync(Sharing(9), source: "local");
        var newer = await newsroom.Admin.PushedAsync(Sharing(1));
        var local = await ReaderAsync(new { sources = new[] { "local" } });

        Assert.Equal(newer.Text("id"), (await newsroom.Reader.GetJsonAsync($"/v1/articles/by-url?url={url}")).Text("id"));
        Assert.Equal(older.Text("id"), (await local.GetJsonAsync($"/v1/articles/by-url?url={url}")).Text("id"));
        Assert.EndsWith(older.Text("path"), (await local.GetAsync($"/v1/articles/by-path/{alias}")).Header("Location"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_section_that_moves_takes_its_readers_along_at_once()
    {
        var (section, other) = (Own.Section(), Own.Section());
        for (var i = 0; i < 70; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In($"{section}/below"));
        await newsroom.Admin.PutSectionAsync(other, new { }).StatusAsync();
        var (below, above) = (await ReaderAsync(new { sections = new[] { $"{section}/below" } }), await ReaderAsync(new { sections = new[] { other } }));
        Assert.Empty(await above.WalkIdsAsync("/v1/articles"));

        await newsroom.Admin.MoveSectionAsync($"{section}/below", $"{other}/below").AnsweredAsync(200);

        do
        {
            foreach (var reader in new[] { below, above })
            {
                var seen = await reader.WalkIdsAsync("/v1/articles?limit=50");
                Assert.Equal(70, seen.Count);
                Assert.Equal(200, await reader.GetAsync($"/v1/articles/{seen[^1]}").StatusAsync());
            }
        }
        while (await newsroom.RerenderAsync());
    }

    [Theory]
    [InlineData("/v1/sections")]
    [InlineData("/v1/sections/anything")]
    [InlineData("/v1/section-tree")]
    [InlineData("/v1/tags")]
    [InlineData("/v1/tags/place/anything")]
    public async Task What_counts_and_names_what_all_readers_see_is_closed(string address) =>
        await (await ReaderAsync(new { languages = new[] { "fr" } })).GetAsync(address).ProblemAsync(403, "outside-constraint");

    private static IEnumerable<(object Limits, Func<JsonElement, bool> IsWithin)> Limits(string root)
    {
        bool IsIn(JsonElement article, string section) => $"{article.GetProperty("section").Text("path")}/".StartsWith($"{root}/{section}/", StringComparison.Ordinal);
        bool IsOf(JsonElement article, string source) => article.GetProperty("source").Text("slug") == source;
        bool Speaks(JsonElement article, string language) => article.Text("language").StartsWith(language, true, CultureInfo.InvariantCulture);

        yield return (new { sources = new[] { "local" } }, article => IsOf(article, "local"));
        yield return (new { sources = Sources }, _ => true);
        yield return (new { sources = new[] { "nobody" } }, _ => false);
        yield return (new { sections = new[] { $"{root}/a" } }, article => IsIn(article, "a"));
        yield return (new { sections = new[] { $"{root}/a/b", $"{root}/c" } }, article => IsIn(article, "a/b") || IsIn(article, "c"));
        yield return (new { languages = new[] { "fr" } }, article => Speaks(article, "fr"));
        yield return (new { languages = new[] { "fr-CA", "en" } }, article => Speaks(article, "fr-CA") || Speaks(article, "en"));
        yield return (new { sources = new[] { "wire" }, sections = new[] { $"{root}/a" }, languages = new[] { "fr" } }, article => IsOf(article, "wire") && IsIn(article, "a") && Speaks(article, "fr"));
    }

    private async Task<HttpClient> ReaderAsync(object limits)
    {
        var made = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:read" }, limits })).AnsweredAsync(201);
        return newsroom.Client(made.Text("key"));
    }
}
