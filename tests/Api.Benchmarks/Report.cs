using System.Globalization;
using System.Text;

namespace Galley.Benchmarks;

/// <summary>Writes what was measured as a page: medians, with all runs below.</summary>
internal static class Report
{
    public static void Write(
        Options options,
        IReadOnlyList<(string Name, string Partner, IReadOnlyList<LoadResult> Runs, IReadOnlyList<LoadResult> Partners)> table,
        IReadOnlyList<RawResult> raw,
        double peakMebibytes)
    {
        var page = new StringBuilder();
        Line(page, $"# Paths, {options.Articles} articles, {options.Runs} interleaved runs of {options.Seconds} s, {options.Connections} connections");
        Line(page, $"");
        Line(page, $"CPU is the server's, in microseconds a request; % is the partner's CPU over ours (100 % = as cheap as the partner). Medians.");
        Line(page, $"");
        Line(page, $"| path | CPU µs | partner CPU µs | % | requests/s | p50 ms | p99 ms |");
        Line(page, $"| --- | --- | --- | --- | --- | --- | --- |");

        var rawCpu = Median(raw.Select(run => run.CpuMicroseconds));
        var rawRate = Median(raw.Select(run => run.PerSecond));
        foreach (var (name, partner, runs, partners) in table)
        {
            var cpu = Median(runs.Select(run => run.CpuMicroseconds));
            var against = partners.Count > 0 ? Median(partners.Select(run => run.CpuMicroseconds)) : rawCpu;
            Line(page, $"| {name} | {cpu:F1} | {against:F1} ({partner}) | {100 * against / cpu:F0} | {Median(runs.Select(run => run.PerSecond)):F0} | {Median(runs.Select(run => run.MedianMilliseconds)):F2} | {Median(runs.Select(run => run.P99Milliseconds)):F2} |");
        }

        Line(page, $"");
        Line(page, $"Raw database, the same {raw[0].StatementsPerPush:F0} statements a push, prepared, a transaction each: {rawCpu:F0} µs CPU, {rawRate:F0} pushes/s. Peak memory of the server: {peakMebibytes:F0} MiB.");
        Line(page, $"");
        Line(page, $"All runs, CPU µs a request (partner in brackets):");
        foreach (var (name, _, runs, partners) in table)
            Line(page, $"- {name}: {string.Join(' ', runs.Select((run, i) => string.Create(CultureInfo.InvariantCulture, $"{run.CpuMicroseconds:F1}{(partners.Count > i ? $" ({partners[i].CpuMicroseconds:F1})" : string.Empty)}")))}");
        Line(page, $"- raw database: {string.Join(' ', raw.Select(run => run.CpuMicroseconds.ToString("F0", CultureInfo.InvariantCulture)))}");

        Console.Write(page);
        if (options.Results is { } path)
            File.WriteAllText(path, page.ToString());
    }

    private static void Line(StringBuilder page, FormattableString line) => page.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
