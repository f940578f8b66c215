using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Galley.Benchmarks;

/// <summary>From the start of the process to its first answer, against an empty minimal API; and how much memory it takes then, before anybody else asks.</summary>
internal static class StartBenchmarks
{
    public static async Task<int> RunAsync(Options options)
    {
        var page = new StringBuilder();
        Line(page, $"# Start: {string.Join(", ", options.Sizes)} articles, {options.Runs} interleaved runs");
        Line(page, $"");
        Line(page, $"Milliseconds from the start of the process to its first 200, medians{(options.Published is null ? string.Empty : ", the server as it was published")}; an empty minimal API in the same run; resident memory after it.");
        Line(page, $"");
        Line(page, $"| articles | ms | empty ms | ratio | MiB | empty MiB | all runs, ms (empty) |");
        Line(page, $"| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var size in options.Sizes)
        {
            await Archive.FillAsync(options.Of(size));
            var (galley, empty) = (new List<Started>(), new List<Started>());
            for (var run = 0; run < options.Runs; run++)
            {
                galley.Add(await MeasureAsync("/v1/articles?limit=1", () => StartGalleyAsync(options, ["--urls=http://127.0.0.1:0", .. Archive.SettingsOf(options.Of(size))])));
                empty.Add(await MeasureAsync("/", () => ServerProcess.StartAsync("serve-empty")));
            }

            var all = string.Join(' ', galley.Zip(empty).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First.Milliseconds:F0} ({pair.Second.Milliseconds:F0})")));
            Line(page, $"| {size} | {Median(galley, each => each.Milliseconds):F0} | {Median(empty, each => each.Milliseconds):F0} | {Median(galley, each => each.Milliseconds) / Median(empty, each => each.Milliseconds):F2} | {Median(galley, each => each.Mebibytes):F0} | {Median(empty, each => each.Mebibytes):F0} | {all} |");
        }

        Console.Write(page);
        if (options.Results is { } path)
            await File.WriteAllTextAsync(path, page.ToString());
        return 0;
    }

    private static Task<ServerProcess> StartGalleyAsync(Options options, string[] settings) =>
        options.Published is { } directory ? ServerProcess.StartPublishedAsync(directory, settings) : ServerProcess.StartAsync(["serve-galley", .. settings]);

    private static async Task<Started> MeasureAsync(string target, Func<Task<ServerProcess>> start)
    {
        var watch = Stopwatch.StartNew();
        using var server = await start();
        using var client = new HttpClient { BaseAddress = server.Address };
        using var answer = await client.GetAsync(target);
        answer.EnsureSuccessStatusCode();
        return new Started(watch.Elapsed.TotalMilliseconds, server.Mebibytes);
    }

    private static void Line(StringBuilder page, FormattableString line) => page.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static double Median(IEnumerable<Started> runs, Func<Started, double> value)
    {
        var sorted = runs.Select(value).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private sealed record Started(double Milliseconds, double Mebibytes);
}
