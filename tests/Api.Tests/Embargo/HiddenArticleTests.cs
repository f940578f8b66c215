using System.Globalization;
using Xunit.Abstractions;

namespace Galley.Tests.Embargo;

/// <summary>Two servers that differ in hidden articles only give the same answers, byte for byte, to whatever anybody may ask.</summary>
public sealed class HiddenArticleTests(ITestOutputHelper output)
{
    private const int Scenes = 7;
    private const int FewestPairs = 300;

    private static readonly string[] Ways =
    [
        "corrected", "deleted", "discarded", "draft", "draft of a live article", "embargoed", "expired when it came", "put off", "refused", "return of a withdrawn article, scheduled", "scheduled",
        "scheduled by a transition", "scheduled, then cancelled", "taken down", "update of a live article, scheduled",
    ];

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("GALLEY_LONG") == "1";

    // One seed alone, to see again what a report told of.
    private static readonly string? OnlySeed = Environment.GetEnvironmentVariable("GALLEY_SEED");

    [Fact]
    public async Task A_hidden_article_changes_no_byte_of_any_public_answer()
    {
        var tally = new Tally();
        var ways = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var seed in Seeds())
        {
            await using var twins = await Twins.StartAsync(seed);
            Assert.Empty(RequestBook.Unknown(twins.Without.Services));
            var world = new World(seed, twins);

            var difference = await world.LiveAsync(Scenes, scene => world.Reader(scene).LookAsync(tally.Count));

            Assert.True(difference is null, $"{difference}\nSeen in the world of seed {seed}, after:\n{string.Join('\n', twins.Log)}");
            foreach (var (way, count) in world.Ways)
                ways[way] = ways.GetValueOrDefault(way) + count;
        }

        output.WriteLine($"{tally}\n{string.Join('\n', ways)}");
        if (OnlySeed is null)
            AssertEnough(tally, ways);
    }

    // A detector that asks nothing, or only for what is not there, would find any server quiet.
    private static void AssertEnough(Tally tally, SortedDictionary<string, int> ways)
    {
        Assert.InRange(tally.FewestPairs, FewestPairs, int.MaxValue);
        Assert.InRange(tally.ShareWithContent, 0.6, 1);
        Assert.InRange(tally.ShareHidden, 0.5, 1);
        Assert.Equal(Ways, ways.Keys);
        Assert.All(ways.Values, count => Assert.InRange(count, 5, int.MaxValue));
    }

    private static IEnumerable<int> Seeds() => OnlySeed is null ? Enumerable.Range(1, IsLong ? 400 : 12) : [int.Parse(OnlySeed, CultureInfo.InvariantCulture)];
}
