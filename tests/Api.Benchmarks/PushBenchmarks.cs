using System.Diagnostics;
using System.Text;

namespace Galley.Benchmarks;

/// <summary>Whole pushes against the same statements in process, many of them against one at a time, and reading beside them against reading alone.</summary>
internal static class PushBenchmarks
{
    /// <summary>How many stories are in a bulk request.</summary>
    public const int Portion = 256;

    private const int Many = 64;
    private const int Readers = 4;
    private const int Pushes = 1_000;
    private const int Stories = 5_120;
    private const double SettlingSeconds = 5;

    // Some 1,000 readings a second: the core has room for them, and the bulk request takes the rest.
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromMilliseconds(3);

    public static async Task<int> RunAsync(Options options)
    {
        using var archive = await Archive.OpenAsync(options);
        var pushed = options.Articles - 1;
        var push = new Probe(archive.Server, (_, _) => Push(archive.Corpus, Interlocked.Increment(ref pushed)), 201);
        var read = new Probe(archive.Server, (connection, n) => Read(archive.Ids, (connection * 7919) + (n * 104729)));

        Case one = new("one push, 1 client", options.Articles, push, "same statements, a transaction each", push, 1);
        Case many = new($"one push, {Many} clients", options.Articles, push, "1 client", push, Many);
        Case bulk = new("bulk NDJSON", options.Articles, push, "same statements, same transactions", push);
        Case beside = new("reading beside bulk NDJSON", options.Articles, read, "reading alone", read);
        await Load.SettleAsync(archive.Server, 1, push.Request);
        await Load.SettleAsync(async () => (await BulkAsync(archive, Next, SettlingSeconds)).CpuMicroseconds);
        for (var run = 0; run < options.Runs; run++)
        {
            one.Partners.Add(await RawWrites.MeasureAsync(archive.File, archive.Corpus, pushed + 1, Pushes, Pushing.OneByOne));
            one.Runs.Add(await RunAsync(push, 1));
            many.Runs.Add(await RunAsync(push, Many));
            many.Partners.Add(one.Runs[run]);
            beside.Partners.Add(await ReadAsync());
            var (bulkRun, reading) = (BulkAsync(archive, Next, options.Seconds), ReadAsync());
            beside.Runs.Add(await reading);
            await bulkRun;
            // The same stories into the same file: what the index merges depends on how many came before.
            bulk.Partners.Add(await RawWrites.MeasureAsync(archive.File, archive.Corpus, pushed + 1, Stories, Pushing.InBulk));
            bulk.Runs.Add(await BulkAsync(archive, Next, Stories));
        }

        Report.Write(
            options,
            "Pushing",
            [one, many, bulk, beside],
            [
                FormattableString.Invariant($"{Many} clients push {Median(many, (run, partner) => run.PerSecond / partner.PerSecond):F2} times as much as one."),
                FormattableString.Invariant($"Reading beside bulk NDJSON has {Median(beside, (run, partner) => run.P99Milliseconds / partner.P99Milliseconds):F2} times the p99 of reading alone."),
                FormattableString.Invariant($"Resident memory of the server: at most {archive.Server.PeakMebibytes:F0} MiB."),
            ]);
        return 0;

        int Next() => Interlocked.Add(ref pushed, Portion) - Portion + 1;

        Task<LoadResult> RunAsync(Probe probe, int connections) => Load.RunAsync(probe.Server, connections, options.Seconds, probe.Status, probe.Request);

        Task<LoadResult> ReadAsync() => Load.RunAsync(read.Server, Readers, options.Seconds, read.Status, read.Request, BetweenReadings);
    }

    private static double Median(Case row, Func<LoadResult, LoadResult, double> ratio) => row.Runs.Zip(row.Partners, ratio).Order().ElementAt(row.Runs.Count / 2);

    private static Task<LoadResult> BulkAsync(Archive archive, Func<int> next, double seconds) => BulkAsync(archive, next, (wall, _) => wall.TotalSeconds < seconds);

    private static Task<LoadResult> BulkAsync(Archive archive, Func<int> next, int stories) => BulkAsync(archive, next, (_, sent) => sent < stories);

    // What is sent is made before the clock runs, a portion a request.
    private static async Task<LoadResult> BulkAsync(Archive archive, Func<int> next, Func<TimeSpan, int, bool> goesOn)
    {
        var (wall, cpu, stories) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        while (goesOn(wall, stories))
        {
            var first = next();
            var lines = archive.Corpus.Lines(first, first + Portion);
            var (watch, before) = (Stopwatch.StartNew(), archive.Server.CpuTime);
            await Archive.PushAsync(archive.Client, lines);
            (wall, cpu, stories) = (wall + watch.Elapsed, cpu + archive.Server.CpuTime - before, stories + Portion);
        }

        return new LoadResult(stories, wall, cpu, 0, 0);
    }

    private static byte[] Push(Corpus corpus, int number)
    {
        var story = corpus.Story(number);
        var head = $"PUT /v1/manage/sources/bench/articles/story-{number}?createMissing=sections,tags HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Archive.Key}\r\nContent-Type: application/json\r\nContent-Length: {story.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. story];
    }

    private static byte[] Read(IReadOnlyList<string> ids, int number) => Encoding.ASCII.GetBytes($"GET /v1/articles/{ids[number % ids.Count]} HTTP/1.1\r\nHost: localhost\r\n\r\n");
}
