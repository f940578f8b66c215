namespace Galley.Tests.Durability.Traffic;

/// <summary>What the clients know: which write they began and which answer they got, each at a place in the one order that the disk's events stand in too.</summary>
internal sealed class Ledger
{
    private readonly List<Entry> _entries = [];
    private readonly Lock _lock = new();

    /// <summary>Where things happen now; always 0 where only the end counts.</summary>
    public Func<long> Place { get; set; } = () => 0;

    public int Answers { get; private set; }

    /// <summary>Waits until so many answers have come; not for ever, for a slow server is a server too.</summary>
    public async Task UntilAsync(int answers)
    {
        var late = DateTime.UtcNow.AddSeconds(5);
        while (Answers < answers && DateTime.UtcNow < late)
            await Task.Delay(1);
    }

    public void Begin(string story, Write write) => Add(new Entry(Place(), story, write, null));

    /// <summary>The answer to what was begun: the article is stored so, or as before where it was refused.</summary>
    public void Acknowledge(string story, Take stored) => Add(new Entry(Place(), story, null, stored));

    /// <summary>How many answers there were before <paramref name="end"/>.</summary>
    public int AnswersAt(long end) => Entries(end).Count(entry => entry.Stored is not null);

    /// <summary>What was found of writes that cannot be sent again is what their clients go by from now on.</summary>
    public void Accept(IReadOnlyDictionary<string, Take> stored)
    {
        foreach (var (story, _) in At().Where(story => story.Value.OnTheWay.Any(write => !write.IsRepeatable)))
            Acknowledge(story, stored.GetValueOrDefault(story, Take.Absent));
    }

    /// <summary>The world ended at <paramref name="end"/>: what came after it never was.</summary>
    public void ForgetAfter(long end)
    {
        lock (_lock)
            _entries.RemoveAll(entry => entry.Place > end);
        Answers = AnswersAt(end);
    }

    /// <summary>What may be stored of each article if the world ended at <paramref name="end"/>: what was acknowledged last, or what was on its way since.</summary>
    public IReadOnlyDictionary<string, Expected> At(long end = long.MaxValue)
    {
        var stories = new Dictionary<string, Expected>(StringComparer.Ordinal);
        foreach (var entry in Entries(end))
        {
            var known = stories.GetValueOrDefault(entry.Story, Expected.Nothing);
            stories[entry.Story] = entry.Stored is { } stored ? new Expected(stored, []) : known with { OnTheWay = [.. known.OnTheWay, entry.Write!] };
        }

        return stories;
    }

    /// <summary>What is known of the articles of one source.</summary>
    public IEnumerable<KeyValuePair<string, Expected>> Of(string source) => At().Where(story => story.Key.StartsWith($"{source}/", StringComparison.Ordinal));

    /// <summary>What is wrong with what is <paramref name="stored"/>, in words.</summary>
    public IReadOnlyList<string> Violations(IReadOnlyDictionary<string, Take> stored, long end = long.MaxValue)
    {
        var expected = At(end);
        return
        [
            .. expected
                .Where(story => !story.Value.Allows(stored.GetValueOrDefault(story.Key, Take.Absent)))
                .Select(story => $"{story.Key} is stored as [{stored.GetValueOrDefault(story.Key, Take.Absent)}]; {story.Value}"),
            .. stored.Keys.Where(story => !expected.ContainsKey(story)).Select(story => $"{story} was never sent"),
            .. Torn(expected, stored),
        ];
    }

    // As long as nobody was told of any of them: later each is expected for itself.
    private static IEnumerable<string> Torn(IReadOnlyDictionary<string, Expected> expected, IReadOnlyDictionary<string, Take> stored) => expected
        .Where(story => story.Value.OnTheWay is [{ Together: not null }])
        .GroupBy(story => story.Value.OnTheWay[0].Together!, story => story.Value.OnTheWay[0].Wanted.IsKeptBy(stored.GetValueOrDefault(story.Key, Take.Absent)))
        .Where(batch => batch.Count() == batch.Key.Count && batch.Contains(true) && batch.Contains(false))
        .Select(batch => $"of {batch.Key.Count} articles that are written together {batch.Count(isKept => isKept)} are stored, among them {batch.Key[0]} or not");

    private List<Entry> Entries(long end)
    {
        lock (_lock)
            return [.. _entries.TakeWhile(entry => entry.Place <= end)];
    }

    private void Add(Entry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
            Answers += entry.Stored is null ? 0 : 1;
        }
    }

    /// <summary>The last state that a client was told, and what it asked for since.</summary>
    internal sealed record Expected(Take Acknowledged, IReadOnlyList<Write> OnTheWay)
    {
        public static readonly Expected Nothing = new(Take.Absent, []);

        public bool Allows(Take stored) => Acknowledged.IsKeptBy(stored) || OnTheWay.Any(write => write.Wanted.IsKeptBy(stored));

        public override string ToString() => $"acknowledged was [{Acknowledged}], on the way [{string.Join("], [", OnTheWay.Select(write => write.Wanted))}]";
    }

    private sealed record Entry(long Place, string Story, Write? Write, Take? Stored);
}
