using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>How many articles readers are told stand in a section, or on the site: moved when an edition appears or goes, never counted.</summary>
internal static class ShownCounts
{
    public static async ValueTask MoveShownCountsAsync(this WriteSession write, IEnumerable<Scope> before, IEnumerable<Scope> after)
    {
        var (left, entered) = (before.Where(scope => scope.HasShownCount).ToHashSet(), after.Where(scope => scope.HasShownCount).ToHashSet());
        foreach (var scope in left.Except(entered))
            await write.AddAsync(scope, -1);
        foreach (var scope in entered.Except(left))
            await write.AddAsync(scope, 1);
    }

    /// <summary>What is counted in <paramref name="part"/> counts at once where it stands now, before each article's listings say so.</summary>
    public static async ValueTask MoveShownCountsAsync(this WriteSession write, Scope part, IEnumerable<Scope> left, IEnumerable<Scope> entered)
    {
        var articles = await write.FindAsync<long>("select coalesce(max(articles), 0) from scope_shown where scope = @Packed", new { part.Packed });
        foreach (var scope in left)
            await write.AddAsync(scope, -articles);
        foreach (var scope in entered)
            await write.AddAsync(scope, articles);
    }

    /// <summary>
    /// How many articles readers see in a scope: the count as of the last settling, moved by what the clock has done since; normally that is nothing. Each
    /// article that is due was last settled as it stood right before its first transition, whatever else was committed meanwhile.
    /// </summary>
    public static async ValueTask<long> CountShownAsync(this Session session, Scope scope, Instant now)
    {
        var settled = await session.FindAsync<long?>("select articles from scope_shown where scope = @Packed", new { scope.Packed }) ?? 0;
        if (await session.FindAsync<long?>("select due_at from transition where due_at <= @now limit 1", new { now = now.Milliseconds }) is null)
            return settled;

        // Grouped by an expression: the index on articles would be read from end to end, and what is due is hardly ever more than a few.
        var moved = await session.FindAsync<long>(
            """
            select coalesce(sum(
                case when e.from_at <= @now and e.until_at > @now then 1 else 0 end
                - case when e.from_at < t.first_due and e.until_at >= t.first_due then 1 else 0 end), 0)
            from (select article_id, min(due_at) as first_due from transition where due_at <= @now group by article_id + 0) t
            join edition e on e.article_id = t.article_id
            join listing l on l.scope = @Packed and l.position = e.position
            """,
            new { scope.Packed, now = now.Milliseconds });

        return settled + moved;
    }

    private static ValueTask<int> AddAsync(this WriteSession write, Scope scope, long articles) =>
        write.ExecuteAsync(
            "insert into scope_shown (scope, articles) values (@Packed, @articles) on conflict (scope) do update set articles = scope_shown.articles + excluded.articles",
            new { scope.Packed, articles });
}
