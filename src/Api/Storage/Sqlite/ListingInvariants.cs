using Dapper;
using Galley.Content;
using Microsoft.Data.Sqlite;

namespace Galley.Storage.Sqlite;

/// <summary>Lists and shown counts say what the editions say.</summary>
internal static class ListingInvariants
{
    public static IEnumerable<string> FindViolations(SqliteConnection connection, int mostOfEach) =>
        [.. ListingViolations(connection).Take(mostOfEach), .. CountViolations(connection).Take(mostOfEach)];

    // An archive has more listings than fit into memory: they are compared one by one only where their sums differ.
    private static IEnumerable<string> ListingViolations(SqliteConnection connection)
    {
        if (Sum(Listed(connection)) == Sum(Expected(connection)))
            return [];

        var (listed, expected) = (Listed(connection).ToHashSet(), Expected(connection).ToHashSet());
        return [
            .. expected.Except(listed).Select(row => $"lists are what the editions say: {row} is missing"),
            .. listed.Except(expected).Select(row => $"lists are what the editions say: {row} is left over"),
        ];
    }

    private static IEnumerable<string> CountViolations(SqliteConnection connection)
    {
        var shown = connection.Query<(long Scope, long Articles)>("select scope, articles from scope_shown").ToDictionary(row => row.Scope, row => row.Articles);
        var jobs = connection.Query<(long Scope, byte[] Gained, byte[] Lost, long After)>("select scope, gained, lost, after_position from rerender order by id").ToList();
        var counted = Editions(connection).Where(edition => edition.IsShown)
            .SelectMany(edition => edition.ScopesAfter(jobs))
            .Where(scope => scope.HasShownCount)
            .CountBy(scope => scope.Packed)
            .ToDictionary();

        return shown.Keys.Union(counted.Keys)
            .Where(scope => shown.GetValueOrDefault(scope) != counted.GetValueOrDefault(scope))
            .Select(scope => $"shown counts are what can be counted: scope {scope} says {shown.GetValueOrDefault(scope)}, there are {counted.GetValueOrDefault(scope)}");
    }

    private static IEnumerable<EditionRow> Editions(SqliteConnection connection) => connection.Query<EditionRow>(
        """
        select e.position as Position, e.language_id as LanguageId, e.from_at as FromAt, e.until_at as UntilAt, e.breaking_until as BreakingUntil, e.scopes as Scopes,
            a.id is not null as IsShown
        from edition e left join article a on a.id = e.article_id and a.shown_position = e.position
        """,
        buffered: false);

    private static IEnumerable<Listing> Expected(SqliteConnection connection) => Editions(connection).SelectMany(edition => edition.Listings());

    private static IEnumerable<Listing> Listed(SqliteConnection connection) => connection.Query<Listing>(
        "select scope as Scope, position as Position, language_id as LanguageId, from_at as FromAt, until_at as UntilAt from listing", buffered: false);

    // The same in any order, and not the same with any row changed, missing or there twice.
    private static ulong Sum(IEnumerable<Listing> listings) => listings.Aggregate(0UL, (sum, row) => unchecked(sum + row.Mix()));

    private readonly record struct Listing(long Scope, long Position, long LanguageId, long FromAt, long UntilAt)
    {
        public ulong Mix() => Mix(Mix(Mix(Mix(Mix(0, Scope), Position), LanguageId), FromAt), UntilAt);

        // SplitMix64: every bit of what goes in reaches every bit of what comes out.
        private static ulong Mix(ulong before, long value)
        {
            unchecked
            {
                var mixed = before + (ulong)value + 0x9E3779B97F4A7C15;
                mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
                mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
                return mixed ^ (mixed >> 31);
            }
        }
    }

    private sealed class EditionRow
    {
        public long Position { get; init; }

        public long LanguageId { get; init; }

        public long FromAt { get; init; }

        public long UntilAt { get; init; }

        public long? BreakingUntil { get; init; }

        public byte[] Scopes { get; init; } = [];

        public bool IsShown { get; init; }

        // Counted is where it stands once what is under way is done.
        public IEnumerable<Scope> ScopesAfter(IEnumerable<(long Scope, byte[] Gained, byte[] Lost, long After)> jobs)
        {
            var scopes = ScopeSet.Unpack(Scopes).ToHashSet();
            foreach (var job in jobs.Where(job => Position > job.After && scopes.Contains(new Scope(job.Scope))))
            {
                scopes.ExceptWith(ScopeSet.Unpack(job.Lost));
                scopes.UnionWith(ScopeSet.Unpack(job.Gained));
            }

            return scopes;
        }

        public IEnumerable<Listing> Listings() =>
            ScopeSet.Unpack(Scopes).Select(scope =>
                new Listing(scope.Packed, Position, LanguageId, FromAt, scope == Scope.Breaking ? Math.Min(UntilAt, BreakingUntil ?? UntilAt) : UntilAt));
    }
}
