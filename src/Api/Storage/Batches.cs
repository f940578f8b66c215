namespace Galley.Storage;

/// <summary>Asks for what belongs to many ids at once: as <c>in @ids</c>, a hundred to a statement.</summary>
internal static class Batches
{
    private const int Few = 10;
    private const int Many = 100;

    /// <summary>The rows of all these ids, in no order.</summary>
    public static async ValueTask<IReadOnlyList<T>> ListOfAsync<T, TId>(this Session session, string sql, IEnumerable<TId> ids)
    {
        var found = new List<T>();
        foreach (var batch in ids.Distinct().Chunk(Many))
            found.AddRange(await session.ListAsync<T>(sql, new { ids = Filled(batch) }));

        return found;
    }

    // With the last of them, which is found once all the same: so there are two statements to keep prepared, not a hundred.
    private static IEnumerable<TId> Filled<TId>(TId[] batch) => batch.Concat(Enumerable.Repeat(batch[^1], (batch.Length <= Few ? Few : Many) - batch.Length));
}
