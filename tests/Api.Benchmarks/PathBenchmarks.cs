using System.Globalization;
using System.Text;

namespace Galley.Benchmarks;

/// <summary>Whole requests against the bare server and the raw database, interleaved, medians of several runs. CPU time of the server is the measure; rates are noise here.</summary>
internal static class PathBenchmarks
{
    public static async Task<int> RunAsync(Options options)
    {
        using var archive = await Archive.OpenAsync(options);
        var table = await MeasureAsync(archive, await ReadAddressesAsync(archive), options);
        var raw = await RawWrites.MeasureAsync(Path.GetDirectoryName(archive.File)!, archive.Corpus, options);
        Report.Write(options, table, raw, archive.Server.PeakMebibytes);
        return 0;
    }

    private static async Task<Addresses> ReadAddressesAsync(Archive archive)
    {
        using var hot = await archive.Client.GetAsync($"/v1/articles/{archive.Ids[0]}");
        using var list = await archive.Client.GetAsync("/v1/articles");
        return new Addresses(archive.Ids, hot.Headers.ETag!.Tag, (int)hot.Content.Headers.ContentLength!, (int)list.Content.Headers.ContentLength!);
    }

    private static async Task<List<(string Name, string Partner, IReadOnlyList<LoadResult> Runs, IReadOnlyList<LoadResult> Partners)>> MeasureAsync(
        Archive archive, Addresses addresses, Options options)
    {
        var (galley, corpus) = (archive.Server, archive.Corpus);
        using var bareArticle = await ServerProcess.StartAsync("serve-bare", addresses.ArticleBytes.ToString(CultureInfo.InvariantCulture));
        using var bareList = await ServerProcess.StartAsync("serve-bare", addresses.ListBytes.ToString(CultureInfo.InvariantCulture));
        var pushed = options.Articles;

        Case[] cases =
        [
            new("hot article", galley, 200, options.Connections, (_, _) => Get($"/v1/articles/{addresses.Ids[0]}"), bareArticle),
            new("cold article", galley, 200, options.Connections, (i, n) => Get($"/v1/articles/{addresses.Ids[((i * 7919) + (n * 104729)) % addresses.Ids.Count]}", Unkept), bareArticle),
            new("304", galley, 304, options.Connections, (_, _) => Get($"/v1/articles/{addresses.Ids[0]}", $"If-None-Match: {addresses.HotTag}\r\n"), bareArticle),
            new("first list page, not kept", galley, 200, options.Connections, (_, _) => Get("/v1/articles", Unkept), bareList),
            new("first list page", galley, 200, options.Connections, (_, _) => Get("/v1/articles"), bareList),
            new("first page of a section", galley, 200, options.Connections, (_, _) => Get("/v1/articles?section=top-1"), bareList),
            new("section and language", galley, 200, options.Connections, (_, _) => Get("/v1/articles?section=top-1&language=fr"), bareList),
            new("section and tag", galley, 200, options.Connections, (_, _) => Get("/v1/articles?section=top-1&tags=keyword:tag-0"), bareList),
            new("one push, 1 client", galley, 201, 1, (_, _) => Push(corpus, Interlocked.Increment(ref pushed)), null),
            new("one push, 64 clients", galley, 201, 64, (_, _) => Push(corpus, Interlocked.Increment(ref pushed)), null),
        ];

        var results = cases.ToDictionary(each => each.Name, _ => (Runs: new List<LoadResult>(), Partners: new List<LoadResult>()));
        for (var run = 0; run < options.Runs; run++)
        {
            foreach (var each in cases)
            {
                results[each.Name].Runs.Add(await Load.RunAsync(each.Server, each.Connections, options.Seconds, each.Status, each.Request));
                if (each.Bare is not null)
                    results[each.Name].Partners.Add(await Load.RunAsync(each.Bare, options.Connections, options.Seconds, 200, (_, _) => Get("/")));
            }
        }

        return [.. cases.Select(each => (each.Name, each.Bare is null ? "raw database" : "bare server", (IReadOnlyList<LoadResult>)results[each.Name].Runs, (IReadOnlyList<LoadResult>)results[each.Name].Partners))];
    }

    // Who weighs what he accepts is understood behind the place where answers are kept.
    private const string Unkept = "Accept: application/json;q=0.9\r\n";

    private static byte[] Get(string target, string headers = "") => Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    private static byte[] Push(Corpus corpus, int number)
    {
        var story = corpus.Story(number);
        var head = $"PUT /v1/manage/sources/bench/articles/story-{number}?createMissing=sections,tags HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Archive.Key}\r\nContent-Type: application/json\r\nContent-Length: {story.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. story];
    }

    private sealed record Addresses(IReadOnlyList<string> Ids, string HotTag, int ArticleBytes, int ListBytes);

    private sealed record Case(string Name, ServerProcess Server, int Status, int Connections, Func<int, int, byte[]> Request, ServerProcess? Bare);
}
