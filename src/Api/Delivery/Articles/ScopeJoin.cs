using Galley.Content;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>The scopes that an article stands in, all of them, and those that it stands in none of.</summary>
internal sealed record JoinedScopes(IReadOnlyList<Scope> Wanted, IReadOnlyList<Scope> Unwanted)
{
    private const int MostWanted = 4;
    private const int MostUnwanted = 3;

    /// <summary>Those of an expression; null where it asks for anything else, or for many.</summary>
    public static JoinedScopes? Find(ScopeExpression expression)
    {
        var (wanted, unwanted) = (new List<Scope>(), new List<Scope>());
        foreach (var term in PartsOf(expression))
        {
            if (term is ScopeExpression.One(var scope))
                wanted.Add(scope);
            else if (term is ScopeExpression.Not(ScopeExpression.One(var other)))
                unwanted.Add(other);
            else
                return null;
        }

        if (wanted.Count == 0)
            wanted.Add(Scope.All);
        return wanted.Count <= MostWanted && unwanted.Count <= MostUnwanted ? new JoinedScopes([.. wanted.Distinct()], unwanted) : null;
    }

    private static IEnumerable<ScopeExpression> PartsOf(ScopeExpression expression) => expression is ScopeExpression.All(var terms) ? terms.SelectMany(PartsOf) : [expression];
}

/// <summary>
/// What stands in several scopes and in none of some others, portion by portion: the entries of one scope, each looked up in the others by the engine.
/// </summary>
/// <remarks>
/// Which scope leads decides how much is read: for each portion it is the one that comes farthest with a few entries. It is asked of visible entries only, as
/// all the rest: what is hidden decides neither what is read nor where a page stops.
/// </remarks>
internal sealed class ScopeJoin<T>(Session session, ListRange range, IReadOnlySet<long>? languages, Instant now, JoinedScopes scopes, JoinedEntries<T> entries)
{
    private const int Trial = 16;
    private const int Portion = 512;

    private readonly long? _language = languages is { Count: 1 } ? languages.First() : null;
    private readonly string? _languages = languages is null or { Count: 1 } ? null : $" {string.Join(' ', languages)} ";
    private (Scope Leader, long From, long Until)? _uncounted;

    /// <summary>The first of a range, at least as many as are wanted; and from where it would have to go on if the budget ended before the range did.</summary>
    public async ValueTask<(IReadOnlyList<T> Found, long? StoppedAt)> TakeAsync(int count, WalkBudget budget)
    {
        var (found, left, next) = (new List<T>(count), budget.Entries, (long?)range.From);
        while (next is { } from && found.Count < count && left > 0)
        {
            (var read, next) = await ReadAsync(from, left, count - found.Count, found);
            left -= read;
        }

        return (found, next);
    }

    // Of not many more entries than are left.
    private async ValueTask<Joined> ReadAsync(long from, int left, int most, List<T> into)
    {
        var read = await CountAsync();
        var leader = scopes.Wanted[0];
        if (scopes.Wanted.Count > 1)
        {
            // Each time anew: what is rare here may be common farther on, where a section was begun or a subject went out of use.
            var take = Math.Clamp(left - read, 1, Trial);
            leader = await ChooseAsync(from, take);
            read += take * scopes.Wanted.Count;
        }

        var joined = await LeadAsync(leader, from, Math.Clamp(left - read, 1, Portion), most, into);
        return joined with { Read = read + joined.Read };
    }

    private async ValueTask<Scope> ChooseAsync(long from, int take)
    {
        var (leader, farthest) = (scopes.Wanted[0], null as long?);
        foreach (var scope in scopes.Wanted)
        {
            if (await FindLastAsync(scope, from, take) is not { } last)
                return scope;

            if (farthest is not { } far || range.IsNearer(far, last))
                (leader, farthest) = (scope, last);
        }

        return leader;
    }

    private ValueTask<long?> FindLastAsync(Scope scope, long from, int take) => session.FindAsync<long?>(
        range.IsAscending ? JoinedEntries.LastOfOldest : JoinedEntries.LastOfNewest, new { scope = scope.Packed, from, until = range.Until, take, now = now.Milliseconds });

    private async ValueTask<Joined> LeadAsync(Scope leader, long from, int take, int most, List<T> into)
    {
        var (parameters, before) = (ParametersOf(leader, from, take, most), into.Count);
        await session.VisitAsync(range.IsAscending ? entries.Oldest : entries.Newest, parameters, row =>
        {
            into.Add(entries.Read(row));
            return true;
        });

        // The engine has stopped somewhere among the entries: how many those were is asked only if this goes on.
        if (into.Count - before == most && most < take)
        {
            var last = entries.PositionOf(into[^1]);
            _uncounted = (leader, from, last);
            return new Joined(0, range.Beyond(last));
        }

        return await FindLastAsync(leader, from, take) is { } end
            ? new Joined(take, range.Beyond(end))
            : new Joined(Math.Max(1, into.Count - before), null);
    }

    private async ValueTask<int> CountAsync()
    {
        if (_uncounted is not var (leader, from, until))
            return 0;

        _uncounted = null;
        return (int)await session.FindAsync<long>(
            range.IsAscending ? JoinedEntries.CountOfOldest : JoinedEntries.CountOfNewest, new { scope = leader.Packed, from, until, now = now.Milliseconds });
    }

    private object ParametersOf(Scope leader, long from, int take, int most)
    {
        var others = scopes.Wanted.Where(scope => scope != leader).ToList();
        return new
        {
            scope = leader.Packed,
            from,
            until = range.Until,
            take,
            most,
            now = now.Milliseconds,
            language = _language,
            languages = _languages,
            wanted1 = At(others, 0),
            wanted2 = At(others, 1),
            wanted3 = At(others, 2),
            unwanted1 = At(scopes.Unwanted, 0),
            unwanted2 = At(scopes.Unwanted, 1),
            unwanted3 = At(scopes.Unwanted, 2),
        };
    }

    private static long? At(IReadOnlyList<Scope> scopes, int index) => index < scopes.Count ? scopes[index].Packed : null;

    /// <summary>What a portion read, and from where it goes on; null where there is nothing more.</summary>
    private readonly record struct Joined(int Read, long? Next);
}
