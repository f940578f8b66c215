namespace Galley.Http;

/// <summary>Cuts one page out of rows read one beyond it.</summary>
internal static class Paging
{
    /// <summary>The cursors around a page: onward where the walk found more, back to where it came from.</summary>
    public static PageLinks LinksOf<TRow>(IReadOnlyList<TRow> page, bool isMore, Cursor? from, Func<TRow, string> placeOf, Func<Cursor, string> write)
    {
        var isBackward = from?.IsBackward == true;
        var (hasPrevious, hasNext) = isBackward ? (isMore, true) : (from is not null, isMore);

        return page.Count == 0 ? EmptyLinks(from, write) : new PageLinks
        {
            Next = hasNext ? write(new Cursor(placeOf(page[^1]), IsBackward: false)) : null,
            Previous = hasPrevious ? write(new Cursor(placeOf(page[0]), IsBackward: true)) : null,
        };
    }

    public static async ValueTask<Page<T>> PageOfAsync<TRow, T>(
        IReadOnlyList<TRow> rows, int limit, Cursor? from, Func<TRow, ValueTask<T>> toEntry, Func<TRow, string> placeOf, Func<Cursor, string> write)
    {
        var page = rows.Take(limit).ToList();
        if (from?.IsBackward == true)
            page.Reverse();

        var entries = new List<T>(page.Count);
        foreach (var row in page)
            entries.Add(await toEntry(row));

        return new Page<T> { Data = entries, Links = LinksOf(page, rows.Count > limit, from, placeOf, write) };
    }

    // Everything behind the cursor has gone meanwhile: the way back is open.
    private static PageLinks EmptyLinks(Cursor? from, Func<Cursor, string> write) => from switch
    {
        null => new PageLinks(),
        { IsBackward: true } cursor => new PageLinks { Next = write(cursor with { IsBackward = false }) },
        { } cursor => new PageLinks { Previous = write(cursor with { IsBackward = true }) },
    };
}
