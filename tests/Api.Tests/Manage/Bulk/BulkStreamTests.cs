using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Galley.Http;
using Galley.Manage.Bulk;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Galley.Tests.Manage.Bulk;

/// <summary>Lines go both ways at once: a client may take its time, send all before it reads, or be gone at any moment.</summary>
public sealed class BulkStreamTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Whoever_waits_for_the_result_of_a_line_before_sending_the_next_gets_it()
    {
        await using var bulk = new LiveBulk(newsroom);
        for (var line = 1; line <= 3; line++)
        {
            bulk.Send(BulkRequests.Put(Given.Article()));
            Assert.Equal(line, (await bulk.ReadAsync())?.Number("line"));
        }

        bulk.End();
        Assert.Equal(3, (await bulk.ReadAsync())?.Number("created"));
        Assert.Null(await bulk.ReadAsync());
    }

    [Fact]
    public async Task Whoever_sends_everything_before_reading_gets_every_result()
    {
        const int Lines = 40_000;
        await using var bulk = new LiveBulk(newsroom);
        // Each result is a hundred times as long as its line: neither the server's memory nor the sockets between hold them all.
        await Task.Run(() => bulk.SendRaw(string.Concat(Enumerable.Repeat("{}\n", Lines)))).WaitAsync(TimeSpan.FromSeconds(60));
        bulk.Send(BulkRequests.Put(Given.Article()));
        bulk.End();
        await Task.Delay(TimeSpan.FromSeconds(1));

        for (var line = 1; line <= Lines; line++)
            Assert.Equal(line, (await bulk.ReadAsync())?.Number("line"));
        Assert.Equal(201, (await bulk.ReadAsync())?.Number("status"));
        Assert.Equal($$"""{"end":true,"lines":{{Lines + 1}},"created":1,"updated":0,"unchanged":0,"deleted":0,"failed":{{Lines}}}""", (await bulk.ReadAsync())?.GetRawText());
        Assert.Null(await bulk.ReadAsync());
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(newsroom.DatabasePath)!, ".galley-bulk-*"));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_the_next_is_taken()
    {
        var (long1, long2) = (new string('x', LineReader.MaxLine + 1), new string('y', 20 * 1024 * 1024));
        var line = JsonSerializer.Serialize(BulkRequests.Put(Given.Article()));
        var longest = line.PadRight(LineReader.MaxLine);

        var outcome = await newsroom.Admin.BulkAsync(BulkRequests.Raw($"{long1}\n{longest}\n{long2}\n{line}\n{long1}"));

        Assert.Equal(["1 413 too-large", "2 201 created", "3 413 too-large", "4 200 unchanged", "5 413 too-large"], outcome.Told);
    }

    [Fact]
    public async Task Of_a_request_that_is_cut_whole_lines_are_carried_out_and_nothing_of_the_last()
    {
        var (whole, cut) = (Given.Article(), Given.Article());
        using (var client = new TcpClient(newsroom.Address.Host, newsroom.Address.Port))
        {
            var stream = client.GetStream();
            await stream.WriteAsync(Head("Content-Length: 1000000"));
            // What was sent of the second is an article by itself.
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{JsonSerializer.Serialize(BulkRequests.Put(whole))}\n{JsonSerializer.Serialize(BulkRequests.Put(cut))}"));
            await UntilAsync(whole);
        }

        await Task.Delay(300);
        Assert.Equal(404, await newsroom.Admin.GetAsync($"/v1/manage/sources/wire/articles/{cut.ExternalId}").StatusAsync());
    }

    [Fact]
    public async Task A_client_that_goes_while_its_lines_are_carried_out_leaves_the_server_sound()
    {
        for (var round = 0; round < 10; round++)
        {
            using var client = new TcpClient(newsroom.Address.Host, newsroom.Address.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Head("Transfer-Encoding: chunked"));
            var lines = string.Concat(Enumerable.Range(0, 200).Select(_ => JsonSerializer.Serialize(BulkRequests.Put(Given.Article())) + "\n"));
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{lines.Length:x}\r\n{lines}\r\n"));
            await Task.Delay(round * 5);
            client.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal(["1 201 created"], (await newsroom.Admin.BulkAsync(BulkRequests.Put(Given.Article()))).Told);
    }

    [Fact]
    public async Task An_answer_comes_packed_for_whoever_takes_that_and_a_request_does_not()
    {
        foreach (var coding in new[] { "br", "gzip" })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, BulkRequests.Address) { Content = BulkRequests.Body(BulkRequests.Put(Given.Article())) };
            request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);
            var response = await newsroom.Admin.SendAsync(request);
            Assert.Equal((200, coding, "Accept-Encoding"), ((int)response.StatusCode, response.Header("Content-Encoding"), response.Header("Vary")));
        }

        var packed = BulkRequests.Body(BulkRequests.Put(Given.Article()));
        packed.Headers.ContentEncoding.Add("gzip");
        var refused = await newsroom.Admin.PostAsync(BulkRequests.Address, packed);
        await refused.ProblemAsync(415, "unsupported-media-type");
        Assert.Equal("identity", refused.Header("Accept-Encoding"));
        var json = await newsroom.Admin.PostAsync(BulkRequests.Address, Json.Body(new { }));
        await json.ProblemAsync(415, "unsupported-media-type");
        Assert.Equal("application/x-ndjson", json.Header("Accept-Post"));
    }

    [Fact]
    public async Task An_idempotency_key_has_no_effect()
    {
        foreach (var expected in new[] { "1 201 created", "1 201 created" })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, BulkRequests.Address) { Content = BulkRequests.Body(BulkRequests.Put(Given.Article())) };
            request.Headers.Add("Idempotency-Key", "one");
            Assert.Equal([expected], BulkOutcome.Read(await (await newsroom.Admin.SendAsync(request)).Content.ReadAsStringAsync()).Told);
        }
    }

    [Fact]
    public async Task A_key_that_ends_ends_the_stream()
    {
        var key = await newsroom.Admin.PostAsync("/v1/manage/keys", Json.Body(new { scopes = new[] { "content:write", "content:publish" } })).AnsweredAsync(201);
        var late = Given.Article();
        await using var bulk = new LiveBulk(newsroom, key.Text("key"));
        bulk.Send(BulkRequests.Put(Given.Article()));
        Assert.Equal(201, (await bulk.ReadAsync())?.Number("status"));

        await newsroom.Admin.DeleteAsync($"/v1/manage/keys/{key.Text("id")}");
        newsroom.Clock.Advance(TimeSpan.FromSeconds(2));
        bulk.Send(BulkRequests.Put(late));

        Assert.Null(await bulk.ReadAsync());
        Assert.Equal(404, await newsroom.Admin.GetAsync($"/v1/manage/sources/wire/articles/{late.ExternalId}").StatusAsync());
        // What nobody took does not stand in the way of what comes behind it.
        bulk.End();
        Assert.Equal(200, await bulk.AskOnAsync("/health/live"));
    }

    [Fact]
    public async Task A_server_that_stops_tells_what_it_has_done_and_no_end()
    {
        await using var own = await OwnNewsroom.OpenAsync();
        await using var bulk = new LiveBulk(own);
        bulk.Send(BulkRequests.Put(Given.Article()));
        Assert.Equal(201, (await bulk.ReadAsync())?.Number("status"));

        var clock = Stopwatch.StartNew();
        var stopping = own.EndAsync();

        Assert.Null(await bulk.ReadAsync());
        await bulk.DisposeAsync();
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public async Task A_client_that_says_nothing_for_too_long_is_not_waited_for()
    {
        await using var own = new Impatient();
        await own.InitializeAsync();
        await using var silent = new LiveBulk(own);
        var problem = await silent.ReadAsync();
        Assert.Equal((408, "request-timeout"), (silent.Status, problem?.Text("code")));

        await using var falling = new LiveBulk(own);
        falling.Send(BulkRequests.Put(Given.Article()));
        Assert.Equal(201, (await falling.ReadAsync())?.Number("status"));
        Assert.Null(await falling.ReadAsync());
    }

    [Fact]
    public async Task A_client_that_never_reads_is_not_waited_for_and_takes_nobodys_place()
    {
        await using var own = new Impatient();
        await own.InitializeAsync();
        using var client = new TcpClient(own.Address.Host, own.Address.Port) { ReceiveBufferSize = 4096 };
        var stream = client.GetStream();
        await stream.WriteAsync(Head("Transfer-Encoding: chunked"));
        var lines = string.Concat(Enumerable.Repeat("{}\n", 10_000));

        // Until the server has had enough: its room for results that nobody reads is small.
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (var i = 0; i < 1_000; i++)
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{lines.Length:x}\r\n{lines}\r\n"));
        }).WaitAsync(TimeSpan.FromSeconds(60));

        for (var i = 0; i < 3; i++)
            Assert.Equal(["1 201 created"], (await own.Admin.BulkAsync(BulkRequests.Put(Given.Article()))).Told);
    }

    [Fact]
    public async Task More_streams_than_the_server_takes_are_turned_away_and_come_back()
    {
        await using var own = new Impatient();
        await own.InitializeAsync();
        await using (var first = new LiveBulk(own))
        {
            first.Send(BulkRequests.Put(Given.Article()));
            Assert.Equal(201, (await first.ReadAsync())?.Number("status"));
            var second = await own.Admin.PostAsync(BulkRequests.Address, BulkRequests.Body(BulkRequests.Put(Given.Article())));
            await second.ProblemAsync(503, "overloaded");
            Assert.Equal("1", second.Header("Retry-After"));
            first.End();
            Assert.True((await first.ReadAsync())?.Flag("end"));
        }

        Assert.Equal(["1 201 created"], (await own.Admin.BulkAsync(BulkRequests.Put(Given.Article()))).Told);
    }

    private static byte[] Head(params string[] headers) => Encoding.ASCII.GetBytes(
        $"POST {BulkRequests.Address} HTTP/1.1\r\nHost: newsroom\r\nAuthorization: Bearer {Newsroom.AdminKey}\r\nContent-Type: application/x-ndjson\r\n{string.Join("\r\n", headers)}\r\n\r\n");

    private async Task UntilAsync(Given story)
    {
        for (var i = 0; await newsroom.Admin.GetAsync($"/v1/manage/sources/wire/articles/{story.ExternalId}").StatusAsync() != 200; i++)
        {
            Assert.True(i < 100, "The line was not carried out.");
            await Task.Delay(100);
        }
    }

    /// <summary>A newsroom that takes one stream at a time, and has neither much patience nor room.</summary>
    private sealed class Impatient : Newsroom, IAsyncDisposable
    {
        protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(
            new BulkOptions(Path.GetTempPath()) { Streams = 1, Units = 2, SpooledBytes = 1024 * 1024, Patience = TimeSpan.FromMilliseconds(500) }));

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
