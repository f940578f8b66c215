using System.Text.Json;
using Galley.Tests.Durability;
using Galley.Tests.Support;

namespace Galley.Tests.Publishing;

/// <summary>A change to a large section or tag is carried into its articles bit by bit, and no reader sees it half done.</summary>
public sealed class RerenderTests : Newsroom, IAsyncLifetime
{
    // More than two portions.
    private const int Articles = 150;

    private readonly List<JsonElement> _pushed = [];

    protected override IEnumerable<string> Settings => ["--Galley:ArticleUrl=https://website.example/{path}"];

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await Admin.PutSectionAsync("old", new { }).AnsweredAsync(201);
        await Admin.PutSectionAsync("present", new { }).AnsweredAsync(201);
        for (var i = 0; i < Articles; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            _pushed.Add(await Admin.PushedAsync(Given.Article().In("old/x").Tagged("place:syria")));
        }
    }

    [Fact]
    public async Task A_name_reaches_every_article_and_each_change_is_told_once()
    {
        await Admin.PutSectionAsync("old/x", new { names = new { en = "Renamed" } }).AnsweredAsync(200);
        Assert.InRange(await RenamedAsync(), 1, Articles - 1);

        Assert.True(await RerenderAsync());
        Assert.False(await RerenderAsync());

        Assert.Equal(Articles, await RenamedAsync());
        DatabaseInvariants.AssertHold(DatabasePath);
        Assert.Equal((Articles, Articles), ChangesOf("taxonomy"));
    }

    [Fact]
    public async Task A_move_is_seen_whole_by_lists_counts_and_addresses_while_it_is_under_way()
    {
        await Admin.MoveSectionAsync("old/x", "present/x").AnsweredAsync(200);
        await AssertMovedAsync(Articles);

        // Whatever happens meanwhile to one that has not been carried over: the oldest are first.
        var late = _pushed.TakeLast(3).ToList();
        await Admin.UnpublishAsync(late[0].Text("id")).AnsweredAsync(200);
        await Admin.PublishAsync(late[1].Text("id"), new { expiresAt = Clock.In(TimeSpan.FromMinutes(1)) }).AnsweredAsync(200);
        await AssertMovedAsync(Articles - 1);
        Clock.Advance(TimeSpan.FromMinutes(2));
        await SettleAsync();
        await AssertMovedAsync(Articles - 2);
        Assert.Equal(204, await Admin.DeleteArticleAsync(late[2].Text("id")).StatusAsync());
        await AssertMovedAsync(Articles - 3);
        DatabaseInvariants.AssertHold(DatabasePath);

        while (await RerenderAsync())
            await AssertMovedAsync(Articles - 3);

        await AssertMovedAsync(Articles - 3);
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    [Fact]
    public async Task Made_urls_in_lists_are_right_at_once_and_part_of_the_list_s_tag()
    {
        const string List = "/v1/articles?limit=100";
        await Admin.PushedAsync(Given.Article().In("elsewhere"));
        var (before, elsewhere) = (await Reader.GetAsync(List), await Reader.GetAsync("/v1/articles?section=elsewhere"));

        await Admin.MoveSectionAsync("old/x", "present/x").AnsweredAsync(200);

        // The newest are carried over last.
        var moved = await Reader.GetAsync(List);
        Assert.Contains((await moved.JsonAsync()).Data(), card => card.Text("path").StartsWith("en/old/x/", StringComparison.Ordinal));
        Assert.NotEqual(before.Tag(), moved.Tag());
        Assert.Equal(elsewhere.Tag(), (await Reader.GetAsync("/v1/articles?section=elsewhere")).Tag());
        Assert.Equal(304, await Reader.SendAsync(HttpMethod.Get, List, ("If-None-Match", moved.Tag())).StatusAsync());
        do
            Assert.All(await Reader.WalkAsync("/v1/articles?section=present&limit=100"), card => Assert.StartsWith("https://website.example/en/present/x/", card.Text("canonicalUrl"), StringComparison.Ordinal));
        while (await RerenderAsync());
        Assert.All(await Reader.WalkAsync(List), card => Assert.Equal($"https://website.example/{card.Text("path")}", card.Text("canonicalUrl")));
    }

    [Fact]
    public async Task A_second_move_may_begin_before_the_first_is_done()
    {
        await Admin.MoveSectionAsync("old/x", "present/x").AnsweredAsync(200);
        await Admin.PutSectionAsync("third", new { }).AnsweredAsync(201);
        await Admin.MoveSectionAsync("present/x", "third/x").AnsweredAsync(200);
        await AssertInOnlyAsync("third", Articles);
        await Admin.MoveSectionAsync("third/x", "old/x").AnsweredAsync(200);
        await AssertInOnlyAsync("old", Articles);

        while (await RerenderAsync())
            await AssertInOnlyAsync("old", Articles);

        await AssertInOnlyAsync("old", Articles);
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    [Fact]
    public async Task What_stands_above_may_be_moved_while_it_is_under_way()
    {
        await Admin.PutSectionAsync("third", new { }).AnsweredAsync(201);
        await Admin.MoveSectionAsync("old/x", "present/x").AnsweredAsync(200);
        await Admin.MoveSectionAsync("present", "third/present").AnsweredAsync(200);
        await AssertFoundAsync(("old", 0), ("third", Articles), ("third/present", Articles), ("third/present/x", Articles));

        // Out of what has just been moved, and then that one again.
        await Admin.MoveSectionAsync("third/present/x", "x").AnsweredAsync(200);
        await Admin.MoveSectionAsync("third/present", "old/present").AnsweredAsync(200);
        do
            await AssertFoundAsync(("old", 0), ("old/present", 0), ("third", 0), ("x", Articles));
        while (await RerenderAsync());

        await AssertFoundAsync(("old", 0), ("old/present", 0), ("third", 0), ("x", Articles));
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    [Fact]
    public async Task A_tag_may_be_merged_again_while_its_first_merge_is_under_way()
    {
        foreach (var tag in new[] { "place:second", "place:third" })
            await Admin.PutTagAsync(tag, new { }).AnsweredAsync(201);
        await Admin.MergeTagsAsync("place:syria", "place:second").AnsweredAsync(200);
        await Admin.MergeTagsAsync("place:second", "place:third").AnsweredAsync(200);

        do
        {
            foreach (var tag in new[] { "place:syria", "place:second", "place:third" })
                Assert.Equal(Articles, (await Reader.WalkIdsAsync($"/v1/articles?tags={tag}&limit=100")).Distinct().Count());
            DatabaseInvariants.AssertHold(DatabasePath);
        }
        while (await RerenderAsync());

        Assert.All(await Reader.WalkAsync("/v1/articles?limit=100"), card => Assert.Equal("third", Assert.Single(card.GetProperty("tags").EnumerateArray()).Text("slug")));
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    [Fact]
    public async Task A_merge_is_seen_whole_by_lists_while_it_is_under_way()
    {
        await Admin.PutTagAsync("place:syrie", new { names = new { en = "Syrie" } }).AnsweredAsync(201);
        await Admin.MergeTagsAsync("place:syria", "place:syrie").AnsweredAsync(200);
        await AssertMergedAsync();
        await Admin.DeleteAsync(TaxonomyDesk.AddressOf("place:syrie")).ProblemAsync(409, "in-use");

        while (await RerenderAsync())
            await AssertMergedAsync();

        await AssertMergedAsync();
        Assert.All(await Reader.WalkAsync("/v1/articles?limit=100"), card => Assert.Equal("syrie", Assert.Single(card.GetProperty("tags").EnumerateArray()).Text("slug")));
        DatabaseInvariants.AssertHold(DatabasePath);
    }

    private async Task AssertMovedAsync(int count)
    {
        await AssertInOnlyAsync("present", count);
        foreach (var article in _pushed.Take(2).Concat(_pushed.SkipLast(3).TakeLast(2)))
        {
            var present = article.Text("path").Replace("/old/", "/present/", StringComparison.Ordinal);
            Assert.Equal(200, await Reader.GetAsync($"/v1/articles/by-path/{present}").StatusAsync());
            Assert.Equal($"/v1/articles/by-path/{present}", (await Reader.GetAsync($"/v1/articles/by-path/{article.Text("path")}")).Headers.Location?.ToString());
        }
    }

    private async Task AssertInOnlyAsync(string section, int count)
    {
        foreach (var each in new[] { "old", "present" }.Append(section).Distinct())
        {
            var expected = each == section ? count : 0;
            var ids = await Reader.WalkIdsAsync($"/v1/articles?section={each}&limit=100");
            Assert.Equal((each, expected, expected), (each, ids.Count, ids.Distinct().Count()));
            Assert.Equal((each, expected), (each, (int)(await Reader.GetJsonAsync($"/v1/sections/{each}")).Number("articleCount")));
        }
    }

    private async Task AssertFoundAsync(params (string Section, int Count)[] sections)
    {
        foreach (var (section, count) in sections)
        {
            Assert.Equal((section, count), (section, (await Reader.WalkIdsAsync($"/v1/articles?section={section}&limit=100")).Distinct().Count()));
            Assert.Equal((section, count), (section, (int)(await Reader.GetJsonAsync($"/v1/sections/{section}")).Number("articleCount")));
        }

        DatabaseInvariants.AssertHold(DatabasePath);
    }

    private async Task AssertMergedAsync()
    {
        foreach (var tag in new[] { "place:syria", "place:syrie" })
            Assert.Equal(Articles, (await Reader.WalkIdsAsync($"/v1/articles?tags={tag}&limit=100")).Distinct().Count());
        Assert.Empty(await Reader.WalkIdsAsync("/v1/articles?tags=-place:syrie"));
    }

    private async Task<int> RenamedAsync() =>
        (await Reader.WalkAsync("/v1/articles?limit=100")).Count(card => card.GetProperty("section").Text("name") == "Renamed");

    private (int Rows, int Articles) ChangesOf(string kind)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={DatabasePath};Mode=ReadOnly");
        return Dapper.SqlMapper.QuerySingle<(int, int)>(connection, "select count(*), count(distinct article_id) from change where kind = @kind", new { kind });
    }
}
