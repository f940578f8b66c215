using Galley.Publishing;

namespace Galley.Tests.Embargo;

/// <summary>One run of both worlds, made from a seed: what happens in which order, and when somebody looks.</summary>
internal sealed class World
{
    private readonly Twins _twins;
    private readonly Random _random;
    private readonly Desk _desk;
    private readonly OpenNews _open;
    private readonly HiddenNews _hidden;

    public World(int seed, Twins twins)
    {
        Seed = seed;
        _twins = twins;
        _random = new Random(seed);
        _desk = new Desk(twins, _random);
        _open = new OpenNews(twins, _desk, Lore, _random);
        _hidden = new HiddenNews(twins, _desk, Lore, _random);
    }

    public int Seed { get; }

    public Lore Lore { get; } = new();

    /// <summary>The articles that have something hidden.</summary>
    public IEnumerable<Story> Hidden => _desk.Hidden.Concat(_desk.Open.Where(story => story.IsCovered));

    /// <summary>Somebody who looks at this world from outside.</summary>
    public Reader Reader(int scene) => new(_twins, this, (Seed * 1000) + scene);

    public IReadOnlyDictionary<string, int> Ways => _hidden.Ways;

    /// <summary>Lives through <paramref name="scenes"/> scenes and has each looked at; stops at the first difference.</summary>
    public async Task<Difference?> LiveAsync(int scenes, Func<int, Task<Difference?>> look)
    {
        // What was hidden from the beginning could have made everything first.
        for (var i = _random.Next(4); i > 0; i--)
            await _hidden.ActAsync();
        if (_random.Chance(70))
            await _open.ComeAndGoAsync();
        for (var i = _random.Next(3, 16); i > 0; i--)
            await _open.PushNewAsync();

        for (var scene = 0; scene < scenes; scene++)
        {
            for (var i = _random.Next(5, 14); i > 0; i--)
                await StepAsync();

            // What is due and not announced is seen all the same.
            if (_random.Chance(50))
                await TurnClockAsync(settlesPercent: 0);
            if (await look(scene) is { } difference)
                return difference;
        }

        return null;
    }

    private Task StepAsync() => _random.Next(100) switch
    {
        < 45 => _open.ActAsync(),
        < 78 => _hidden.ActAsync(),
        < 95 => TurnClockAsync(settlesPercent: 60),
        _ => _twins.SettleAsync(),
    };

    private async Task TurnClockAsync(int settlesPercent)
    {
        var next = await NextDueAsync();
        var instant = _random.Next(6) switch
        {
            0 => _twins.Now.AddMilliseconds(1),
            1 => _twins.Now.AddSeconds(1),
            2 => _twins.Now.AddMinutes(5),
            3 => _twins.Now.AddMinutes(25),
            4 when next is not null => next.Value.AddMilliseconds(-1),
            _ => next ?? _twins.Now.AddHours(1),
        };
        instant = await _hidden.GiveWayAsync(instant);
        if (instant <= _twins.Now)
            return;

        _twins.TurnTo(instant);
        if (_random.Chance(settlesPercent))
            await _twins.SettleAsync();
    }

    private async Task<DateTimeOffset?> NextDueAsync()
    {
        using var session = await _twins.Without.Database.ReadAsync(CancellationToken.None);
        return await session.NextDueAsync() is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;
    }
}
