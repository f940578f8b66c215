namespace Galley.Storage;

/// <summary>Where the writer's numbers lie between two commits.</summary>
internal static class CounterRows
{
    public static Counters Load(Statements statements)
    {
        var rows = statements.ListAsync<CounterRow>("select name, value from counter", null).Completed()
            .ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal);

        return new Counters { CommitNo = rows["commit_no"], Seq = rows["seq"], Id = rows["id"], LastNow = rows["last_now"] };
    }

    public static void Save(Statements statements, Counters counters)
    {
        foreach (var (name, value) in new[] { ("commit_no", counters.CommitNo), ("seq", counters.Seq), ("id", counters.Id), ("last_now", counters.LastNow) })
            statements.ExecuteAsync("update counter set value = @value where name = @name and value <> @value", new { name, value }).Completed();
    }

    private sealed class CounterRow
    {
        public string Name { get; init; } = string.Empty;

        public long Value { get; init; }
    }
}
