using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>What is read of each article that a join finds, and how it is asked for in either direction.</summary>
internal sealed record JoinedEntries<T>(string Newest, string Oldest, Func<Row, T> Read, Func<T, long> PositionOf);

/// <summary>How joins are asked for in SQL. The entries of the scope that leads come in their order, and each is looked up as it comes.</summary>
internal static class JoinedEntries
{
    /// <summary>The last of so many entries of the scope that leads; none where there are fewer.</summary>
    public const string LastOfNewest = $"{EntriesNewest} limit 1 offset @take - 1";

    public const string LastOfOldest = $"{EntriesOldest} limit 1 offset @take - 1";

    /// <summary>How many entries a stretch of it has.</summary>
    public const string CountOfNewest = $"select count(*) from ({EntriesNewest})";

    public const string CountOfOldest = $"select count(*) from ({EntriesOldest})";

    private const string EntriesNewest = $"""
        select l.position, l.language_id
        from listing l
        where l.scope = @scope and l.position <= @from and l.position >= @until and {Visible.Listing}
        order by l.position desc
        """;

    private const string EntriesOldest = $"""
        select l.position, l.language_id
        from listing l
        where l.scope = @scope and l.position >= @from and l.position <= @until and {Visible.Listing}
        order by l.position
        """;

    // Not a column of truths, but a case: of that the engine evaluates no more than it takes.
    private const string IsFound = $"""
        case
            when @language is not null and entry.language_id <> @language then 0
            when @languages is not null and instr(@languages, ' ' || entry.language_id || ' ') = 0 then 0
            when @wanted1 is not null and not exists (select 1 from listing where scope = @wanted1 and position = entry.position and {Visible.Now}) then 0
            when @wanted2 is not null and not exists (select 1 from listing where scope = @wanted2 and position = entry.position and {Visible.Now}) then 0
            when @wanted3 is not null and not exists (select 1 from listing where scope = @wanted3 and position = entry.position and {Visible.Now}) then 0
            when @unwanted1 is not null and exists (select 1 from listing where scope = @unwanted1 and position = entry.position and {Visible.Now}) then 0
            when @unwanted2 is not null and exists (select 1 from listing where scope = @unwanted2 and position = entry.position and {Visible.Now}) then 0
            when @unwanted3 is not null and exists (select 1 from listing where scope = @unwanted3 and position = entry.position and {Visible.Now}) then 0
            else 1
        end = 1
        """;

    private const string Card = "cross join card c on c.position = entry.position";

    /// <summary>Where they stand.</summary>
    public static readonly JoinedEntries<long> Positions = new(
        $"select entry.position from ({EntriesNewest} limit @take + 0) entry where {IsFound} limit @most + 0",
        $"select entry.position from ({EntriesOldest} limit @take + 0) entry where {IsFound} limit @most + 0",
        row => row.Integer(0),
        position => position);

    /// <summary>Their cards.</summary>
    public static readonly JoinedEntries<CardRow> Cards = new(
        $"select {CardRow.Columns} from ({EntriesNewest} limit @take + 0) entry {Card} where {IsFound} limit @most + 0",
        $"select {CardRow.Columns} from ({EntriesOldest} limit @take + 0) entry {Card} where {IsFound} limit @most + 0",
        CardRow.Read,
        card => card.Position);
}
