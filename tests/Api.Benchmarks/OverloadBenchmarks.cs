using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Galley.Benchmarks;

/// <summary>More than the server can answer: how much of it is answered all the same, how soon the rest is turned away, whether health answers, and whether slow clients cost others anything.</summary>
internal static class OverloadBenchmarks
{
    private const int Saturating = 8;
    private const int TenTimes = 10 * Saturating;
    private const int HundredTimes = 100 * Saturating;
    private const int Dripping = 5_000;

    public static async Task<int> RunAsync(Options options)
    {
        using var archive = await Archive.OpenAsync(options);
        var address = archive.Server.Address;
        Console.WriteLine($"# Overload, {options.Articles} articles, {options.Seconds} s each: whole articles in three forms, 100 a page, no two requests alike");
        foreach (var clients in new[] { Saturating, TenTimes, HundredTimes, Saturating })
            Console.WriteLine(Line(clients, await Crowd.RunAsync(address, clients, options.Seconds)));

        Console.WriteLine($"# {Dripping} sockets that send a letter of their request each second, beside {Saturating} clients that ask for one article");
        var alone = await OneArticleAsync(archive, options);
        using var stop = new CancellationTokenSource();
        var drips = await DripAsync(address, stop.Token);
        var beside = await OneArticleAsync(archive, options);
        await stop.CancelAsync();
        await drips;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"- alone p50 {alone.MedianMilliseconds:F2} ms, p99 {alone.P99Milliseconds:F2} ms, {alone.PerSecond:F0}/s; beside them p50 {beside.MedianMilliseconds:F2} ms, p99 {beside.P99Milliseconds:F2} ms, {beside.PerSecond:F0}/s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Peak memory of the server: {archive.Server.PeakMebibytes:F0} MiB"));
        return 0;
    }

    private static Task<LoadResult> OneArticleAsync(Archive archive, Options options) =>
        Load.RunAsync(archive.Server, Saturating, options.Seconds, 200, (_, _) => Encoding.ASCII.GetBytes($"GET /v1/articles/{archive.Ids[0]} HTTP/1.1\r\nHost: l\r\n\r\n"));

    private static string Line(int clients, CrowdResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"- {clients} clients: {result.Answered.Count / result.Seconds:F0} answers/s, p50 {At(result.Answered, 0.5):F0} ms, p99 {At(result.Answered, 0.99):F0} ms; {result.Refused.Count / result.Seconds:F0} turned away/s, p50 {At(result.Refused, 0.5):F1} ms, p99 {At(result.Refused, 0.99):F1} ms; health p99 {At(result.Health, 0.99):F1} ms; other answers {result.Others}");

    private static double At(IReadOnlyCollection<TimeSpan> times, double fraction) => times.Count == 0 ? 0 : times.Order().ElementAt((int)((times.Count - 1) * fraction)).TotalMilliseconds;

    private static async Task<Task> DripAsync(Uri address, CancellationToken stop)
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < Dripping; i++)
            sockets.Add(await ConnectAsync(address));

        return Task.Run(
            async () =>
            {
                for (var letter = 0; !stop.IsCancellationRequested; letter++)
                {
                    for (var i = 0; i < sockets.Count; i++)
                        sockets[i] = await SendAsync(sockets[i], letter) ? sockets[i] : await ReplaceAsync(sockets[i], address);
                    await Task.Delay(1_000, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                sockets.ForEach(socket => socket.Dispose());
            },
            CancellationToken.None);
    }

    private static async Task<bool> SendAsync(Socket socket, int letter)
    {
        try
        {
            await socket.SendAsync(new[] { "GET /v1/articles?"u8.ToArray().ElementAtOrDefault(letter) is var byteOf and not 0 ? byteOf : (byte)'x' });
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<Socket> ReplaceAsync(Socket closed, Uri address)
    {
        closed.Dispose();
        return await ConnectAsync(address);
    }

    private static async Task<Socket> ConnectAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        return socket;
    }

    private sealed record CrowdResult(double Seconds, ConcurrentBag<TimeSpan> Answered, ConcurrentBag<TimeSpan> Refused, ConcurrentBag<TimeSpan> Health)
    {
        public int Others { get; set; }
    }

    /// <summary>Clients that ask again as soon as they are answered, and after a moment when they were turned away: sooner than they are told to.</summary>
    private static class Crowd
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

        public static async Task<CrowdResult> RunAsync(Uri address, int clients, double seconds)
        {
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = clients + 1 }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
            var result = new CrowdResult(seconds, [], [], []);
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => AskAsync(client, result, watch)).Append(ProbeAsync(client, result, watch)));
            return result;
        }

        private static async Task AskAsync(HttpClient client, CrowdResult result, Stopwatch watch)
        {
            while (watch.Elapsed.TotalSeconds < result.Seconds)
            {
                var begin = Stopwatch.GetTimestamp();
                // No two alike: nothing of it is kept.
                using var answer = await client.GetAsync($"/v1/articles?fields=whole&format=html,text,markdown&limit=100&publishedBefore=2030-01-01T00:00:00.{Stopwatch.GetTimestamp() % 1_000_000_000:D9}Z");
                await answer.Content.ReadAsByteArrayAsync();
                var took = Stopwatch.GetElapsedTime(begin);
                switch (answer.StatusCode)
                {
                    case HttpStatusCode.OK:
                        result.Answered.Add(took);
                        break;
                    case HttpStatusCode.ServiceUnavailable when answer.Headers.RetryAfter is not null:
                        result.Refused.Add(took);
                        await Task.Delay(Patience);
                        break;
                    default:
                        result.Others++;
                        break;
                }
            }
        }

        private static async Task ProbeAsync(HttpClient client, CrowdResult result, Stopwatch watch)
        {
            while (watch.Elapsed.TotalSeconds < result.Seconds)
            {
                var begin = Stopwatch.GetTimestamp();
                (await client.GetAsync("/health/ready")).EnsureSuccessStatusCode().Dispose();
                result.Health.Add(Stopwatch.GetElapsedTime(begin));
                await Task.Delay(20);
            }
        }
    }
}
