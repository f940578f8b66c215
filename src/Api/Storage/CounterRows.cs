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

    // All in one statement: every commit has it.
    public static void Save(Statements statements, Counters counters) => statements.ExecuteAsync(
        "update counter set value = case name when 'commit_no' then @CommitNo when 'seq' then @Seq when 'id' then @Id when 'last_now' then @LastNow else value end",
        new { counters.CommitNo, counters.Seq, counters.Id, counters.LastNow }).Completed();

    private sealed class CounterRow
    {
        public string Name { get; init; } = string.Empty;

        public long Value { get; init; }
    }
}
