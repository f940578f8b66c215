using System.Collections.Concurrent;
using Galley.Storage;

namespace Galley.Http.Cache;

/// <summary>Which answer: to whom, at which address as it came, in which coding.</summary>
internal readonly record struct AnswerKey(string Readers, string Target, ContentCoding Coding);

/// <summary>How much is kept; nothing where it is 0.</summary>
internal sealed record CacheOptions(long MaxBytes)
{
    public static CacheOptions OfMegabytes(int megabytes) => new(megabytes * 1024L * 1024);
}

/// <summary>
/// Keeps finished answers, bounded by bytes, from the second time they are asked for. Whether one is still true the <see cref="Generations"/> say; of those that
/// are not asked for any more the oldest go first.
/// </summary>
internal sealed class ResponseCache(Generations generations, Clock clock, CacheOptions options)
{
    private const int Remembered = 1 << 14;
    private const int Spare = 64;

    private readonly ConcurrentDictionary<AnswerKey, KeptAnswer> _answers = new();
    private readonly ConcurrentDictionary<AnswerKey, TaskCompletionSource> _flights = new();
    private readonly ConcurrentQueue<(AnswerKey Key, object Ticket)> _hand = new();
    private readonly int[] _asked = new int[Remembered];
    private long _bytes;
    private long _given;

    /// <summary>How often it had what was asked for.</summary>
    public long Given => Interlocked.Read(ref _given);

    /// <summary>How much it holds.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How many tickets are out: of answers that are kept, and of some that are not any more.</summary>
    public int Tickets => _hand.Count;

    /// <summary>Whether anything may be given or kept now.</summary>
    public bool IsOpen => options.MaxBytes > 0 && !generations.IsBehind(clock.Now);

    /// <summary>What is kept and still true.</summary>
    public KeptAnswer? Find(in AnswerKey key)
    {
        if (!_answers.TryGetValue(key, out var answer))
            return null;
        if (!generations.Hold(answer.DependsOn, answer.CommitNo) || clock.Now >= answer.Until)
        {
            Remove(key, answer);
            return null;
        }

        answer.IsUsed = true;
        Interlocked.Increment(ref _given);
        return answer;
    }

    /// <summary>Whether it was asked for before, not long ago: what is asked for once fills no memory.</summary>
    public bool HasBeenAsked(in AnswerKey key)
    {
        var hash = key.GetHashCode();
        ref var place = ref _asked[(uint)hash % Remembered];
        var before = Volatile.Read(ref place);
        Volatile.Write(ref place, hash);
        return before == hash;
    }

    /// <summary>Makes the caller the one who reads; null where somebody does already, whose end is to be awaited.</summary>
    public CachePlace? Begin(in AnswerKey key, out Task underWay)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _flights.GetOrAdd(key, mine);
        underWay = first.Task;
        return first == mine ? new CachePlace(this, key, generations.No, mine) : null;
    }

    /// <summary>Has those go on who wait for a reading, once.</summary>
    public void End(in AnswerKey key, TaskCompletionSource reading)
    {
        if (_flights.TryRemove(new KeyValuePair<AnswerKey, TaskCompletionSource>(key, reading)))
            reading.SetResult();
    }

    public void Keep(in AnswerKey key, KeptAnswer answer)
    {
        if (answer.Size > options.MaxBytes / 16 || !generations.TryWatch(answer.DependsOn, answer.CommitNo) || !_answers.TryAdd(key, answer))
            return;

        Interlocked.Add(ref _bytes, answer.Size);
        _hand.Enqueue((key, answer.Ticket));
        while (Interlocked.Read(ref _bytes) > options.MaxBytes && _hand.TryDequeue(out var oldest))
            Pass(oldest.Key, oldest.Ticket);
        Sweep();
    }

    // The tickets of answers that went before their turn came; each answer that is kept has one.
    private void Sweep()
    {
        for (var i = 0; i < 4 && _hand.Count > (2 * _answers.Count) + Spare && _hand.TryDequeue(out var next); i++)
        {
            if (_answers.TryGetValue(next.Key, out var answer) && answer.Ticket == next.Ticket)
                _hand.Enqueue(next);
        }
    }

    // One round for whoever was asked for since the last.
    private void Pass(in AnswerKey key, object ticket)
    {
        if (!_answers.TryGetValue(key, out var answer) || answer.Ticket != ticket)
            return;

        if (answer.IsUsed && generations.Hold(answer.DependsOn, answer.CommitNo))
        {
            answer.IsUsed = false;
            _hand.Enqueue((key, ticket));
        }
        else
        {
            Remove(key, answer);
        }
    }

    private void Remove(in AnswerKey key, KeptAnswer answer)
    {
        if (_answers.TryRemove(new KeyValuePair<AnswerKey, KeptAnswer>(key, answer)))
            Interlocked.Add(ref _bytes, -answer.Size);
    }
}

/// <summary>Where an answer will be kept that is being read.</summary>
internal sealed class CachePlace(ResponseCache cache, AnswerKey key, long commitNo, TaskCompletionSource reading)
{
    private static readonly object Item = new();

    /// <summary>The last commit before anything was read.</summary>
    public long CommitNo { get; } = commitNo;

    public static CachePlace? Of(HttpContext context) => context.Items.TryGetValue(Item, out var place) ? (CachePlace?)place : null;

    public void Enter(HttpContext context) => context.Items[Item] = this;

    /// <summary>Keeps the answer, and has those go on who wait for it: not only when it was sent to whoever asked first.</summary>
    public void Keep(KeptAnswer answer)
    {
        cache.Keep(key, answer);
        End();
    }

    public void End() => cache.End(key, reading);
}
