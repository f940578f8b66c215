using System.Globalization;
using System.Text;

namespace Galley.Benchmarks;

/// <summary>Writes what was measured as a page: medians, with all runs below.</summary>
internal static class Report
{
    public static void Write(Options options, string title, IReadOnlyList<Case> cases, IReadOnlyList<string> notes)
    {
        var page = new StringBuilder();
        Line(page, $"# {title}: {string.Join(", ", options.Sizes)} articles, {options.Runs} interleaved runs of {options.Seconds} s, {options.Connections} connections");
        Line(page, $"");
        Line(page, $"CPU is the server's, in microseconds a request; % is the partner's CPU over ours (100 % = as cheap as the partner), the median of the runs' own ratios. Growth is the CPU over that of the smallest archive.");
        Line(page, $"");
        Line(page, $"| path | articles | CPU µs | partner CPU µs | % | growth | requests/s | p50 ms | p99 ms |");
        Line(page, $"| --- | --- | --- | --- | --- | --- | --- | --- | --- |");

        foreach (var row in cases.GroupBy(each => each.Name))
        {
            var smallest = Median(row.First().Runs, run => run.CpuMicroseconds);
            foreach (var each in row)
            {
                var cpu = Median(each.Runs, run => run.CpuMicroseconds);
                var ratio = Median(each.Runs.Zip(each.Partners), pair => 100 * pair.Second.CpuMicroseconds / pair.First.CpuMicroseconds);
                Line(page, $"| {each.Name} | {each.Articles} | {cpu:F1} | {Median(each.Partners, run => run.CpuMicroseconds):F1} ({each.Partner}) | {ratio:F0} | {cpu / smallest:F2} | {Median(each.Runs, run => run.PerSecond):F0} | {Median(each.Runs, run => run.MedianMilliseconds):F2} | {Median(each.Runs, run => run.P99Milliseconds):F2} |");
            }
        }

        Line(page, $"");
        foreach (var line in notes)
            Line(page, $"- {line}");

        Line(page, $"");
        Line(page, $"All runs, CPU µs a request (partner in brackets):");
        foreach (var each in cases)
            Line(page, $"- {each.Name}, {each.Articles}: {string.Join(' ', each.Runs.Zip(each.Partners).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First.CpuMicroseconds:F1} ({pair.Second.CpuMicroseconds:F1})")))}");

        Console.Write(page);
        if (options.Results is { } path)
            File.WriteAllText(path, page.ToString());
    }

    private static void Line(StringBuilder page, FormattableString line) => page.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static double Median<T>(IEnumerable<T> runs, Func<T, double> value)
    {
        var sorted = runs.Select(value).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
