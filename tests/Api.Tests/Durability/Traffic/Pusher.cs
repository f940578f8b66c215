using System.Globalization;

namespace Galley.Tests.Durability.Traffic;

/// <summary>One client that writes one thing after the other to articles of its own, and enters in the ledger what it asked for and what it was told.</summary>
internal sealed class Pusher
{
    private const int Stories = 6;

    private readonly Dictionary<string, (Take Stored, bool IsLive)> _known = new(StringComparer.Ordinal);
    private readonly Ledger _ledger;
    private readonly Random _random;
    private readonly Send _send;
    private readonly string _source;
    private readonly WriteMaker _writes;
    private int _made;

    /// <summary>A client of a source; it goes on with the articles that the ledger knows of it, but for those in doubt.</summary>
    public Pusher(string source, int seed, Ledger ledger, Send send, Func<DateTimeOffset> now)
    {
        (_source, _ledger, _send) = (source, ledger, send);
        (_random, _writes) = (new Random(seed), new WriteMaker(source, seed, now));
        foreach (var (story, expected) in ledger.Of(source))
        {
            _made = Math.Max(_made, 1 + int.Parse(story[(story.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture));
            if (expected.OnTheWay.Count == 0)
                _known.Add(story[(source.Length + 1)..], (expected.Acknowledged, IsLive: false));
        }
    }

    /// <summary>How often the server said that it could not, by the code of the problem.</summary>
    public Dictionary<string, int> Outages { get; } = new(StringComparer.Ordinal);

    public async Task PushAsync(int writes)
    {
        for (var i = 0; i < writes; i++)
            await PushOneAsync();
    }

    /// <summary>Pushes until the server is gone.</summary>
    public async Task PushAsync()
    {
        try
        {
            while (true)
                await PushOneAsync();
        }
        catch (HttpRequestException)
        {
            // What was under way stays so in the ledger.
        }
    }

    private async Task PushOneAsync()
    {
        while (_known.Count < Stories)
            _known.Add(string.Create(CultureInfo.InvariantCulture, $"story-{_made++}"), (Take.Absent, false));

        var externalId = _known.Keys.ElementAt(_random.Next(_known.Count));
        var (stored, isLive) = _known[externalId];
        var write = _writes.Next(externalId, stored, isLive);
        var story = $"{_source}/{externalId}";

        // Whatever interrupts the next lines leaves the article in doubt: nothing more is written to it.
        _known.Remove(externalId);
        _ledger.Begin(story, write);
        var answer = await _send(write.Method, write.Target, write.Body);
        if (answer.IsOutage)
        {
            Outages[answer.Text("code")] = Outages.GetValueOrDefault(answer.Text("code")) + 1;
            return;
        }

        var isApplied = IsApplied(write, answer);
        var after = isApplied ? write.Wanted : stored;
        _ledger.Acknowledge(story, after);
        _known[externalId] = (after, isApplied ? write.IsLiveAfter : isLive);
    }

    private static bool IsApplied(Write write, Answer answer)
    {
        Assert.True(answer.IsSuccess || answer.IsRefusal, $"{write.Method} {write.Target} answered {answer.Status}: {answer.Body}");
        var isApplied = answer.IsSuccess && (write.Method == HttpMethod.Delete || answer.Text("outcome") != "unchanged");
        if (isApplied && write.Method != HttpMethod.Delete)
            Assert.Equal((write.Wanted.Headline, write.Wanted.Revision), (answer.Text("headline"), answer.Body.GetProperty("revision").GetInt64()));

        return isApplied;
    }
}
