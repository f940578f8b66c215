using Galley.Content;
using Galley.Http.Cache;
using Galley.Storage;
using Galley.Tests.Support;

namespace Galley.Tests.Http.Cache;

/// <summary>What is kept stays within its bounds, however often it goes and comes.</summary>
public sealed class ResponseCacheTests
{
    private readonly Generations _generations = new();

    [Fact]
    public void Answers_that_go_and_come_leave_nothing_behind()
    {
        var cache = CacheOf(1);
        for (var i = 0; i < 10_000; i++)
        {
            cache.Keep(Key("a"), Answer(100));
            _generations.Move(i + 1, Everything(), Instant.Never);
            Assert.Null(cache.Find(Key("a")));
        }

        Assert.InRange(cache.Tickets, 0, 200);
    }

    [Fact]
    public void What_is_asked_for_stays_and_what_is_not_goes_when_it_is_full()
    {
        var cache = CacheOf(1);
        cache.Keep(Key("hot"), Answer(30_000));
        for (var i = 0; i < 500; i++)
        {
            Assert.NotNull(cache.Find(Key("hot")));
            cache.Keep(Key($"cold {i}"), Answer(30_000));
        }

        Assert.Null(cache.Find(Key("cold 0")));
        Assert.InRange(cache.Tickets, 1, 200);
    }

    [Fact]
    public async Task Those_who_wait_for_a_reading_go_on_when_it_is_kept()
    {
        var cache = CacheOf(1);
        var place = cache.Begin(Key("a"), out _)!;
        Assert.Null(cache.Begin(Key("a"), out var underWay));

        place.Keep(Answer(100));
        await underWay.WaitAsync(TimeSpan.FromSeconds(5));
        var next = cache.Begin(Key("a"), out var another)!;
        place.End();

        Assert.False(another.IsCompleted);
        next.End();
    }

    private static AnswerKey Key(string target) => new(string.Empty, target, ContentCoding.Identity);

    private static Touched Everything()
    {
        var touched = new Touched();
        touched.Everything();
        return touched;
    }

    private KeptAnswer Answer(int bytes) => new([], "application/json", null, "\"t\"", null, new byte[bytes]) { DependsOn = Dependencies.Any, CommitNo = _generations.No, Until = Instant.Never };

    private ResponseCache CacheOf(int megabytes) => new(_generations, new Clock(new TestClock()), CacheOptions.OfMegabytes(megabytes));
}
