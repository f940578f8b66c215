namespace Galley.Benchmarks;

/// <summary>Whole requests for articles, lists, searches and feeds, in archives of several sizes, each against its partner, interleaved. CPU time of the server is the measure; rates are noise here.</summary>
internal static class ReadingBenchmarks
{
    public static async Task<int> RunAsync(Options options)
    {
        var hot = await MeasureAsync(options, cases => cases.Hot());
        var cold = await MeasureAsync(options, cases => cases.Cold(), "--Galley:CacheMegabytes=0");
        Report.Write(options, "Reading", [.. hot.Cases, .. cold.Cases], [.. hot.Memory.Select(line => $"Resident memory of the server at the end: {line}, hot"), .. cold.Memory.Select(line => $"Resident memory of the server at the end: {line}, cold")]);
        return 0;
    }

    private static async Task<(IReadOnlyList<Case> Cases, IReadOnlyList<string> Memory)> MeasureAsync(Options options, Func<ReadingCases, IEnumerable<Case>> choose, params string[] settings)
    {
        var opened = new List<IDisposable>();
        var archives = new List<Archive>();
        var cases = new List<Case>();
        try
        {
            foreach (var size in options.Sizes)
            {
                archives.Add(await Archive.OpenKeptAsync(options.Of(size), settings));
                cases.AddRange(choose(await ReadingCases.OfAsync(archives[^1], opened)).Where(each => each.Name.Contains(options.Only, StringComparison.Ordinal)));
            }

            foreach (var (probe, connections) in cases.SelectMany(each => new[] { (each.Probe, each.Connections), (each.Against, each.Connections) }).DistinctBy(each => each.Item1))
                await Load.SettleAsync(probe.Server, connections ?? options.Connections, probe.Request);

            for (var run = 0; run < options.Runs; run++)
            {
                // The sizes of a row beside each other: how it grows is what a run says too.
                foreach (var each in cases.GroupBy(each => each.Name).SelectMany(row => row))
                {
                    each.Runs.Add(await RunAsync(each.Probe));
                    each.Partners.Add(await RunAsync(each.Against));

                    Task<LoadResult> RunAsync(Probe probe) => Load.RunAsync(probe.Server, each.Connections ?? options.Connections, options.Seconds, probe.Status, probe.Request);
                }
            }

            return (cases, [.. archives.Select(archive => FormattableString.Invariant($"{archive.Ids.Count} articles: {archive.Server.Mebibytes:F0} MiB, at most {archive.Server.PeakMebibytes:F0}"))]);
        }
        finally
        {
            archives.ForEach(archive => archive.Dispose());
            opened.ForEach(each => each.Dispose());
        }
    }
}
