using Galley.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Galley.Tests.Http;

/// <summary>As many answers are made at once as there are hands for; whoever would wait too long is turned away at once, and nobody else waits for a slow client.</summary>
public sealed class ReadingGateTests : IDisposable
{
    private readonly TaskCompletionSource _made = new();
    private ReadingTurns? _turns;
    private int _begun;

    public void Dispose() => _turns?.Dispose();

    [Fact]
    public async Task One_waits_while_all_hands_are_full_and_is_answered_then()
    {
        var gate = GateOf(TimeSpan.FromSeconds(30), _ => _made.Task);
        var (first, second) = (Ask(gate), Ask(gate));

        Assert.Equal(1, _begun);
        _made.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(2, _begun);
        Assert.All([await first, await second], answer => Assert.Equal(200, answer.Response.StatusCode));
    }

    [Fact]
    public async Task Whoever_would_wait_too_long_is_told_to_come_again()
    {
        var gate = GateOf(TimeSpan.FromMilliseconds(1), _ => _made.Task);
        var first = Ask(gate);

        var answer = await Ask(gate);

        Assert.Equal((503, "1"), (answer.Response.StatusCode, answer.Response.Headers[HeaderNames.RetryAfter].ToString()));
        _made.SetResult();
        await first;
        Assert.Equal(200, (await Ask(gate)).Response.StatusCode);
    }

    [Fact]
    public async Task Where_answers_take_long_nobody_waits_who_would_not_come_in_time()
    {
        var gate = GateOf(TimeSpan.FromMilliseconds(20), _ => _begun <= 20 ? Task.Delay(20) : _made.Task);
        for (var i = 0; i < 20; i++)
            await Ask(gate);
        var first = Ask(gate);
        var waiting = Enumerable.Range(0, 3).Select(_ => Ask(gate)).ToList();

        Assert.True(waiting.Count(each => each.IsCompleted) >= 2, "Two of three would wait for longer than they may, and wait.");
        _made.SetResult();
        await Task.WhenAll(waiting);
        await first;
    }

    [Fact]
    public async Task One_who_asks_for_everything_has_nobody_else_turned_away()
    {
        var gate = GateOf(TimeSpan.FromSeconds(8), _ => _begun <= 20 ? Task.Delay(20) : _made.Task);
        for (var i = 0; i < 20; i++)
            await Ask(gate);
        var first = Ask(gate);
        var greedy = Enumerable.Range(0, 500).Select(_ => Ask(gate)).ToList();
        var waiting = greedy.Count(each => !each.IsCompleted);

        var other = Ask(gate, client: 2);
        Assert.InRange(waiting, 1, 499);
        Assert.False(other.IsCompleted, "Somebody else is turned away for what one client asks.");

        _made.SetResult();
        await Task.WhenAll(greedy);
        Assert.Equal(200, (await other).Response.StatusCode);
        await first;
        Assert.Equal(0, _turns!.ClientsWaiting);
    }

    [Fact]
    public async Task An_answer_that_is_being_sent_takes_no_place()
    {
        var gate = GateOf(TimeSpan.FromMilliseconds(1), context =>
        {
            ReadingTurns.Turn.End(context);
            return _made.Task;
        });
        var all = Enumerable.Range(0, 3).Select(_ => Ask(gate)).ToList();

        Assert.Equal(3, _begun);
        _made.SetResult();
        await Task.WhenAll(all);
    }

    [Theory]
    [InlineData("/health/ready")]
    [InlineData("/v1/manage/articles/1")]
    public async Task What_is_no_reading_passes(string path)
    {
        var gate = GateOf(TimeSpan.FromMilliseconds(1), context => context.Request.Path == path ? Task.CompletedTask : _made.Task);
        var first = Ask(gate);

        Assert.Equal(200, (await Ask(gate, path)).Response.StatusCode);
        _made.SetResult();
        await first;
    }

    private ReadingGate GateOf(TimeSpan longestWait, Func<HttpContext, Task> make) => new(
        context =>
        {
            Interlocked.Increment(ref _begun);
            return make(context);
        },
        _turns = new ReadingTurns(new GateOptions(1, longestWait), TimeProvider.System));

    private static async Task<HttpContext> Ask(ReadingGate gate, string path = "/v1/articles", byte client = 1)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = new System.Net.IPAddress([192, 0, 2, client]);
        context.Request.Path = path;
        await gate.InvokeAsync(context);
        return context;
    }
}
