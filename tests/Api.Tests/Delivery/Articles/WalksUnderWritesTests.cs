using Galley.Tests.Support;

namespace Galley.Tests.Delivery.Articles;

/// <summary>
/// Random walks while the newsroom works: each article that stays visible with its publishedAt is met exactly once, in either order and direction, however many
/// were published at one instant. `GALLEY_LONG=1` has a thousand, `GALLEY_SEED` repeats one.
/// </summary>
public sealed class WalksUnderWritesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly int Walks = Environment.GetEnvironmentVariable("GALLEY_LONG") == "1" ? 1_000 : 12;

    [Fact]
    public async Task What_stays_is_met_exactly_once()
    {
        var seeds = Environment.GetEnvironmentVariable("GALLEY_SEED") is { Length: > 0 } seed ? [int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture)] : Enumerable.Range(1, Walks);
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (seed, _) => await new Walk(newsroom, seed).RunAsync());
    }

    /// <summary>One walk over a section in which much is written meanwhile.</summary>
    private sealed class Walk(Newsroom newsroom, int seed)
    {
        private const int AtOneInstant = 121;
        private const int Others = 29;
        private const int LeastWrites = 200;
        private const string Instant = "2025-12-02T00:00:00Z";

        private readonly Random _dice = new(seed);
        private readonly string _section = Own.Section();
        private readonly List<Story> _stories = [];
        private int _writes;

        public async Task RunAsync()
        {
            await Task.WhenAll(Enumerable.Range(0, AtOneInstant).Select(_ => AddAsync(Instant)));
            await Task.WhenAll(Enumerable.Range(0, Others).Select(_ => AddAsync(AnyInstant())));
            var (sort, isBackward) = (_dice.Next(2) == 0 ? "newest" : "oldest", _dice.Next(2) == 0);
            var list = $"/v1/articles?section={_section}&sort={sort}{(_dice.Next(3) == 0 ? $"&tags=-{Own.Tag()}" : string.Empty)}";
            var (first, present) = (isBackward ? (await newsroom.Reader.PagesAsync($"{list}&limit=40"))[^1] : await newsroom.Reader.GetJsonAsync($"{list}&limit=3"), _stories.ToList());

            var (met, page) = (new List<string>(first.Ids()), first);
            while ((isBackward ? page.Previous() : page.Next()) is { } cursor)
            {
                // The longer the page, the longer somebody reads it.
                var limit = _dice.Next(1, 9);
                for (var i = 0; i < (2 * limit) + 1; i++)
                    await WriteAsync();
                page = await newsroom.Reader.GetJsonAsync($"{list}&limit={limit}&cursor={cursor}");
                met.AddRange(page.Ids());
            }

            var times = met.CountBy(id => id).ToDictionary();
            var stayed = present.Where(story => story.HasStayed).ToList();
            Assert.True(_writes >= LeastWrites, $"{_writes} writes are too few.");
            Assert.True(stayed.Count > AtOneInstant / 4, $"Only {stayed.Count} stayed.");
            Assert.All(stayed, story => Assert.True(times.GetValueOrDefault(story.Id) == 1, $"GALLEY_SEED={seed}: {story.Id} was met {times.GetValueOrDefault(story.Id)} times, {sort}, {(isBackward ? "back" : "forth")}."));
        }

        private async Task WriteAsync()
        {
            _writes++;
            var story = _stories[_dice.Next(_stories.Count)];
            // Most is changed and stays: a walk in which everything goes shows nothing.
            switch (_dice.Next(16))
            {
                case 0:
                    await AddAsync(_dice.Next(2) == 0 ? Instant : AnyInstant());
                    break;
                case 1 when story.HasStayed:
                    story.HasStayed = false;
                    await newsroom.Admin.UnpublishAsync(story.Id);
                    break;
                case 2 when story.HasStayed:
                    story.HasStayed = false;
                    await newsroom.Admin.PushedAsync(story.Given.In($"{_section}-not"));
                    break;
                case 3 when story.HasStayed:
                    story.HasStayed = false;
                    await newsroom.Admin.PushedAsync(story.Given.With("publishedAt", AnyInstant()));
                    break;
                case 4:
                    await newsroom.Admin.PushedAsync(Given.Article().In(_section).With("publishedAt", Instant).AsDraft());
                    break;
                default:
                    if (story.HasStayed)
                        await newsroom.Admin.PushedAsync(story.Given.Headed($"Changed {_writes}"));
                    else
                        await AddAsync(AnyInstant());
                    break;
            }
        }

        private async Task AddAsync(string publishedAt)
        {
            var story = Given.Article().In(_section).With("publishedAt", publishedAt);
            var id = (await newsroom.Admin.PushedAsync(story)).Text("id");
            lock (_stories)
                _stories.Add(new Story(story, id));
        }

        private string AnyInstant() => $"2025-12-0{_dice.Next(1, 4)}T00:00:0{_dice.Next(3)}Z";
    }

    private sealed class Story(Given given, string id)
    {
        public Given Given => given;

        public string Id => id;

        public bool HasStayed { get; set; } = true;
    }
}
