using Dapper;
using Galley.Content;
using Microsoft.Data.Sqlite;

namespace Galley.Tests.Durability;

/// <summary>Lists and shown counts say what the editions say.</summary>
internal static class ListingInvariants
{
    public static IEnumerable<string> Violations(SqliteConnection connection)
    {
        var editions = connection.Query<EditionRow>(
            """
            select e.position as Position, e.language_id as LanguageId, e.from_at as FromAt, e.until_at as UntilAt, e.breaking_until as BreakingUntil, e.scopes as Scopes,
                a.id is not null as IsShown
            from edition e left join article a on a.shown_position = e.position
            """).ToList();

        return [.. ListingViolations(connection, editions).Take(3), .. CountViolations(connection, editions).Take(3)];
    }

    private static IEnumerable<string> ListingViolations(SqliteConnection connection, List<EditionRow> editions)
    {
        var listed = connection.Query<(long Scope, long Position, long LanguageId, long FromAt, long UntilAt)>(
            "select scope, position, language_id, from_at, until_at from listing").ToHashSet();
        var expected = editions.SelectMany(edition => edition.Listings()).ToHashSet();

        return [
            .. expected.Except(listed).Select(row => $"lists are what the editions say: {row} is missing"),
            .. listed.Except(expected).Select(row => $"lists are what the editions say: {row} is left over"),
        ];
    }

    private static IEnumerable<string> CountViolations(SqliteConnection connection, List<EditionRow> editions)
    {
        var shown = connection.Query<(long Scope, long Articles)>("select scope, articles from scope_shown").ToDictionary(row => row.Scope, row => row.Articles);
        var jobs = connection.Query<(long Scope, byte[] Gained, byte[] Lost, long After)>("select scope, gained, lost, after_position from rerender order by id").ToList();
        var counted = editions.Where(edition => edition.IsShown)
            .SelectMany(edition => edition.ScopesAfter(jobs))
            .Where(scope => scope.HasShownCount)
            .CountBy(scope => scope.Packed)
            .ToDictionary();

        return shown.Keys.Union(counted.Keys)
            .Where(scope => shown.GetValueOrDefault(scope) != counted.GetValueOrDefault(scope))
            .Select(scope => $"shown counts are what can be counted: scope {scope} says {shown.GetValueOrDefault(scope)}, there are {counted.GetValueOrDefault(scope)}");
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

        public IEnumerable<(long Scope, long Position, long LanguageId, long FromAt, long UntilAt)> Listings() =>
            ScopeSet.Unpack(Scopes).Select(scope =>
                (scope.Packed, Position, LanguageId, FromAt, scope == Scope.Breaking ? Math.Min(UntilAt, BreakingUntil ?? UntilAt) : UntilAt));
    }
}
