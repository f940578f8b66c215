namespace Galley.Tests.Durability;

/// <summary>A context in which whatever was awaited is gone on with at once, by the thread that completed it: so an acknowledgement stands in the disk's order where it was given.</summary>
internal sealed class AtOnce : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs all of it in such a context, and waits for the end.</summary>
    public static async Task RunAsync(Func<IEnumerable<Task>> start)
    {
        var tasks = new List<Task>();
        new AtOnce().Post(_ => tasks.AddRange(start()), null);
        await Task.WhenAll(tasks).WaitAsync(TimeSpan.FromMinutes(2));
    }
}
