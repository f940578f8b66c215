using System.Diagnostics;
using System.Globalization;
using Galley.Tests.Durability;
using Xunit.Abstractions;

namespace Galley.Tests.History;

/// <summary>Random histories of a newsroom come to what the contract says, for editors, readers and whoever follows the changes. `GALLEY_SEED` repeats one.</summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    // Each batch has a server of its own: a start costs as much as a hundred histories.
    private const int Batch = 1_000;

    // A long run says how far it came.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    [Fact]
    public async Task Every_history_comes_to_what_the_contract_says()
    {
        if (Environment.GetEnvironmentVariable("GALLEY_SEED") is { Length: > 0 } seed)
        {
            await RunAsync(int.Parse(seed, CultureInfo.InvariantCulture), 1);
            return;
        }

        var watch = Stopwatch.StartNew();
        var count = Duration.Of(inEveryRun: 10_000, whenLong: 100_000);
        var done = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, (count + Batch - 1) / Batch), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (batch, _) =>
        {
            if (watch.Elapsed > Longest)
                return;

            await RunAsync(batch * Batch, Batch);
            output.WriteLine($"{Interlocked.Add(ref done, Batch)} histories of {count} in {watch.Elapsed.TotalSeconds:0} s");
        });
        output.WriteLine($"{done} histories of {count} in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    public static TheoryData<string> Rare => [.. RareHistories.All.Keys];

    [Theory]
    [MemberData(nameof(Rare))]
    public async Task A_rare_history_comes_to_it_too(string name)
    {
        await using var bench = await Bench.OpenAsync();
        Assert.Null(await Play.RunAsync(bench, 0, RareHistories.All[name]));
    }

    private static async Task RunAsync(int first, int count)
    {
        await using var bench = await Bench.OpenAsync();
        for (var seed = first; seed < first + count; seed++)
        {
            var history = RandomHistory.Of(seed);
            if (await Play.RunAsync(bench, seed, history) is { } fault)
                await FailAsync(seed, history, fault);
        }
    }

    private static async Task FailAsync(int seed, RandomHistory history, string fault)
    {
        if (await Shrinking.TryAsync(history) is not { } alone)
        {
            Assert.Fail($"GALLEY_SEED={seed}, only behind others on one server: {fault}\n{history}");
            return;
        }

        var (shortest, last) = await Shrinking.ShrinkAsync(history, alone);
        Assert.Fail($"GALLEY_SEED={seed}: {last}\n{shortest}");
    }
}
