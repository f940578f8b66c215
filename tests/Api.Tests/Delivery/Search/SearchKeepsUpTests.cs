using Dapper;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Galley.Tests.Delivery.Search;

/// <summary>Search finds what readers see, and nothing else, at every instant.</summary>
public sealed class SearchKeepsUpTests : IAsyncLifetime
{
    private readonly Newsroom _newsroom = new();

    public Task InitializeAsync() => _newsroom.InitializeAsync();

    public async Task DisposeAsync()
    {
        // Whatever a test did, the index says what the editions say.
        DatabaseInvariants.AssertHold(_newsroom.DatabasePath);
        await _newsroom.DisposeAsync();
    }

    [Fact]
    public async Task A_changed_story_is_found_by_its_new_words_only()
    {
        var story = Given.Article().Headed("alpha").Saying("beta");
        await _newsroom.Admin.PushedAsync(story);
        await _newsroom.Admin.PushedAsync(story.Headed("gamma"));

        Assert.Equal((0, 1, 1), (await CountAsync("alpha"), await CountAsync("beta"), await CountAsync("gamma")));
        await _newsroom.Admin.PushedAsync(story.Headed("delta").AsDraft());
        Assert.Equal((1, 0), (await CountAsync("gamma"), await CountAsync("delta")));
    }

    [Fact]
    public async Task A_scheduled_story_is_found_from_its_instant_on_and_an_ended_one_no_more()
    {
        await _newsroom.Admin.PushedAsync(Given.Article().Headed("alpha").With("publishedAt", _newsroom.Clock.In(TimeSpan.FromMinutes(1))).With("expiresAt", _newsroom.Clock.In(TimeSpan.FromMinutes(2))));
        Assert.Equal(0, await CountAsync("alpha"));
        _newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await CountAsync("alpha"));
        await _newsroom.SettleAsync();
        Assert.Equal(1, await CountAsync("alpha"));
        _newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await CountAsync("alpha"));
        await _newsroom.SettleAsync();
        Assert.Equal(0, await CountAsync("alpha"));
    }

    [Fact]
    public async Task A_scheduled_update_changes_what_finds_it_at_its_instant()
    {
        var story = Given.Article().Headed("alpha");
        var id = (await _newsroom.Admin.PushedAsync(story)).Text("id");
        await _newsroom.Admin.PushedAsync(story.Headed("beta").AsDraft());
        await _newsroom.Admin.PublishAsync(id, new { at = _newsroom.Clock.In(TimeSpan.FromMinutes(1)) }).AnsweredAsync(200);

        Assert.Equal((1, 0), (await CountAsync("alpha"), await CountAsync("beta")));
        _newsroom.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((0, 1), (await CountAsync("alpha"), await CountAsync("beta")));
        await _newsroom.SettleAsync();
        Assert.Equal((0, 1), (await CountAsync("alpha"), await CountAsync("beta")));
    }

    [Theory]
    [InlineData("unpublish")]
    [InlineData("takedown")]
    [InlineData("delete")]
    public async Task What_readers_lose_is_found_no_more(string how)
    {
        var id = (await _newsroom.Admin.PushedAsync(Given.Article().Headed("alpha"))).Text("id");
        Assert.Equal(1, await CountAsync("alpha"));

        Assert.InRange(await (how switch { "unpublish" => _newsroom.Admin.UnpublishAsync(id), "takedown" => _newsroom.Admin.TakeDownAsync(id), _ => _newsroom.Admin.DeleteArticleAsync(id) }).StatusAsync(), 200, 204);

        Assert.Equal(0, await CountAsync("alpha"));
        if (how != "unpublish")
            return;
        await _newsroom.Admin.PublishAsync(id).AnsweredAsync(200);
        Assert.Equal(1, await CountAsync("alpha"));
    }

    [Fact]
    public async Task Sections_and_tags_that_move_take_what_is_found_in_them_along()
    {
        for (var i = 0; i < 70; i++)
            await _newsroom.Admin.PushedAsync(Given.Article().Headed("alpha").In("world/asia").Tagged("place:lyon"));
        await _newsroom.Admin.PutSectionAsync("europe", new { }).AnsweredAsync(201);
        await _newsroom.Admin.PutTagAsync("place:paris", new { }).AnsweredAsync(201);

        await _newsroom.Admin.MoveSectionAsync("world/asia", "europe/asia").AnsweredAsync(200);
        await _newsroom.Admin.MergeTagsAsync("place:lyon", "place:paris").AnsweredAsync(200);

        do
        {
            foreach (var (filter, count) in new[] { ("section=europe", 70), ("section=world", 0), ("section=world/asia", 70), ("tags=place:paris", 70), ("tags=-place:lyon", 0) })
                Assert.Equal(count, await CountAsync($"alpha&limit=100&{filter}"));
        }
        while (await _newsroom.RerenderAsync());
        Assert.Equal((70, 0, 70), (await CountAsync("alpha&limit=100&section=europe"), await CountAsync("alpha&section=world"), await CountAsync("alpha&limit=100&tags=place:paris")));
    }

    [Fact]
    public async Task What_was_refused_or_only_tried_leaves_nothing()
    {
        var story = Given.Article().Headed("alpha");
        var id = (await _newsroom.Admin.PushedAsync(story)).Text("id");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i => i % 2 == 0
            ? await _newsroom.Admin.PushAsync(Given.Article().Headed("beta").In("unknown"), query: string.Empty).StatusAsync()
            : await _newsroom.Admin.PushAsync(Given.Article().Headed("gamma")).StatusAsync()));

        Assert.Equal((1, 0, 10), (await CountAsync("alpha"), await CountAsync("beta"), await CountAsync("gamma")));
        await _newsroom.Admin.SendAsync(HttpMethod.Put, $"/v1/manage/articles/{id}", Json.Body(story.Headed("delta").Build()), ("If-Match", "\"stale\"")).ProblemAsync(412, "revision-mismatch");
        Assert.Equal((1, 0), (await CountAsync("alpha"), await CountAsync("delta")));
    }

    [Fact]
    public async Task Breaking_news_that_ends_is_found_all_the_same()
    {
        await _newsroom.Admin.PushedAsync(Given.Article().Headed("alpha").With("breakingUntil", _newsroom.Clock.In(TimeSpan.FromMinutes(1))));
        _newsroom.Clock.Advance(TimeSpan.FromMinutes(2));
        await _newsroom.SettleAsync();

        Assert.Equal(1, await CountAsync("alpha"));
    }

    [Fact]
    public async Task An_index_of_another_analyzer_is_made_again_the_newest_first()
    {
        for (var i = 0; i < 130; i++)
            await _newsroom.Admin.PushedAsync(Given.Article().Headed("alpha").With("publishedAt", _newsroom.Clock.In(TimeSpan.FromMinutes(-i - 1))));
        await _newsroom.ForgetSearchAsync();

        Assert.True(await _newsroom.KeepSearchAsync());
        Assert.Equal(64, await CountAsync("alpha&limit=100"));
        // A server that is stopped here goes on when it starts again.
        await _newsroom.Admin.PushedAsync(Given.Article().Headed("alpha"));
        Assert.Equal(65, await CountAsync("alpha&limit=100"));
        while (await _newsroom.KeepSearchAsync())
        {
        }

        Assert.Equal(131, (await _newsroom.Reader.WalkIdsAsync("/v1/articles?q=alpha&limit=100")).Count);
    }

    [Fact]
    public async Task What_many_writes_left_is_merged_and_finds_the_same()
    {
        var stories = Enumerable.Range(0, 40).Select(i => Given.Article().Headed($"alpha w{i}")).ToList();
        foreach (var story in stories)
            await _newsroom.Admin.PushedAsync(story);
        foreach (var story in stories.Take(5))
            await _newsroom.Admin.PushedAsync(story.Headed("beta"));
        var before = Segments();

        while (await _newsroom.MergeSearchAsync())
        {
        }

        // Up to three of a size are left.
        Assert.InRange(Segments(), 1, 6);
        Assert.True(before > 12, $"{before} pieces are no test of it.");
        Assert.Equal((35, 5, 1, 0), (await CountAsync("alpha&limit=100"), await CountAsync("beta"), await CountAsync("w7"), await CountAsync("w3")));
        Assert.False(await _newsroom.MergeSearchAsync());
    }

    private long Segments()
    {
        using var connection = new SqliteConnection($"Data Source={_newsroom.DatabasePath};Mode=ReadOnly;Pooling=False");
        return connection.ExecuteScalar<long>("select count(distinct segid) from search_idx");
    }

    private async Task<int> CountAsync(string q) => (await _newsroom.Reader.GetJsonAsync($"/v1/articles?q={q}")).Ids().Count;
}
