using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>The instants at which an article will look different to readers without anybody writing.</summary>
internal static class Transitions
{
    public const string Starts = "starts";
    private const string Ends = "ends";
    private const string BreakingEnds = "breaking-ends";

    /// <summary>Replaces what stands ahead of an article by what its editions say.</summary>
    public static async ValueTask ScheduleAsync(this WriteSession write, long articleId, IEnumerable<EditionRow> editions)
    {
        await write.ExecuteAsync("delete from transition where article_id = @articleId", new { articleId });

        foreach (var (dueAt, kind) in editions.SelectMany(InstantsOf).Where(instant => instant.DueAt > write.Now.Milliseconds))
        {
            await write.ExecuteAsync(
                "insert into transition (due_at, article_id, kind) values (@dueAt, @articleId, @kind) on conflict do nothing", new { dueAt, articleId, kind });
        }
    }

    public static ValueTask<long?> NextDueAsync(this Session session) => session.FindAsync<long?>("select min(due_at) from transition");

    private static IEnumerable<(long DueAt, string Kind)> InstantsOf(EditionRow edition)
    {
        yield return (edition.FromAt, Starts);
        if (edition.UntilAt < Instant.Never.Milliseconds && edition.UntilAt == edition.EndsAt)
            yield return (edition.UntilAt, Ends);
        if (edition.BreakingUntil is { } breakingUntil && breakingUntil < edition.UntilAt)
            yield return (breakingUntil, BreakingEnds);
    }
}
