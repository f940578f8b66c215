using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Changes;

/// <summary>Following the changes, a client's copy equals the list; and each thing that happens is told as what it is.</summary>
public sealed class ListChangesTests
{
    [Fact]
    public async Task A_snapshot_goes_over_into_what_changed_meanwhile()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var stories = new List<(Given Given, string Id)>();
        for (var i = 0; i < 12; i++)
        {
            var given = Given.Article().With("publishedAt", newsroom.Clock.In(TimeSpan.FromMinutes(-i - 1)));
            stories.Add((given, (await newsroom.Admin.PushedAsync(given)).Text("id")));
        }

        var first = await newsroom.Reader.GetJsonAsync("/v1/changes?limit=5");
        Assert.Equal((5, false), (first.Data().Count, first.Flag("upToDate")));
        // One that was told, one that was not yet, one that goes before it is met, and a new one.
        await newsroom.Admin.PushedAsync(stories[0].Given.Headed("New words"));
        await newsroom.Admin.PushedAsync(stories[11].Given.Headed("New words too"));
        await newsroom.Admin.UnpublishAsync(stories[10].Id).AnsweredAsync(200);
        await newsroom.Admin.UnpublishAsync(stories[1].Id).AnsweredAsync(200);
        await newsroom.Admin.PushedAsync(Given.Article());

        var copy = new Copy(newsroom.Reader, limit: 5);
        foreach (var change in first.Data())
            copy.Apply(change);
        var rest = await FollowAsync(newsroom, copy, first.Text("next"));

        Assert.DoesNotContain(rest.TakeWhile(change => change.Text("op") == "upsert").Take(6), change => change.Text("id") == stories[0].Id);
        Assert.Equal(12 + 1 - 2, copy.Articles.Count);
        await copy.EqualsListAsync();
    }

    [Fact]
    public async Task Each_thing_that_happens_is_told_once_and_as_what_it_is()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var copy = new Copy(newsroom.Reader);
        Assert.Empty(await copy.SyncAsync());
        var given = Given.Article();

        var id = (await newsroom.Admin.PushedAsync(given)).Text("id");
        await TellsAsync($"upsert {id} 1");
        await newsroom.Admin.PushedAsync(given);
        await TellsAsync();
        await newsroom.Admin.PushedAsync(given.Headed("Once"));
        await newsroom.Admin.PushedAsync(given.Headed("Twice"));
        await TellsAsync($"upsert {id} 3");
        await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);
        await TellsAsync($"delete {id} unpublished");
        await newsroom.Admin.PublishAsync(id).AnsweredAsync(200);
        await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);
        await TellsAsync($"delete {id} unpublished");
        await newsroom.Admin.DeleteArticleAsync(id).StatusAsync();
        await TellsAsync();
        var other = (await newsroom.Admin.PushedAsync(Given.Article().With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(1))))).Text("id");
        await newsroom.Admin.PushedAsync(Given.Article().AsDraft());
        await TellsAsync($"upsert {other} 1");
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await TellsAsync($"delete {other} expired");
        var third = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        await newsroom.Admin.DeleteArticleAsync(third).StatusAsync();
        await TellsAsync($"delete {third} deleted");

        async Task TellsAsync(params string[] expected)
        {
            Assert.Equal(expected, (await copy.SyncAsync()).Select(change => $"{change.Text("op")} {change.Text("id")} {(change.Has("reason") ? change.Text("reason") : change.Number("version").ToString(System.Globalization.CultureInfo.InvariantCulture))}"));
            await copy.EqualsListAsync();
        }
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("taken down")]
    public async Task What_becomes_of_a_story_that_nobody_sees_changes_no_answer(string how)
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var since = (await newsroom.Reader.GetJsonAsync("/v1/changes")).Text("next");
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        await newsroom.Admin.UnpublishAsync(id).AnsweredAsync(200);
        var before = await newsroom.Reader.GetStringAsync($"/v1/changes?since={since}");

        await (how == "deleted" ? newsroom.Admin.DeleteArticleAsync(id) : newsroom.Admin.TakeDownAsync(id)).StatusAsync();

        Assert.Equal(before, await newsroom.Reader.GetStringAsync($"/v1/changes?since={since}"));
    }

    [Fact]
    public async Task What_is_scheduled_stands_where_it_becomes_visible_and_nowhere_before()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var copy = new Copy(newsroom.Reader);
        var at = newsroom.Clock.In(TimeSpan.FromHours(1));
        var scheduled = (await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", at))).Text("id");
        var withdrawn = (await newsroom.Admin.PushedAsync(Given.Article().With("publishedAt", at))).Text("id");
        var live = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        // What readers have already is no change when it comes again.
        await newsroom.Admin.PublishAsync(live, new { at }).AnsweredAsync(200);
        Assert.Equal([live], (await copy.SyncAsync()).Select(change => change.Text("id")));
        await newsroom.Admin.UnpublishAsync(withdrawn).AnsweredAsync(200);
        Assert.Empty(await copy.SyncAsync());

        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        var told = await copy.SyncAsync();

        Assert.Equal([scheduled], told.Select(change => change.Text("id")));
        Assert.Equal(at.Replace(".000Z", "Z", StringComparison.Ordinal), told[0].Text("at"));
        await copy.EqualsListAsync();
    }

    [Fact]
    public async Task What_leaves_the_scope_is_deleted_from_it_and_no_other()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var given = Given.Article().In("sport/tennis").Tagged("place:paris");
        var id = (await newsroom.Admin.PushedAsync(given)).Text("id");
        await newsroom.Admin.PushedAsync(Given.Article().In("world").Tagged("place:lyon"));
        string[] filters = ["section=sport", "section=sport&depth=0", "tags=place:paris", "tags=place:lyon|place:paris", "tags=-place:paris", "language=en", "source=wire", "source=other", "section=world", ""];
        var copies = filters.ToDictionary(filter => filter, filter => new Copy(newsroom.Reader, filter));
        await SyncAsync();

        await newsroom.Admin.PushedAsync(given.In("world").Tagged("place:lyon"));
        var told = await SyncAsync();

        Assert.Equal("delete left-scope", told["section=sport"]);
        Assert.Equal("delete left-scope", told["tags=place:paris"]);
        Assert.Equal("upsert", told["tags=-place:paris"]);
        Assert.Equal("upsert", told["section=world"]);
        Assert.Equal("", told["section=sport&depth=0"]);
        Assert.Equal("", told["source=other"]);

        // Two steps between two looks: what lies between was never told.
        await newsroom.Admin.PushedAsync(given.In("sport").Tagged("place:nice"));
        await newsroom.Admin.PushedAsync(given.In("art").Tagged("place:paris").Written("fr"));
        told = await SyncAsync();
        Assert.Equal("delete left-scope", told["section=world"]);
        Assert.Equal("delete left-scope", told["language=en"]);

        async Task<Dictionary<string, string>> SyncAsync()
        {
            var told = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (filter, copy) in copies)
            {
                told[filter] = string.Join(' ', (await copy.SyncAsync()).Where(change => change.Text("id") == id).Select(change => change.Has("reason") ? $"delete {change.Text("reason")}" : "upsert"));
                await copy.EqualsListAsync();
            }

            return told;
        }
    }

    [Fact]
    public async Task Sections_and_tags_that_move_take_their_readers_along()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        for (var i = 0; i < 70; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In("world/europe").Tagged("place:syria"));
        var gone = Given.Article().In("world").Tagged("place:syria");
        await newsroom.Admin.PushedAsync(gone);
        await newsroom.Admin.PutSectionAsync("news", new { }).StatusAsync();
        await newsroom.Admin.PutTagAsync("place:syrie", new { }).StatusAsync();
        var copies = new[] { "", "section=world", "section=news", "section=world/europe", "tags=place:syria", "tags=place:syrie", "tags=-place:syrie" }.Select(filter => new Copy(newsroom.Reader, filter)).ToList();
        await SyncAsync();

        // Left before the merge, under the old name.
        await newsroom.Admin.PushedAsync(gone.Tagged("place:paris"));
        await newsroom.Admin.MoveSectionAsync("world/europe", "news/europe").AnsweredAsync(200);
        await newsroom.Admin.MergeTagsAsync("place:syria", "place:syrie").AnsweredAsync(200);
        await newsroom.Admin.PutSectionAsync("news/europe", new { names = new { en = "The Old World" } }).AnsweredAsync(200);
        while (await newsroom.RerenderAsync())
        {
            // Half done: readers of changes must only come out right at the end.
            foreach (var copy in copies)
                await copy.SyncAsync();
        }

        await SyncAsync();

        async Task SyncAsync()
        {
            foreach (var copy in copies)
            {
                await copy.SyncAsync();
                await copy.EqualsListAsync();
            }
        }
    }

    [Fact]
    public async Task What_an_article_shows_of_others_is_told_when_they_change()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var copy = new Copy(newsroom.Reader);
        var french = Given.Article().Written("fr").With("translationKey", "k");
        var english = (await newsroom.Admin.PushedAsync(Given.Article().With("translationKey", "k"))).Text("id");
        var target = Given.Article().In("world");
        var related = (await newsroom.Admin.PushedAsync(target)).Text("id");
        var showing = (await newsroom.Admin.PushedAsync(Given.Article().With("related", new[] { new { id = related } }))).Text("id");
        await copy.SyncAsync();

        var other = (await newsroom.Admin.PushedAsync(french)).Text("id");
        await TellsAsync(other, english);
        await newsroom.Admin.PushedAsync(french.Headed("Autrement"));
        await TellsAsync(other, english);
        await newsroom.Admin.PushedAsync(french.With("kicker", "Seulement ici"));
        await TellsAsync(other);
        await newsroom.Admin.PushedAsync(target.Headed("Another headline"));
        await TellsAsync(related, showing);
        await newsroom.Admin.MoveSectionAsync("world", "planet").AnsweredAsync(200);
        await TellsAsync(related, showing);
        await newsroom.Admin.UnpublishAsync(related).AnsweredAsync(200);
        await TellsAsync(related, showing);
        await newsroom.Admin.PushedAsync(french.With("expiresAt", newsroom.Clock.In(TimeSpan.FromHours(1))));
        await TellsAsync(other);
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await TellsAsync(other, english);
        await newsroom.Admin.PublishAsync(related, new { at = newsroom.Clock.In(TimeSpan.FromHours(1)) }).AnsweredAsync(200);
        await TellsAsync();
        newsroom.Clock.Advance(TimeSpan.FromHours(1));
        await TellsAsync(related, showing);
        Assert.Equal(1, (await newsroom.Reader.GetJsonAsync($"/v1/articles/{showing}")).Number("version"));

        async Task TellsAsync(params string[] expected)
        {
            Assert.Equal(expected.Order(), (await copy.SyncAsync()).Select(change => change.Text("id")).Order());
            await copy.EqualsListAsync();
        }
    }

    [Fact]
    public async Task The_end_of_breaking_news_is_told()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var copy = new Copy(newsroom.Reader);
        await newsroom.Admin.PushedAsync(Given.Article().With("breakingUntil", newsroom.Clock.In(TimeSpan.FromMinutes(10))));
        Assert.True((await copy.SyncAsync())[0].GetProperty("article").Flag("breaking"));

        newsroom.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.False((await copy.SyncAsync()).Single().GetProperty("article").Flag("breaking"));
    }

    [Fact]
    public async Task Bodies_come_in_the_forms_asked_for()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        await newsroom.Admin.PushedAsync(Given.Article().Saying("Only this."));

        foreach (var forms in new[] { "text", "html,markdown" })
        {
            var body = (await newsroom.Reader.GetJsonAsync($"/v1/changes?format={forms}")).Data()[0].GetProperty("article").GetProperty("body");
            Assert.Equal(forms.Split(','), body.Members());
        }
    }

    [Fact]
    public async Task Tokens_are_good_for_their_filters_and_their_limits_only()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        for (var i = 0; i < 3; i++)
            await newsroom.Admin.PushedAsync(Given.Article().In("world"));
        var limited = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:read" }, limits = new { sections = new[] { "world" } } })).AnsweredAsync(201);
        foreach (var filter in new[] { "", "&section=world", "&limit=1" })
        {
            var page = await newsroom.Reader.GetJsonAsync($"/v1/changes?format=text{filter}");
            foreach (var token in new[] { page.Text("next"), page.Data()[0].Text("token") })
            {
                await newsroom.Reader.GetJsonAsync($"/v1/changes?limit=2&since={token}{filter.Replace("&limit=1", "", StringComparison.Ordinal)}");
                foreach (var wrong in new[] { $"since={token}&section=sport", $"since={token[1..]}", $"since={token}AAAAAAAA", $"since={token}=", $"since={token}%20", $"since={(token[5] == 'A' ? token.Remove(5, 1).Insert(5, "B") : token.Remove(5, 1).Insert(5, "A"))}{filter.Replace("&limit=1", "", StringComparison.Ordinal)}", "since=0" })
                {
                    var problem = await newsroom.Reader.GetAsync($"/v1/changes?{wrong}").ProblemAsync(400, "invalid-cursor");
                    Assert.Equal(["since invalid-cursor"], problem.Errors());
                }

                await newsroom.Client(limited.Text("key")).GetAsync($"/v1/changes?since={token}{filter.Replace("&limit=1", "", StringComparison.Ordinal)}").ProblemAsync(400, "invalid-cursor");
            }
        }
    }

    [Fact]
    public async Task A_reader_with_limits_is_told_of_what_is_within_them_only()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var given = Given.Article().In("world");
        await newsroom.Admin.PushedAsync(given);
        var outside = Given.Article().In("sport");
        await newsroom.Admin.PushedAsync(outside);
        var made = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:read" }, limits = new { sections = new[] { "world" } } })).AnsweredAsync(201);
        var copy = new Copy(newsroom.Client(made.Text("key")));
        Assert.Single(await copy.SyncAsync());

        await newsroom.Admin.PushedAsync(outside.Headed("Never told"));
        await newsroom.Admin.DeleteAsync($"/v1/manage/sources/wire/articles/{outside.ExternalId}").StatusAsync();
        Assert.Empty(await copy.SyncAsync());
        await newsroom.Admin.PushedAsync(given.In("sport"));
        Assert.Equal("left-scope", (await copy.SyncAsync()).Single().Text("reason"));
        await copy.EqualsListAsync();

        // Whoever knows that it left learns nothing of what becomes of it elsewhere.
        await newsroom.Admin.PushedAsync(given.In("sport").Headed("Never told"));
        await newsroom.Admin.DeleteAsync($"/v1/manage/sources/wire/articles/{given.ExternalId}").StatusAsync();
        Assert.Empty(await copy.SyncAsync());
    }

    [Fact]
    public async Task Who_goes_through_the_log_in_small_steps_learns_of_what_left_behind_him()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var given = Enumerable.Range(0, 6).Select(_ => Given.Article().In("world")).ToList();
        foreach (var one in given)
            await newsroom.Admin.PushedAsync(one);
        var copy = new Copy(newsroom.Reader, "section=world");
        await copy.SyncAsync();
        foreach (var one in given)
            await newsroom.Admin.PushedAsync(one.Headed("Changed"));

        var since = copy.Token;
        foreach (var one in given)
        {
            var page = await newsroom.Reader.GetJsonAsync($"/v1/changes?section=world&limit=1&since={since}");
            copy.Apply(page.Data().Single());
            since = page.Text("next");
            // What he has just been told of leaves, and comes to stand behind everything.
            await newsroom.Admin.PushedAsync(one.In("sport"));
        }

        await FollowAsync(newsroom, copy, since!, "&section=world");
        Assert.Empty(copy.Articles);
    }

    [Fact]
    public async Task The_same_numbers_mean_the_same_token_and_none_shows()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        await newsroom.Admin.PushedAsync(Given.Article());

        var (one, again) = (await newsroom.Reader.GetStringAsync("/v1/changes"), await newsroom.Reader.GetStringAsync("/v1/changes"));
        await newsroom.Admin.PushedAsync(Given.Article().AsDraft());

        Assert.Equal(one, again);
        Assert.Equal(one, await newsroom.Reader.GetStringAsync("/v1/changes"));
        Assert.All(new[] { "seq", "position" }, word => Assert.DoesNotContain(word, one, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<System.Text.Json.JsonElement>> FollowAsync(Newsroom newsroom, Copy copy, string since, string filter = "")
    {
        var told = new List<System.Text.Json.JsonElement>();
        for (var next = since; ;)
        {
            var page = await newsroom.Reader.GetJsonAsync($"/v1/changes?limit=3{filter}&since={next}");
            told.AddRange(page.Data());
            foreach (var change in page.Data())
                copy.Apply(change);
            next = page.Text("next");
            if (page.Flag("upToDate"))
                return told;
        }
    }
}
