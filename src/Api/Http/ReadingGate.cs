using System.Collections.Concurrent;
using Microsoft.Net.Http.Headers;

namespace Galley.Http;

/// <summary>How many answers are made at once, and how long one may have to wait for its turn.</summary>
internal sealed record GateOptions(int Width, TimeSpan LongestWait)
{
    public static readonly GateOptions Default = new(2 * Environment.ProcessorCount, TimeSpan.FromSeconds(1));
}

/// <summary>
/// Lets as many answers of delivery be made at once as the machine has hands for. Others wait, and whoever would wait too long is turned away at once, so that
/// those who wait are served in time. What is kept passes before it; who waits for changes holds nobody up.
/// </summary>
internal sealed class ReadingGate(RequestDelegate next, ReadingTurns turns)
{
    private static readonly Problem TurnedAway =
        Problems.Of("overloaded", "More is asked at once than can be answered in time.") with { Headers = new Dictionary<string, string> { [HeaderNames.RetryAfter] = "1" } };

    public async Task InvokeAsync(HttpContext context)
    {
        if (Worlds.Of(context.Request.Path) != World.Delivery || IsWaiting(context))
        {
            await next(context);
            return;
        }

        using var turn = await turns.TakeAsync(ClientOf(context), context.RequestAborted);
        if (turn is null)
        {
            await ProblemResult.WriteAsync(context, TurnedAway);
            return;
        }

        context.Features.Set(turn);
        await next(context);
    }

    // Who it is as far as anybody knows: a key, or the address that the connection comes from.
    private static object ClientOf(HttpContext context) => Caller.Of(context)?.KeyId ?? context.Connection.RemoteIpAddress as object ?? string.Empty;

    // A stream, or a request that is held until something happens.
    private static bool IsWaiting(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<Momentary>() is not null
        && (metadata.GetMetadata<OtherMediaType>() is not null || RawTarget.QueryOf(context).Contains("wait=", StringComparison.Ordinal));
}

/// <summary>Gives out turns, in the order in which they are asked for. One client's own may fill half of the time that others would wait: he alone has nobody else turned away.</summary>
internal sealed class ReadingTurns(GateOptions options, TimeProvider time) : IDisposable
{
    // How far one answer moves what an answer usually takes: at once where it took longer, so that a crowd is noticed by the first of it, and slowly back.
    private const int WeightOfSlower = 2;
    private const int WeightOfFaster = 64;

    private readonly SemaphoreSlim _free = new(options.Width);
    private readonly ConcurrentDictionary<object, int> _own = new();
    private int _waiting;
    private long _usual;

    /// <summary>A turn, now or soon; null where it would come too late.</summary>
    public async ValueTask<Turn?> TakeAsync(object client, CancellationToken cancel) => _free.Wait(0, CancellationToken.None) || await WaitAsync(client, cancel) ? new Turn(this, time.GetTimestamp()) : null;

    /// <summary>How many clients have somebody waiting.</summary>
    public int ClientsWaiting => _own.Count;

    public void Dispose() => _free.Dispose();

    private async ValueTask<bool> WaitAsync(object client, CancellationToken cancel)
    {
        var ahead = Interlocked.Increment(ref _waiting);
        var own = _own.AddOrUpdate(client, 1, static (_, count) => count + 1);
        try
        {
            return Longest(ahead) <= options.LongestWait.Ticks && Longest(own) <= options.LongestWait.Ticks / 2 && await _free.WaitAsync(options.LongestWait, cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            Forget(client);
        }
    }

    // How long the last of so many would wait.
    private long Longest(int waiting) => waiting * Volatile.Read(ref _usual) / options.Width;

    private void Forget(object client)
    {
        if (_own.AddOrUpdate(client, 0, static (_, count) => count - 1) == 0)
            _own.TryRemove(new KeyValuePair<object, int>(client, 0));
    }

    private void Leave(long begin)
    {
        var usual = Volatile.Read(ref _usual);
        var took = time.GetElapsedTime(begin).Ticks;
        Volatile.Write(ref _usual, usual + ((took - usual) / (took > usual ? WeightOfSlower : WeightOfFaster)));
        _free.Release();
    }

    /// <summary>The time in which an answer is made. It ends before that is sent: a slow client takes nobody's place.</summary>
    internal sealed class Turn(ReadingTurns turns, long begin) : IDisposable
    {
        private int _isOver;

        /// <summary>Says that the answer of a request is made.</summary>
        public static void End(HttpContext context) => context.Features.Get<Turn>()?.Dispose();

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                turns.Leave(begin);
        }
    }
}
