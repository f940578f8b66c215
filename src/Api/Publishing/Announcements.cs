using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Has the writer announce what the clock has done, for whoever is about to read the change log. Many who ask at once make one operation.</summary>
internal sealed class Announcements(Database database, Writer writer)
{
    private readonly Lock _gate = new();
    private Task _underWay = Task.CompletedTask;

    /// <summary>Whether the log tells all that readers see at <paramref name="now"/>; it does not while the writer cannot write.</summary>
    public async ValueTask<bool> CatchUpAsync(Instant now, CancellationToken cancel)
    {
        if (await FindNextDueAsync(cancel) > now)
            return true;

        try
        {
            await SettleAsync().WaitAsync(cancel);
            return await FindNextDueAsync(cancel) > now;
        }
        catch (OutageException)
        {
            return false;
        }
    }

    /// <summary>Has the writer settle. Every group begins by that: an empty operation is enough.</summary>
    public Task SettleAsync()
    {
        lock (_gate)
            return _underWay.IsCompleted ? _underWay = writer.WriteAsync(_ => new ValueTask<bool>(true)) : _underWay;
    }

    /// <summary>When readers will see something else; an instant that has passed, where nobody could announce it yet.</summary>
    public async ValueTask<Instant> FindNextDueAsync(CancellationToken cancel)
    {
        using var session = await database.ReadAsync(cancel);
        return new Instant(await session.NextDueAsync() ?? Instant.Never.Milliseconds);
    }
}
