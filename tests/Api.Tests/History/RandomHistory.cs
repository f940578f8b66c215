using System.Globalization;

namespace Galley.Tests.History;

/// <summary>What happens, and who follows it: numbers of followings, with the size of their pages.</summary>
internal sealed record RandomHistory(int Seed, IReadOnlyList<Command> Commands, IReadOnlyList<(int Following, int Limit)> Followers)
{
    public static RandomHistory Of(int seed) => new Generator(seed).Make();

    public override string ToString() =>
        $"followers: {string.Join("; ", Followers.Select(follower => string.Create(CultureInfo.InvariantCulture, $"{Following.All[follower.Following]} by {follower.Limit}")))}\n{string.Join('\n', Commands.Select(command => $"  {command}"))}";

    private sealed class Generator(int seed)
    {
        private readonly Random _random = new(seed);
        private static readonly string[] Languages = ["en", "en", "fr", "ar"];
        private static readonly string?[] Sections = [null, "a", "a", "a/x", "b", "b/x", "a/x/y", "c", "k", "k/x"];
        private static readonly string[] Tags = ["", "t0", "t1", "t0 t1", "t2", "t1 t2"];
        private static readonly string[] Relateds = ["", "", "0", "1", "2i", "3", "0i 1", "1 2i 3", "3i"];
        private static readonly long[] Offsets = [-3_600_000, -1_000, -1, 0, 1, 1_000, 1_000, 60_000, 60_000, 3_600_000];
        private static readonly int[] Limits = [1, 2, 3, 10, 100];

        private readonly Dictionary<int, Command.Push> _pushed = [];
        private long _now;

        public RandomHistory Make()
        {
            var followers = Enumerable.Range(0, _random.Next(2, 5)).Select(_ => (_random.Next(Following.All.Count), Pick(Limits))).ToList();
            var commands = Enumerable.Range(0, _random.Next(5, 26)).Select(_ => Next() is var next && IsWrite(next) && Chance(12) ? new Command.Watched(next) : next).ToList();
            return new RandomHistory(seed, commands, followers);
        }

        private T Pick<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];

        private bool Chance(int percent) => _random.Next(100) < percent;

        private int Slot() => _random.Next(4);

        private long Instant() => _now + Pick(Offsets);

        private Command Next() => _random.Next(100) switch
        {
            < 36 => Push(),
            < 42 => new Command.Publish(Slot(), Chance(50) ? Instant() : null, Chance(40) ? Instant() + 60_000 : null, Chance(25)) is var publish && !publish.HasExpiry ? publish with { ExpiresAt = null } : publish,
            < 46 => new Command.Unpublish(Slot(), Chance(50) ? Instant() : null),
            < 48 => new Command.Discard(Slot()),
            < 49 => new Command.TakeDown(Slot()),
            < 52 => new Command.Delete(Slot()),
            < 54 => new Command.Correct(Slot(), _random.Next(3)),
            < 57 => new Command.Restore(Slot(), _random.Next(1, 4)),
            < 60 => new Command.PutSection(Section(), _random.Next(2)),
            < 62 => new Command.DeleteSection(Section()),
            < 65 => new Command.MoveSection(Section(), Section()),
            < 67 => new Command.PutTag(Tag(), _random.Next(2)),
            < 68 => new Command.DeleteTag(Tag()),
            < 70 => new Command.MergeTags(Tag(), Tag()),
            < 76 => Turn(),
            < 82 => new Command.TurnToDue(Pick([0, 0, 0, -1, 1])),
            < 83 => new Command.Settle(),
            < 86 => new Command.Rerender(),
            < 91 => new Command.Page(_random.Next(4)),
            < 95 => new Command.Sync(_random.Next(4)),
            < 97 => new Command.KeepAside(_random.Next(4)),
            _ => new Command.Look(IsWhole: Chance(30)),
        };

        private static bool IsWrite(Command command) => command is Command.Push or Command.Publish or Command.Unpublish or Command.Discard or Command.TakeDown or Command.Delete or Command.Correct or Command.Restore;

        private string Section() => Pick(Sections) ?? "a";

        private string Tag() => Pick(["t0", "t1", "t2"]);

        private Command Turn()
        {
            if (Chance(4))
                return new Command.Cut();

            var by = Chance(5) ? 92L * 86_400_000 : Pick([1L, 1_000, 60_000, 3_600_000]);
            _now += by;
            return new Command.Turn(by);
        }

        private Command.Push Push()
        {
            var slot = Slot();
            var push = _pushed.GetValueOrDefault(slot) ?? new Command.Push(slot) { Section = Pick(Sections), Tags = Pick(Tags), Language = Pick(Languages), Key = Chance(40) ? Pick(["k0", "k1"]) : null, Related = Pick(Relateds) };
            push = push with { IsPublished = Chance(80), IsMinor = Chance(10) };
            if (!Chance(15) || !_pushed.ContainsKey(slot))
                push = Enumerable.Range(0, _random.Next(1, 3)).Aggregate(push, (changed, _) => Change(changed));

            return _pushed[slot] = push;
        }

        private Command.Push Change(Command.Push push) => _random.Next(11) switch
        {
            0 or 1 => push with { Words = _random.Next(4) },
            2 => push with { Section = Pick(Sections) },
            3 => push with { Tags = Pick(Tags) },
            4 => push with { Language = Pick(Languages) },
            5 => push with { PublishedAt = Chance(70) ? Instant() : null },
            6 => push with { EmbargoedUntil = Chance(60) ? Instant() : null },
            7 => push with { ExpiresAt = Chance(60) ? Instant() + 60_000 : null },
            8 => push with { BreakingUntil = Chance(80) ? Instant() : null },
            9 => push with { Key = Chance(70) ? Pick(["k0", "k1"]) : null },
            _ => push with { Related = Pick(Relateds) },
        };
    }
}
