using System.Diagnostics;
using System.Net.Http.Headers;
using Galley.Publishing;
using Galley.Storage;
using Galley.Tests.Durability;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Galley.Tests.Publishing;

/// <summary>Thousands of stories due in the same second while nobody announces anything: readers see each at its instant, and are told of all when the worker is back.</summary>
public sealed class DueTogetherTests(Newsroom newsroom, ITestOutputHelper output) : IClassFixture<Newsroom>
{
    private const int Pushers = 64;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly int _stories = Duration.Of(inEveryRun: 2_000, whenLong: 10_000);

    [Fact]
    public async Task Are_seen_at_the_instant_and_told_once_each_in_order()
    {
        var due = newsroom.Clock.Now.AddHours(1);
        var ids = await PushAsync(due);
        var sample = ids.Where((_, i) => i % 10 == 3).ToList();

        newsroom.Clock.TurnTo(due.AddMilliseconds(-1));
        Assert.Equal((0, 0), (await CountListedAsync(), await CountFoundAsync(sample)));
        newsroom.Clock.TurnTo(due.AddMilliseconds(499));
        Assert.Equal((_stories / 2, sample.Count / 2), (await CountListedAsync(), await CountFoundAsync(sample)));
        newsroom.Clock.TurnTo(due.AddMilliseconds(999));
        Assert.Equal((_stories, sample.Count), (await CountListedAsync(), await CountFoundAsync(sample)));
        Assert.Empty(await ChangesAsync());

        var took = await AnnounceAsync();
        var changes = await ChangesAsync();
        output.WriteLine($"{_stories} stories announced in {took.TotalMilliseconds:0} ms");

        Assert.Equal(changes.OrderBy(change => change.At).ThenBy(change => change.ArticleId), changes);
        Assert.Equal(ids.Order(StringComparer.Ordinal), changes.Select(change => change.PublicId).Order(StringComparer.Ordinal));
        Assert.All(changes, change => Assert.Equal("published", change.Kind));
        Assert.InRange(took, TimeSpan.Zero, Longest);
        DatabaseInvariants.AssertHold(newsroom.DatabasePath);
    }

    private async Task<IReadOnlyList<string>> PushAsync(DateTimeOffset due)
    {
        using var client = Client();
        var ids = new string[_stories];
        await Parallel.ForAsync(0, _stories, new ParallelOptions { MaxDegreeOfParallelism = Pushers }, async (i, cancel) =>
        {
            var story = new { language = "en", status = "published", headline = $"Story {i}", publishedAt = due.AddMilliseconds(i % 1_000) };
            var response = await client.PutAsync($"/v1/manage/sources/wire/articles/due-{i}", Json.Body(story), cancel);
            ids[i] = (await response.JsonAsync()).Text("id");
        });

        return ids;
    }

    private async Task<int> CountListedAsync()
    {
        using var client = Client();
        var count = 0;
        for (var address = "/v1/articles?limit=100"; ;)
        {
            var page = await client.GetJsonAsync(address);
            count += page.Data().Count;
            if (!page.GetProperty("page").TryGetProperty("next", out var next))
                return count;

            address = $"/v1/articles?limit=100&cursor={next.GetString()}";
        }
    }

    private async Task<int> CountFoundAsync(IReadOnlyList<string> ids)
    {
        using var client = Client();
        var found = 0;
        await Parallel.ForEachAsync(ids, async (id, cancel) =>
        {
            if ((await client.GetAsync($"/v1/articles/{id}", cancel)).IsSuccessStatusCode)
                Interlocked.Increment(ref found);
        });

        return found;
    }

    private async Task<TimeSpan> AnnounceAsync()
    {
        using var worker = ActivatorUtilities.CreateInstance<TransitionWorker>(newsroom.Services);
        var watch = Stopwatch.StartNew();
        await worker.StartAsync(CancellationToken.None);
        while ((await ChangesAsync()).Count < _stories && watch.Elapsed < Longest * 4)
            await Task.Delay(20);

        watch.Stop();
        await worker.StopAsync(CancellationToken.None);
        return watch.Elapsed;
    }

    private async Task<IReadOnlyList<Change>> ChangesAsync()
    {
        using var session = await newsroom.Services.GetRequiredService<Database>().ReadAsync(CancellationToken.None);
        return await session.ListAsync<Change>("select article_id, public_id, kind, at from change order by seq");
    }

    // Without the check against the document, which takes longer than the server.
    private HttpClient Client()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = newsroom.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Newsroom.AdminKey);
        return client;
    }

    private sealed record Change
    {
        public long ArticleId { get; init; }

        public string PublicId { get; init; } = string.Empty;

        public string Kind { get; init; } = string.Empty;

        public long At { get; init; }
    }
}
