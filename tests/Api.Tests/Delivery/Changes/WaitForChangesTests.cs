using System.Diagnostics;
using Galley.Delivery.Articles;
using Galley.Delivery.Changes;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Delivery.Changes;

/// <summary>Waiting for what comes, in one request or along a stream; and what is too old to go on from.</summary>
public sealed class WaitForChangesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_request_that_waits_is_answered_when_something_happens()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var since = (await newsroom.Reader.GetJsonAsync("/v1/changes")).Text("next");

        var waiting = newsroom.Reader.GetJsonAsync($"/v1/changes?wait=60&since={since}");
        await Task.Delay(200);
        Assert.False(waiting.IsCompleted);
        await newsroom.Admin.PushedAsync(Given.Article().AsDraft());
        await Task.Delay(200);
        Assert.False(waiting.IsCompleted);
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");

        Assert.Equal([id], (await waiting.WaitAsync(Patience)).Ids());
    }

    [Fact]
    public async Task A_request_that_waits_in_vain_is_answered_empty()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var since = (await newsroom.Reader.GetJsonAsync("/v1/changes?language=fr")).Text("next");
        await newsroom.Admin.PushedAsync(Given.Article());

        var watch = Stopwatch.StartNew();
        var page = await newsroom.Reader.GetJsonAsync($"/v1/changes?language=fr&wait=1&since={since}");

        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(900));
        Assert.Equal((0, true), (page.Data().Count, page.Flag("upToDate")));
        Assert.NotEqual(since, page.Text("next"));
    }

    [Fact]
    public async Task Whoever_waits_beside_too_many_looks_again_each_second()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var feed = newsroom.Services.GetRequiredService<ChangeFeed>();
        var since = (await newsroom.Reader.GetJsonAsync("/v1/changes")).Text("next");
        var crowd = Enumerable.Range(0, ChangeFeed.MaxWaiting).Select(_ => feed.WaitAsync(0, Patience, CancellationToken.None).AsTask()).ToList();
        var watch = Stopwatch.StartNew();

        Assert.True(await feed.WaitAsync(0, Patience, CancellationToken.None).AsTask().WaitAsync(Patience / 2));
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(900), Patience / 2);
        Assert.DoesNotContain(crowd, waiting => waiting.IsCompleted);

        var late = newsroom.Reader.GetJsonAsync($"/v1/changes?wait=60&since={since}");
        await Task.Delay(200);
        var id = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        Assert.Equal([id], (await late.WaitAsync(Patience)).Ids());
        Assert.All(await Task.WhenAll(crowd), Assert.True);
    }

    [Fact]
    public async Task A_stream_tells_what_happens_and_goes_on_where_it_was_cut()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var first = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        using var client = new HttpClient { BaseAddress = newsroom.Address };

        string last;
        await using (var events = await EventsAsync(client, "/v1/changes/stream"))
        {
            Assert.Equal(first, (await events.NextAsync()).Id);
            var given = Given.Article();
            var second = (await newsroom.Admin.PushedAsync(given)).Text("id");
            Assert.Equal(("upsert", second), await events.NextAsync());
            last = events.LastEventId;
            await newsroom.Admin.UnpublishAsync(second).AnsweredAsync(200);
            Assert.Equal(("delete", second), await events.NextAsync());
        }

        var third = (await newsroom.Admin.PushedAsync(Given.Article())).Text("id");
        await using var resumed = await EventsAsync(client, "/v1/changes/stream?since=nonsense", last);
        Assert.Equal("delete", (await resumed.NextAsync()).Name);
        Assert.Equal(("upsert", third), await resumed.NextAsync());
    }

    [Fact]
    public async Task A_stream_that_cannot_go_on_says_so()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        using var client = new HttpClient { BaseAddress = newsroom.Address };
        Assert.Equal(400, (int)(await client.GetAsync(new Uri("/v1/changes/stream?since=nonsense", UriKind.Relative))).StatusCode);

        var since = (await newsroom.Reader.GetJsonAsync("/v1/changes")).Text("next");
        await newsroom.Admin.PushedAsync(Given.Article());
        newsroom.Clock.Advance(TimeSpan.FromDays(90) + TimeSpan.FromMilliseconds(1));
        await CutAsync(newsroom);

        await using var events = await EventsAsync(client, $"/v1/changes/stream?since={since}");
        Assert.Equal("resync", (await events.NextAsync()).Name);
        Assert.Empty(events.LastEventId);
        await newsroom.Reader.GetAsync($"/v1/changes?since={since}").ProblemAsync(410, "resync-required");
    }

    [Fact]
    public async Task The_log_is_cut_at_its_old_end_and_a_walk_that_began_in_time_has_a_day_to_finish()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var given = Given.Article().In("world");
        await newsroom.Admin.PushedAsync(given);
        var (all, world) = (new Copy(newsroom.Reader), new Copy(newsroom.Reader, "section=world"));
        await all.SyncAsync();
        await world.SyncAsync();
        await newsroom.Admin.PushedAsync(given.In("sport"));
        newsroom.Clock.Advance(TimeSpan.FromDays(90));
        await CutAsync(newsroom);
        await newsroom.Admin.PushedAsync(given.Headed("Again"));
        newsroom.Clock.Advance(TimeSpan.FromHours(23));
        await CutAsync(newsroom);

        await newsroom.Reader.GetAsync($"/v1/changes?since={all.Token}").ProblemAsync(410, "resync-required");
        Assert.Equal(3, await RowsAsync(newsroom));
        var fresh = (await newsroom.Reader.GetJsonAsync("/v1/changes")).Text("next");
        newsroom.Clock.Advance(TimeSpan.FromHours(2));
        await CutAsync(newsroom);

        Assert.Equal(1, await RowsAsync(newsroom));
        Assert.Empty((await newsroom.Reader.GetJsonAsync($"/v1/changes?since={fresh}")).Data());
    }

    [Fact]
    public async Task A_token_from_beyond_what_the_server_knows_is_none_to_go_on_from()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var filter = ArticleFilter.Read(new QueryReader(string.Empty, ArticleFilter.Parameters));
        using var seal = newsroom.Services.GetRequiredService<NumberSeal>().For($"changes\n{filter.Identity}\n");
        Assert.Equal((await newsroom.Reader.GetJsonAsync("/v1/changes")).Text("next"), new ChangeToken(0, 0, 0, null).Write(seal));

        // As of a server whose file was put back from an older copy.
        foreach (var beyond in new[] { new ChangeToken(1, 0, 0, null), new ChangeToken(0, 0, 1, null), new ChangeToken(1, 1, 0, 5) })
            await newsroom.Reader.GetAsync($"/v1/changes?since={beyond.Write(seal)}").ProblemAsync(410, "resync-required");
    }

    [Fact]
    public async Task A_revoked_key_is_told_nothing_more()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var made = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:read" } })).AnsweredAsync(201);
        var since = (await newsroom.Reader.GetJsonAsync("/v1/changes")).Text("next");
        using var client = new HttpClient { BaseAddress = newsroom.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", made.Text("key"));
        await using var events = await EventsAsync(client, "/v1/changes/stream");
        var waiting = newsroom.Client(made.Text("key")).GetAsync($"/v1/changes?wait=60&since={since}");
        await Task.Delay(200);

        await newsroom.Admin.DeleteAsync($"/v1/manage/keys/{made.Text("id")}").StatusAsync();
        await newsroom.Admin.PushedAsync(Given.Article());

        await waiting.WaitAsync(Patience).ProblemAsync(401, "invalid-credentials");
        await Assert.ThrowsAsync<EndOfStreamException>(events.NextAsync);
    }

    [Fact]
    public async Task A_server_that_stops_lets_go_of_all_who_wait()
    {
        var newsroom = await OwnNewsroom.OpenAsync();
        var since = (await newsroom.Reader.GetJsonAsync("/v1/changes")).Text("next");
        using var client = new HttpClient { BaseAddress = newsroom.Address };
        await using var events = await EventsAsync(client, "/v1/changes/stream");
        var waiting = newsroom.Reader.GetJsonAsync($"/v1/changes?wait=60&since={since}");
        await Task.Delay(200);

        var watch = Stopwatch.StartNew();
        await newsroom.DisposeAsync();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"It took {watch.Elapsed}.");
        Assert.True((await waiting).Flag("upToDate"));
    }

    [Fact]
    public async Task Who_wrote_reads_what_was_written()
    {
        await using var newsroom = await OwnNewsroom.OpenAsync();
        var written = await newsroom.Admin.PushAsync(Given.Article());
        var seq = written.Header("Change-Seq")!;

        Assert.Single((await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/articles", ("Min-Change-Seq", seq)).AnsweredAsync(200)).Data());
        foreach (var forged in new[] { "1", seq[1..], $"{seq}AAAA", (await newsroom.Reader.GetJsonAsync("/v1/changes")).Text("next") })
            Assert.Equal(["Min-Change-Seq invalid-cursor"], (await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/articles", ("Min-Change-Seq", forged)).ProblemAsync(400, "invalid-cursor")).Errors());

        using var seal = newsroom.Services.GetRequiredService<NumberSeal>().For("change-seq");
        var problem = await newsroom.Reader.SendAsync(HttpMethod.Get, "/v1/articles", ("Min-Change-Seq", seal.Write(1_000_000)));
        Assert.Equal("1", problem.Header("Retry-After"));
        await problem.ProblemAsync(503, "overloaded");
    }

    private static Task<bool> CutAsync(Newsroom newsroom) => newsroom.Services.GetRequiredService<Writer>().WriteAsync(newsroom.Services.GetRequiredService<ChangeRetention>().CutAsync);

    private static async Task<long> RowsAsync(Newsroom newsroom)
    {
        using var session = await newsroom.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        return await session.FindAsync<long>("select count(*) from change");
    }

    private static async Task<Events> EventsAsync(HttpClient client, string address, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", response.Header("Cache-Control"));
        return new Events(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    // As a browser reads them.
    private sealed class Events(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        public string LastEventId { get; private set; } = string.Empty;

        public async Task<(string Name, string Id)> NextAsync()
        {
            var (name, data) = ("message", string.Empty);
            while (true)
            {
                var line = await reader.ReadLineAsync().WaitAsync(Patience) ?? throw new EndOfStreamException();
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                    name = line[7..];
                else if (line.StartsWith("id:", StringComparison.Ordinal))
                    LastEventId = line[3..].TrimStart();
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    data = line[6..];
                else if (line.Length == 0 && data.Length > 0)
                    return (name, data == "{}" ? string.Empty : System.Text.Json.JsonDocument.Parse(data).RootElement.Text("id"));
            }
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
