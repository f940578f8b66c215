namespace Galley.Tests.History;

/// <summary>What chance makes too rarely.</summary>
internal static class RareHistories
{
    public static readonly IReadOnlyList<(string What, RandomHistory History)> All =
    [
        ("left before its tag was merged", Of([(4, 10)],
            new Command.Push(0) { Tags = "t0" },
            new Command.PutTag("t1", 0),
            new Command.Sync(0),
            new Command.Push(0) { Tags = "t2" },
            new Command.MergeTags("t0", "t1"))),
        ("under way into a section while it is pushed elsewhere", Of([(1, 1), (3, 1), (0, 1)],
            new Command.PutSection("a", 0),
            new Command.Push(0) { Section = "b/x" },
            new Command.Push(1) { Section = "b/x" },
            new Command.Push(2) { Section = "b/x" },
            new Command.Sync(0),
            new Command.Sync(1),
            new Command.MoveSection("b/x", "a/x"),
            new Command.Page(0),
            new Command.Push(0) { Section = "c" },
            new Command.Page(1),
            new Command.Delete(1),
            new Command.Look(IsWhole: false))),
        ("changed while a name is under way to it", Of([(0, 1), (4, 100), (12, 2)],
            new Command.Push(0) { Tags = "t0" },
            new Command.Push(2) { Tags = "t0", Related = "0" },
            new Command.Push(1) { Tags = "t0", Key = "k0" },
            new Command.Push(3) { Tags = "t0", Key = "k0", Language = "fr" },
            new Command.Sync(0),
            new Command.Sync(2),
            new Command.PutTag("t0", 1),
            new Command.Correct(0, 0),
            new Command.Page(0),
            new Command.Unpublish(1, null),
            new Command.Page(0),
            new Command.Push(3) { Tags = "t1", Key = "k0", Language = "fr" },
            new Command.Look(IsWhole: false),
            new Command.Rerender())),
        ("shown by others, ahead of its time and behind it", Of([(0, 1), (0, 100)],
            new Command.Push(0) { Related = "2 3", Key = "k0" },
            new Command.Push(2) { Language = "fr", Key = "k0", PublishedAt = 1_000, ExpiresAt = 3_000 },
            new Command.Look(),
            new Command.TurnToDue(-1),
            new Command.Look(),
            new Command.TurnToDue(0),
            new Command.Look(),
            new Command.Sync(0),
            new Command.Push(2) { Language = "fr", Key = "k0", PublishedAt = 1_000, ExpiresAt = 3_000, Words = 1 },
            new Command.Sync(0),
            new Command.TurnToDue(0),
            new Command.Look())),
    ];

    private static RandomHistory Of((int Following, int Limit)[] followers, params Command[] commands) => new(0, commands, followers);
}
