using Galley.Content;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>What a portion of a join read, and from where it goes on; null where there is nothing more.</summary>
internal readonly record struct Joined(int Read, long? Next);

/// <summary>
/// What stands in several scopes and in none of some others, portion by portion: the entries of one scope, each looked up in the others by the engine.
/// </summary>
/// <remarks>
/// Which scope leads decides how much is read: now and then each leads a few entries, and who comes farthest with them leads on. It is asked of visible entries
/// only, as all the rest: what is hidden decides neither what is read nor where a page stops.
/// </remarks>
internal sealed class ScopeJoin(Session session, ListRange range, IReadOnlySet<long>? languages, Instant now, IReadOnlyList<Scope> wanted, IReadOnlyList<Scope> unwanted)
{
    public const int MostWanted = 4;
    public const int MostUnwanted = 3;

    private const int Trial = 16;
    private const int Portion = 512;

    // Not a column of truths, but a case: of that the engine evaluates no more than it takes.
    private const string Found = $"""
        case
            when @language is not null and l.language_id <> @language then 0
            when @wanted1 is not null and not exists (select 1 from listing where scope = @wanted1 and position = l.position and {Visible.Now}) then 0
            when @wanted2 is not null and not exists (select 1 from listing where scope = @wanted2 and position = l.position and {Visible.Now}) then 0
            when @wanted3 is not null and not exists (select 1 from listing where scope = @wanted3 and position = l.position and {Visible.Now}) then 0
            when @unwanted1 is not null and exists (select 1 from listing where scope = @unwanted1 and position = l.position and {Visible.Now}) then 0
            when @unwanted2 is not null and exists (select 1 from listing where scope = @unwanted2 and position = l.position and {Visible.Now}) then 0
            when @unwanted3 is not null and exists (select 1 from listing where scope = @unwanted3 and position = l.position and {Visible.Now}) then 0
            else 1
        end
        """;

    private const string Newest = $"""
        select l.position, l.language_id, {Found}
        from listing l
        where l.scope = @scope and l.position <= @from and l.position >= @until and {Visible.Listing}
        order by l.position desc
        limit @take + 0
        """;

    private const string Oldest = $"""
        select l.position, l.language_id, {Found}
        from listing l
        where l.scope = @scope and l.position >= @from and l.position <= @until and {Visible.Listing}
        order by l.position
        limit @take + 0
        """;

    private readonly long? _language = languages is { Count: 1 } ? languages.First() : null;
    private Scope? _leader = wanted.Count == 1 ? wanted[0] : null;

    /// <summary>Adds what the next entries hold, at most <paramref name="most"/>; not many more of them are read than <paramref name="entries"/>.</summary>
    public async ValueTask<Joined> ReadAsync(long from, int entries, int most, List<long> into)
    {
        if (_leader is not { } leader)
            return await ChooseAsync(from, Math.Clamp(entries, 1, Trial), most, into);

        // What is rare here may be common farther on: a section was begun, a subject went out of use.
        if (wanted.Count > 1)
            _leader = null;
        return await LeadAsync(leader, from, Math.Clamp(entries, 1, Portion), most, into);
    }

    private async ValueTask<Joined> ChooseAsync(long from, int take, int most, List<long> into)
    {
        var (read, best, found, trial) = (0, null as long?, new List<long>(), new List<long>());
        foreach (var scope in wanted)
        {
            trial.Clear();
            var led = await LeadAsync(scope, from, take, most, trial);
            read += led.Read;
            if (led.Next is not { } next)
            {
                into.AddRange(trial);
                return new Joined(read, null);
            }

            if (best is null || range.IsNearer(best.Value, next))
                (best, _leader, found, trial) = (next, scope, trial, found);
        }

        into.AddRange(found);
        return new Joined(read, best);
    }

    private async ValueTask<Joined> LeadAsync(Scope leader, long from, int take, int most, List<long> into)
    {
        var (rows, last) = (0, from);
        await session.VisitAsync(range.IsAscending ? Oldest : Newest, ParametersOf(leader, from, take), row =>
        {
            rows++;
            last = row.Integer(0);
            if (row.Integer(2) != 0 && (languages is null || languages.Contains(row.Integer(1))))
                into.Add(last);
            return into.Count < most;
        });
        return new Joined(Math.Max(1, rows), rows < take && into.Count < most ? null : range.Beyond(last));
    }

    private object ParametersOf(Scope leader, long from, int take)
    {
        var others = wanted.Where(scope => scope != leader).ToList();
        return new
        {
            scope = leader.Packed,
            from,
            until = range.Until,
            take,
            now = now.Milliseconds,
            language = _language,
            wanted1 = At(others, 0),
            wanted2 = At(others, 1),
            wanted3 = At(others, 2),
            unwanted1 = At(unwanted, 0),
            unwanted2 = At(unwanted, 1),
            unwanted3 = At(unwanted, 2),
        };
    }

    private static long? At(IReadOnlyList<Scope> scopes, int index) => index < scopes.Count ? scopes[index].Packed : null;
}
