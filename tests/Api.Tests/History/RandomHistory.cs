using System.Globalization;

namespace Galley.Tests.History;

/// <summary>What happens, and who follows it: numbers of followings, with the size of their pages.</summary>
internal sealed record RandomHistory(int Seed, IReadOnlyList<Command> Commands, IReadOnlyList<(int Following, int Limit)> Followers)
{
    public static RandomHistory Of(int seed) => new HistoryMaker(seed).Make();

    public override string ToString() =>
        $"followers: {string.Join("; ", Followers.Select(follower => string.Create(CultureInfo.InvariantCulture, $"{Following.All[follower.Following]} by {follower.Limit}")))}\n{string.Join('\n', Commands.Select(command => $"  {command}"))}";
}
