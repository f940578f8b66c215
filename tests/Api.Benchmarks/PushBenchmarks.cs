using System.Text;

namespace Galley.Benchmarks;

/// <summary>Whole pushes against the same statements in process. CPU time of the server is the measure; rates are noise here.</summary>
internal static class PushBenchmarks
{
    public static async Task<int> RunAsync(Options options)
    {
        using var archive = await Archive.OpenAsync(options);
        var raw = await RawWrites.MeasureAsync(Path.GetDirectoryName(archive.File)!, archive.Corpus, options);
        var pushed = options.Articles;
        var probe = new Probe(archive.Server, (_, _) => Push(archive.Corpus, Interlocked.Increment(ref pushed)), 201);

        Case[] cases = [new("one push, 1 client", options.Articles, probe, "raw database", probe, 1), new("one push, 64 clients", options.Articles, probe, "raw database", probe, 64)];
        for (var run = 0; run < options.Runs; run++)
        {
            foreach (var each in cases)
            {
                each.Runs.Add(await Load.RunAsync(probe.Server, each.Connections!.Value, options.Seconds, probe.Status, probe.Request));
                each.Partners.Add(raw[run]);
            }
        }

        Report.Write(options, "Pushing", cases, [FormattableString.Invariant($"{options.Articles} articles: at most {archive.Server.PeakMebibytes:F0} MiB")]);
        return 0;
    }

    private static byte[] Push(Corpus corpus, int number)
    {
        var story = corpus.Story(number);
        var head = $"PUT /v1/manage/sources/bench/articles/story-{number}?createMissing=sections,tags HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Archive.Key}\r\nContent-Type: application/json\r\nContent-Length: {story.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. story];
    }
}
