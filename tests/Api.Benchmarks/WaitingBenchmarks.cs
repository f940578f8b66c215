using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Galley.Benchmarks;

/// <summary>Many who wait for changes, in requests and along streams: what a write costs that wakes them all, and whether it waits for them.</summary>
internal static class WaitingBenchmarks
{
    private const int Waiters = 1_000;
    private const int Streams = 50;
    private const int Rounds = 40;

    public static async Task<int> RunAsync(Options options)
    {
        using var archive = await Archive.OpenAsync(options);
        var number = options.Articles;
        var alone = await MeasureAsync(archive.Server, () => archive.PushAsync(number++), () => Task.CompletedTask);

        using var stop = new CancellationTokenSource();
        var crowd = new Crowd(archive.Client, await TokenAsync(archive.Client));
        var waiting = crowd.WaitAsync(Waiters, Streams, stop.Token);
        await crowd.SettledAsync();
        var crowded = await MeasureAsync(archive.Server, () => archive.PushAsync(number++), crowd.AnsweredAsync);
        await stop.CancelAsync();
        await waiting;

        Console.WriteLine($"# {Waiters} requests and {Streams} streams that wait, {Rounds} pushes one after the other");
        Console.WriteLine(Line("alone", alone));
        Console.WriteLine(Line("with all of them", crowded));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Peak memory of the server: {archive.Server.PeakMebibytes:F0} MiB"));
        return 0;
    }

    private static async Task<string> TokenAsync(HttpClient client)
    {
        for (var token = string.Empty; ;)
        {
            var page = await client.GetStringAsync($"/v1/changes?limit=1000{token}");
            token = $"&since={Crowd.NextOf(page)}";
            if (page.EndsWith("\"upToDate\":true}", StringComparison.Ordinal))
                return Crowd.NextOf(page);
        }
    }

    private static async Task<IReadOnlyList<Round>> MeasureAsync(ServerProcess galley, Func<Task> push, Func<Task> answered)
    {
        var rounds = new List<Round>();
        for (var i = 0; i < Rounds; i++)
        {
            var (cpu, watch) = (galley.CpuTime, Stopwatch.StartNew());
            await push();
            var pushed = watch.Elapsed;
            await answered();
            var all = watch.Elapsed;
            await Task.Delay(50);
            rounds.Add(new Round(pushed, all, galley.CpuTime - cpu));
        }

        return rounds;
    }

    private static string Line(string name, IReadOnlyList<Round> rounds) => string.Create(
        CultureInfo.InvariantCulture,
        $"- {name}: push p50 {At(rounds, 0.5, round => round.Push):F1} ms, p99 {At(rounds, 0.99, round => round.Push):F1} ms; last answer p50 {At(rounds, 0.5, round => round.Last):F1} ms, p99 {At(rounds, 0.99, round => round.Last):F1} ms; CPU a push {At(rounds, 0.5, round => round.Cpu):F1} ms");

    private static double At(IReadOnlyList<Round> rounds, double fraction, Func<Round, TimeSpan> part) => rounds.Select(part).Order().ElementAt((int)Math.Ceiling((rounds.Count - 1) * fraction)).TotalMilliseconds;

    private sealed record Round(TimeSpan Push, TimeSpan Last, TimeSpan Cpu);

    /// <summary>Those who wait. Each asks again from where it was told to.</summary>
    private sealed class Crowd(HttpClient client, string token)
    {
        private int _told;

        public Task WaitAsync(int waiters, int streams, CancellationToken stop) =>
            Task.WhenAll(Enumerable.Range(0, waiters).Select(_ => RequestAsync(stop)).Concat(Enumerable.Range(0, streams).Select(_ => StreamAsync(stop))));

        public Task SettledAsync() => Task.Delay(TimeSpan.FromSeconds(5));

        /// <summary>Until everybody has been told once more.</summary>
        public async Task AnsweredAsync()
        {
            while (Volatile.Read(ref _told) < Waiters + Streams)
                await Task.Delay(1);
            Interlocked.Exchange(ref _told, 0);
        }

        public static string NextOf(string page) => page.Split("\"next\":\"")[^1].Split('"')[0];

        private async Task RequestAsync(CancellationToken stop)
        {
            try
            {
                for (var since = token; ;)
                {
                    var page = await client.GetStringAsync($"/v1/changes?wait=60&since={since}", stop);
                    since = NextOf(page);
                    if (page.Contains("\"op\":", StringComparison.Ordinal))
                        Interlocked.Increment(ref _told);
                }
            }
            catch (OperationCanceledException)
            {
                // It is over.
            }
        }

        private async Task StreamAsync(CancellationToken stop)
        {
            try
            {
                using var events = new StreamReader(await client.GetStreamAsync($"/v1/changes/stream?since={token}", stop), Encoding.UTF8);
                while (await events.ReadLineAsync(stop) is { } line)
                {
                    if (line.StartsWith("event: upsert", StringComparison.Ordinal))
                        Interlocked.Increment(ref _told);
                }
            }
            catch (OperationCanceledException)
            {
                // It is over.
            }
        }
    }
}
