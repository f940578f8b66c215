using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Changes;

/// <summary>Reads the change log forward: of each article the last change only, and what it comes to for one filter.</summary>
internal sealed class ChangeLogReader(Session session, ArticleFilter filter, Reach reach, bool isPlaced, Instant now)
{
    public const string Upsert = "upsert";

    private const string LeftScope = "left-scope";

    // The log has no gaps: so many numbers are at most so many rows, whatever was superseded among them.
    private const int Window = 4_096;

    // Each is judged, and its document read by itself.
    private const int MostOfSome = 64;

    // The integer is what editions of one article are found by most cheaply.
    private const string Last = $"""
        from change c left join edition e on e.article_id = c.article_id and {Visible.Edition}
        where c.seq > @after and c.seq <= @until and not exists (select 1 from change n where n.article_id = c.article_id and n.seq > c.seq)
        """;

    private const string Rows = $"""
        {Last}
        order by c.seq
        limit @take + 0
        """;

    private const string Moves = "select c.seq from change c where c.seq > @begun and c.seq <= @last and not exists (select 1 from change n where n.article_id = c.article_id and n.seq > c.seq)";

    // What the clock ends is announced before anybody asks.
    private const string Ended = $"{Moves} and c.kind in ('unpublished', 'expired', 'deleted', 'takedown') order by c.seq desc";

    // Not what has only come: most of a log is that.
    private const string Moved = $"""
        {Moves}
          and (c.kind <> 'published' or length(c.scopes_before) > 0 or exists (select 1 from change o where o.article_id = c.article_id and o.seq > @begun and o.seq < c.seq))
        order by c.seq desc
        """;

    private const string One = $"select {ChangeRow.OfSome} from change c left join edition e on e.article_id = c.article_id and {Visible.Edition} where c.seq = @seq";

    private ScopeExpression? _present;
    private ScopeExpression? _former;

    /// <summary>Whether every article is within the filter: then none leaves it but by its end.</summary>
    public bool IsOfAll { get; } = reach.IsWhole && filter.IsWhole;

    /// <summary>The rows behind a place that matter, at most so many; and the place up to which nothing else does. Documents that are read along go among the bytes of the page, and end it when they fill it.</summary>
    public async ValueTask<(IReadOnlyList<ChangeRow> Rows, long Until)> ReadAsync(ChangeToken place, long last, int most, PageBytes bytes)
    {
        var (until, take) = (Math.Min(last, place.Seq + Window), IsOfAll ? most : Math.Min(most, MostOfSome));
        var (rows, isFull) = (new List<ChangeRow>(), false);
        var range = new { after = place.Seq, until, take, now = now.Milliseconds, isPlaced = isPlaced ? 1 : 0 };
        if (IsOfAll)
            await session.VisitAsync($"select {ChangeRow.OfAll} {Rows}", range, row => Take(ChangeRow.ReadOfAll(row, bytes)));
        else
            await session.VisitAsync($"select {ChangeRow.OfSome} {Rows}", new { range.after, range.until, range.take, range.now, range.isPlaced, begun = place.Begun }, row => Take(ChangeRow.ReadOfSome(row)));

        return (rows, isFull ? rows[^1].Seq : until);

        bool Take(ChangeRow row)
        {
            rows.Add(row);
            isFull = rows.Count == take || bytes.Length >= ChangesInTheMaking.MaxBytes;
            return !isFull;
        }
    }

    /// <summary>The changes behind a place that may have taken an article out of a filter, the newest first: whatever the filter is, of all articles or of some.</summary>
    public ValueTask<IReadOnlyList<long>> ListMovesAsync(long begun, long last) => session.ListAsync<long>(IsOfAll ? Ended : Moved, new { begun, last });

    /// <summary>Those of them by which an article left this one.</summary>
    public async ValueTask<IReadOnlyList<(ChangeRow Row, string Reason)>> ListDeparturesAsync(IReadOnlyList<long> moves, long begun, int most)
    {
        var departures = new List<(ChangeRow, string)>();
        foreach (var seq in moves.TakeWhile(_ => departures.Count < most))
        {
            // One that has grown too old to be kept is gone.
            if (await session.FindAsync(One, new { seq, now = now.Milliseconds, isPlaced = 0, begun }, ChangeRow.ReadOfSome) is { } row && await JudgeAsync(row, begun) is { } verdict and not Upsert)
                departures.Add((row, verdict));
        }

        return departures;
    }

    /// <summary>What the change is to a reader with this filter, who had everything at a place; null for one that never concerned it.</summary>
    public async ValueTask<string?> JudgeAsync(ChangeRow row, long begun)
    {
        if (row.IsVisible && (IsOfAll || await IsPresentAsync(row)))
            return Upsert;
        if (!IsOfAll && !await WasPresentAsync(row, begun))
            return null;

        return row.IsVisible ? LeftScope : await ReasonOfAsync(row);
    }

    private async ValueTask<bool> IsPresentAsync(ChangeRow row)
    {
        _present ??= await new ScopeFilter(session).ResolveWholeAsync(filter, reach);
        return _present.Holds(ScopeSet.Unpack(row.Scopes));
    }

    // At any time since: on the way there it may have been told before each of the changes.
    private async ValueTask<bool> WasPresentAsync(ChangeRow row, long begun)
    {
        _former ??= await FormerScopes.ResolveAsync(session, filter, reach);
        if (row.IsOnly)
            return WasPresent(row.ScopesBefore);

        foreach (var before in await session.ListAsync<byte[]>("select scopes_before from change where article_id = @ArticleId and seq > @begun", new { row.ArticleId, begun }))
        {
            if (WasPresent(before))
                return true;
        }

        return false;
    }

    private bool WasPresent(byte[] before) => before.Length > 0 && _former!.Holds(ScopeSet.Unpack(before));

    // What the clock has ended may not be announced yet. Never what became of it since: a story that nobody sees changes no answer when it is deleted.
    private async ValueTask<string> ReasonOfAsync(ChangeRow row) =>
        ChangeKind.Ends.Contains(row.Kind)
            ? row.Kind
            : await session.FindAsync<string>("select end_kind from edition where public_id = @PublicId and from_at <= @now and until_at <= @now", new { row.PublicId, now = now.Milliseconds }) ?? ChangeKind.Unpublished;
}
