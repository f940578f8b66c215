using System.Globalization;
using Galley.Tests.Durability;

namespace Galley.Tests.Operation.Following;

/// <summary>Newsrooms that go on writing, whether or not the server is there just now: whatever can happen to a story happens to some.</summary>
internal sealed class Traffic(Func<ServerProcess> server)
{
    private const int Writers = 8;
    private const int Stories = 40;
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1.5);

    private int _published;
    private volatile bool _hasFailed;
    private long _due;

    /// <summary>How many changes of a story were acknowledged that readers see at once.</summary>
    public int Published => _published;

    /// <summary>Writes until so many stories were published or published anew; what is scheduled has happened by then.</summary>
    public async Task WriteAsync(int changes)
    {
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var (random, n) = (new Random(writer), 0); _published < changes && !_hasFailed; n++)
                await WriteOneAsync(random, $"{writer}-{random.Next(Stories)}", $"Headline {writer} {n}");
        }).Select(StopAtFailureAsync));

        var left = new DateTimeOffset(Interlocked.Read(ref _due), TimeSpan.Zero) - DateTimeOffset.UtcNow;
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    // What one of them met is the outcome: the others do not go on for ever.
    private async Task StopAtFailureAsync(Task writer)
    {
        try
        {
            await writer;
        }
        catch
        {
            _hasFailed = true;
            throw;
        }
    }

    private async Task WriteOneAsync(Random random, string story, string headline)
    {
        var article = Article(random, headline);
        switch (random.Next(20))
        {
            case < 13:
                var answer = await PushAsync(story, article);
                Assert.True(answer.IsSuccess, $"The push answered {answer.Status}: {answer.Body}");
                Interlocked.Increment(ref _published);
                break;
            case < 15:
                await SendAsync(HttpMethod.Post, "/v1/manage/sources/wire/unpublish", new { externalId = story });
                break;
            case 15:
                await SendAsync(HttpMethod.Delete, $"/v1/manage/sources/wire/articles/{story}", null);
                break;
            case 16:
                article["expiresAt"] = Soon(random);
                await PushAsync(story, article);
                break;
            case 17:
                article["publishedAt"] = Soon(random);
                await PushAsync($"{story}-{random.Next(5)}", article);
                break;
            case 18:
                await SendAsync(HttpMethod.Post, "/v1/manage/sources/wire/publish", new { externalId = story, at = Soon(random) });
                break;
            default:
                await SendAsync(HttpMethod.Put, $"/v1/manage/sections/section-{random.Next(12)}", new { names = new { en = headline } });
                break;
        }
    }

    private static Dictionary<string, object> Article(Random random, string headline) => new()
    {
        ["language"] = random.Next(4) == 0 ? "fr" : "en",
        ["status"] = "published",
        ["headline"] = headline,
        ["section"] = $"section-{random.Next(12)}",
        ["tags"] = new[] { $"keyword:tag-{random.Next(30)}" },
        ["body"] = new { text = string.Concat(Enumerable.Repeat($"{headline}. ", random.Next(1, 60))) },
    };

    private string Soon(Random random)
    {
        var due = DateTimeOffset.UtcNow.Add(Ahead * random.NextDouble());
        for (var last = Interlocked.Read(ref _due); due.Ticks > last; last = Interlocked.Read(ref _due))
            Interlocked.CompareExchange(ref _due, due.Ticks, last);
        return due.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    // One that is sent again later may be refused: what it schedules has passed.
    private Task<Durability.Traffic.Answer> PushAsync(string story, object article) => SendAsync(HttpMethod.Put, $"/v1/manage/sources/wire/articles/{story}?createMissing=sections,tags", article);

    // Until there is an answer: a server that was killed is there again soon.
    private async Task<Durability.Traffic.Answer> SendAsync(HttpMethod method, string target, object? body)
    {
        while (true)
        {
            try
            {
                if (await server().SendAsync(method, target, body) is { Status: < 500 } answer)
                    return answer;
            }
            catch (Exception exception) when (exception is HttpRequestException or ObjectDisposedException or OperationCanceledException or IOException)
            {
                // It is sent again.
            }

            await Task.Delay(20);
        }
    }
}
