using Galley.Content;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>Counts what stands in a scope.</summary>
internal static class ListingRows
{
    /// <summary>How many visible editions stand in a scope within a range, counted as far as <paramref name="most"/>.</summary>
    public static ValueTask<long> CountListedAsync(this Session session, Scope scope, ListRange range, long most, Instant now) => session.FindAsync<long>(
        $"select count(*) from (select 1 from listing where scope = @scope and position between @Lowest and @Highest and {Visible.Now} limit @most + 0) counted",
        new { scope = scope.Packed, range.Lowest, range.Highest, most, now = now.Milliseconds });
}
