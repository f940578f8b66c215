using Galley.Delivery.Articles;
using Xunit.Abstractions;

namespace Galley.Tests.Embargo;

/// <summary>The detector is worth something: it notices every reading statement that forgets to hide what is not out yet.</summary>
public sealed class ForgottenConditionTests(ITestOutputHelper output)
{
    private const int MostWorlds = 40;
    private const int Scenes = 5;

    private readonly Dictionary<string, Difference?> _found = new(StringComparer.Ordinal);

    [Fact]
    public async Task Every_reading_statement_that_forgets_to_hide_is_noticed()
    {
        for (var seed = 1; seed <= MostWorlds && (seed <= 2 || Unnoticed.Any()); seed++)
        {
            await using var twins = await Twins.StartAsync(seed, isKeeping: false);
            var world = new World(seed, twins);
            await world.LiveAsync(Scenes, scene => BreakEachAsync(twins, world.Reader(scene)));
            output.WriteLine($"after world {seed}: {_found.Count} statements, {Unnoticed.Count()} unnoticed");
        }

        foreach (var (sql, difference) in _found)
            output.WriteLine($"{(difference is null ? "SURVIVES" : "noticed ")} {NameOf(sql)}\n           {difference?.Ask.Target}");

        Assert.Empty(Unnoticed.Select(NameOf));
        // An exemption that is none any more would hide the next statement that has its words.
        Assert.All(OfWhatWasFound, sql => Assert.Contains(sql, _found.Keys));
    }

    // What a walk has found under the condition is read by its position: there the condition stands for whoever changes the walk, and no request can tell.
    private static readonly string[] OfWhatWasFound = [DocumentPageReader.AtPosition, UpdatedReader.AtPosition, UpdatedReader.UpdatedWithin, ScopeWalk.UpdatedAtPosition];

    private IEnumerable<string> Unnoticed => _found.Where(pair => pair.Value is null && !OfWhatWasFound.Contains(pair.Key)).Select(pair => pair.Key);

    private async Task<Difference?> BreakEachAsync(Twins twins, Reader reader)
    {
        var asked = new Dictionary<string, List<Ask>>(StringComparer.Ordinal);
        twins.With.Database.TakeRan();
        Assert.Null(await reader.LookAsync((ask, _) => Note(asked, ask, twins.With.Database.TakeRan())));

        foreach (var (sql, asks) in asked.Where(pair => _found.GetValueOrDefault(pair.Key) is null))
        {
            (twins.Without.Database.Broken, twins.With.Database.Broken) = (sql, sql);
            _found[sql] = await FirstDifferenceAsync(twins, asks);
            (twins.Without.Database.Broken, twins.With.Database.Broken) = (null, null);
        }

        return null;
    }

    private static void Note(Dictionary<string, List<Ask>> asked, Ask ask, IReadOnlyList<string> statements)
    {
        foreach (var sql in statements)
        {
            if (!asked.TryGetValue(sql, out var asks))
                asked[sql] = asks = [];

            asks.Add(ask);
        }
    }

    private static async Task<Difference?> FirstDifferenceAsync(Twins twins, IEnumerable<Ask> asks)
    {
        foreach (var ask in asks)
        {
            if ((await twins.AskAsync(ask)).Difference is { } difference)
                return difference;
        }

        return null;
    }

    private static string NameOf(string sql)
    {
        var text = string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 300 ? text[..300] + "…" : text;
    }
}
