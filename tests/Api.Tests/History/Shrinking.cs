using System.Diagnostics;

namespace Galley.Tests.History;

/// <summary>Makes a failing history short: as long as it fails on a server of its own, commands, followers and details are left out.</summary>
internal static class Shrinking
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    public static async Task<(RandomHistory History, string Fault)> ShrinkAsync(RandomHistory history, string fault)
    {
        var (watch, isShorter) = (Stopwatch.StartNew(), true);
        while (isShorter)
        {
            isShorter = false;
            foreach (var candidate in CandidatesOf(history).TakeWhile(_ => watch.Elapsed < Longest))
            {
                if (await TryAsync(candidate) is not { } found)
                    continue;

                (history, fault, isShorter) = (candidate, found, true);
                break;
            }
        }

        return (history, fault);
    }

    public static async Task<string?> TryAsync(RandomHistory history)
    {
        await using var bench = await Bench.OpenAsync();
        return await Play.RunAsync(bench, 0, history);
    }

    private static IEnumerable<RandomHistory> CandidatesOf(RandomHistory history)
    {
        var count = history.Commands.Count;
        for (var size = count / 2; size >= 1; size /= 2)
        {
            for (var at = 0; at + size <= count; at += size)
                yield return history with { Commands = [.. history.Commands.Take(at), .. history.Commands.Skip(at + size)] };
        }

        for (var i = 0; i < history.Followers.Count && history.Followers.Count > 1; i++)
            yield return history with { Followers = [.. history.Followers.Take(i), .. history.Followers.Skip(i + 1)] };
        for (var i = 0; i < count; i++)
        {
            if (history.Commands[i] is Command.Push push)
            {
                foreach (var simpler in SimplerThan(push).Where(simpler => simpler != push))
                    yield return history with { Commands = [.. history.Commands.Take(i), simpler, .. history.Commands.Skip(i + 1)] };
            }
        }
    }

    private static IEnumerable<Command.Push> SimplerThan(Command.Push push) =>
    [
        push with { Section = null }, push with { Tags = string.Empty }, push with { Related = string.Empty }, push with { Key = null }, push with { PublishedAt = null },
        push with { EmbargoedUntil = null }, push with { ExpiresAt = null }, push with { BreakingUntil = null }, push with { IsMinor = false }, push with { Language = "en" },
    ];
}
