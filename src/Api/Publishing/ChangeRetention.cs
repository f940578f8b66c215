using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>For how long the change log is kept, and how often it is looked through.</summary>
internal sealed record RetentionOptions(TimeSpan Kept, TimeSpan Margin, TimeSpan Pause)
{
    public static readonly RetentionOptions Default = new(TimeSpan.FromDays(90), TimeSpan.FromDays(1), TimeSpan.FromHours(1));
}

/// <summary>
/// Cuts the change log at its old end. Tokens end before their rows do: who began to catch up in time has the margin to finish, and what an article left
/// long ago is still known until then.
/// </summary>
internal sealed class ChangeRetention(RetentionOptions options)
{
    private const int Portion = 1_000;

    /// <summary>Removes one portion. Says whether more is to be removed.</summary>
    public async ValueTask<bool> CutAsync(WriteSession write)
    {
        var kept = write.Now.Plus(-options.Kept);
        var floor = await write.FindAsync<long>("select value from counter where name = 'change_floor'");
        var (last, isMore) = await FindOldAsync(write, floor, kept);
        if (last is not null)
            await write.ExecuteAsync("update counter set value = @last where name = 'change_floor'", new { last });

        var (end, isMoreToRemove) = await FindOldAsync(write, long.MinValue, kept.Plus(-options.Margin));
        if (end is not null)
            await write.ExecuteAsync("delete from change where seq <= @end", new { end = Math.Min(end.Value, last ?? floor) });

        return isMore || isMoreToRemove;
    }

    // Rows come in the order in which they were logged: the first that is young ends the search.
    private static async ValueTask<(long? Last, bool IsMore)> FindOldAsync(WriteSession write, long after, Instant before)
    {
        var rows = await write.ListAsync<LoggedRow>("select seq, logged_at from change where seq > @after order by seq limit @Portion + 0", new { after, Portion });
        var old = rows.TakeWhile(row => row.LoggedAt < before.Milliseconds).ToList();
        return (old is [.., var last] ? last.Seq : null, old.Count == Portion);
    }

    private sealed class LoggedRow
    {
        public long Seq { get; init; }

        public long LoggedAt { get; init; }
    }
}
