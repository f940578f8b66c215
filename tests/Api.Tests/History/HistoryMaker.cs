namespace Galley.Tests.History;

/// <summary>Makes random histories. Each is short and has a matter of its own, so that what belongs together comes close together.</summary>
internal sealed class HistoryMaker
{
    private static readonly string[] Languages = ["en", "en", "fr", "ar"];
    private static readonly string?[] Sections = [null, "a", "a", "a/x", "b", "b/x", "a/x/y", "c", "k", "k/x"];
    private static readonly string[] Tags = ["", "t0", "t1", "t0 t1", "t2", "t1 t2"];
    private static readonly string[] Relateds = ["", "", "0", "1", "2i", "3", "0i 1", "1 2i 3", "3i"];
    private static readonly long[] Offsets = [-3_600_000, -1_000, -1, 0, 1, 1_000, 1_000, 60_000, 60_000, 3_600_000];
    private static readonly int[] Limits = [1, 2, 3, 10, 100];

    private readonly int _seed;
    private readonly Random _random;
    private readonly Matter _matter;
    private readonly int[] _slots;
    private readonly Dictionary<int, Command.Push> _pushed = [];
    private readonly (int[] Weights, Func<Command> Make)[] _acts;
    private long _now;

    public HistoryMaker(int seed)
    {
        (_seed, _random) = (seed, new Random(seed));
        _matter = Pick<Matter>([Matter.All, Matter.All, Matter.Others, Matter.Clock, Matter.Names]);
        // Translations are found among those of one source, which every second story has.
        _slots = Pick<int[]>([[0, 2], [0, 1, 2], [0, 1, 2, 3]]);
        _acts =
        [
            ([36, 36, 36, 32], Push),
            ([6, 4, 8, 3], Publish),
            ([4, 5, 6, 3], () => new Command.Unpublish(Slot(), Chance(50) ? Instant() : null)),
            ([2, 1, 3, 1], () => new Command.Discard(Slot())),
            ([1, 2, 1, 1], () => new Command.TakeDown(Slot())),
            ([3, 4, 2, 4], () => new Command.Delete(Slot())),
            ([2, 2, 2, 1], () => new Command.Correct(Slot(), _random.Next(3))),
            ([3, 2, 3, 2], () => new Command.Restore(Slot(), _random.Next(1, 4))),
            ([3, 1, 0, 6], () => new Command.PutSection(Section(), _random.Next(2))),
            ([2, 0, 0, 3], () => new Command.DeleteSection(Section())),
            ([3, 1, 0, 8], () => new Command.MoveSection(Section(), Section())),
            ([2, 1, 0, 5], () => new Command.PutTag(Tag(), _random.Next(2))),
            ([1, 0, 0, 2], () => new Command.DeleteTag(Tag())),
            ([2, 1, 0, 9], () => new Command.MergeTags(Tag(), Tag())),
            ([6, 4, 8, 2], Turn),
            ([6, 14, 20, 3], () => new Command.TurnToDue(Pick([0, 0, 0, -1, 1]))),
            ([1, 1, 1, 0], () => new Command.Settle()),
            ([3, 1, 0, 5], () => new Command.Rerender()),
            ([5, 4, 4, 6], () => new Command.Page(_random.Next(3))),
            ([4, 5, 5, 6], () => new Command.Sync(_random.Next(3))),
            ([2, 1, 1, 2], () => new Command.KeepAside(_random.Next(3))),
            ([3, 8, 6, 4], () => new Command.Look(IsWhole: Chance(40))),
        ];
    }

    // What a history is about: of everything a little; what articles show of others; what happens by itself; what sections and tags are called, and where they stand.
    private enum Matter
    {
        All,
        Others,
        Clock,
        Names,
    }

    public RandomHistory Make()
    {
        var followers = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => (_random.Next(Following.All.Count), Pick(Limits))).ToList();
        var commands = Enumerable.Range(0, _random.Next(4, 16)).Select(_ => Next() is var next && IsWrite(next) && Chance(6) ? new Command.Watched(next) : next).ToList();
        return new RandomHistory(_seed, commands, followers);
    }

    private static bool IsWrite(Command command) => command is Command.Push or Command.Publish or Command.Unpublish or Command.Discard or Command.TakeDown or Command.Delete or Command.Correct or Command.Restore;

    private T Pick<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];

    private bool Chance(int percent) => _random.Next(100) < percent;

    private int Slot() => Pick(_slots);

    private long Instant() => _now + Pick(Offsets);

    private string Section() => Pick(Sections) ?? "a";

    private string Tag() => Pick(["t0", "t1", "t2"]);

    private Command Next()
    {
        var at = _random.Next(_acts.Sum(act => act.Weights[(int)_matter]));
        return _acts.First(act => (at -= act.Weights[(int)_matter]) < 0).Make();
    }

    private Command.Publish Publish()
    {
        var hasExpiry = Chance(25);
        return new Command.Publish(Slot(), Chance(50) ? Instant() : null, hasExpiry && Chance(40) ? Instant() + 60_000 : null, hasExpiry);
    }

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

    private Command.Push Change(Command.Push push) => KindOfChange() switch
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

    private int KindOfChange() => _matter switch
    {
        Matter.Others => Pick([0, 4, 5, 7, 9, 10, 10]),
        Matter.Clock => Pick([0, 2, 5, 6, 7, 7, 8]),
        Matter.Names => Pick([0, 2, 2, 3, 3, 4, 5]),
        _ => _random.Next(11),
    };
}
