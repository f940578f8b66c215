using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Changes;

/// <summary>Reads the change log forward: of each article the last change only, and what it comes to for one filter.</summary>
internal sealed class ChangeLogReader(Session session, ArticleFilter filter, Reach reach, bool isPlaced, Instant now)
{
    // The log has no gaps: so many numbers are at most so many rows, whatever was superseded among them.
    private const int Window = 4_096;
    private const int Portion = 64;

    // Beneath it the rows that go on are joined with what readers see now. Each column is asked for only where somebody looks at it: that is half the price of a row.
    private const string Sql = $"""
        select c.seq, c.article_id, c.public_id, c.kind, c.at, {Columns},
            case when @isWhole = 1 then e.document end as document,
            case when @isWhole = 0 then e.scopes end as scopes,
            case when @isWhole = 0 then c.scopes_before end as scopes_before,
            case when @isWhole = 0 then (select min(o.seq) from change o where o.article_id = c.article_id) else c.seq end as first_seq
        from change c left join edition e on e.public_id = c.public_id and {Visible.Edition}
        where c.seq > @after and c.seq <= @until and not exists (select 1 from change n where n.article_id = c.article_id and n.seq > c.seq)
        order by c.seq
        limit @Portion + 0
        """;

    // No tag, for no cache keeps any of it; and a path only for made URLs.
    private const string Columns = $"e.position, e.version, e.slots, case when @isPlaced = 1 then {Address.Path} end as path";

    private readonly bool _isWhole = reach.IsWhole && filter.IsWhole;
    private ScopeExpression? _present;
    private ScopeExpression? _former;

    /// <summary>The rows behind a place that matter, a portion; and the place up to which nothing else does.</summary>
    public async ValueTask<(IReadOnlyList<ChangeRow> Rows, long Until)> ReadAsync(long after, long last)
    {
        var until = Math.Min(last, after + Window);
        var rows = await session.ListAsync<ChangeRow>(Sql, new { after, until, now = now.Milliseconds, isWhole = _isWhole ? 1 : 0, isPlaced = isPlaced ? 1 : 0, Portion });
        return (rows, rows.Count == Portion ? rows[^1].Seq : until);
    }

    /// <summary>What the change is to a reader with this filter; null for one that never concerned it.</summary>
    public async ValueTask<string?> JudgeAsync(ChangeRow row)
    {
        if (row.IsVisible && (_isWhole || await IsPresentAsync(row)))
            return Upsert;
        if (!_isWhole && !await WasPresentAsync(row))
            return null;

        return row.IsVisible ? LeftScope : await ReasonOfAsync(row);
    }

    public const string Upsert = "upsert";

    private const string LeftScope = "left-scope";

    private async ValueTask<bool> IsPresentAsync(ChangeRow row)
    {
        _present ??= await new ScopeFilter(session).ResolveWholeAsync(filter, reach);
        return _present.Holds(ScopeSet.Unpack(row.Scopes));
    }

    // At any time that the log still tells of: the reader may have been told before each of its changes.
    private async ValueTask<bool> WasPresentAsync(ChangeRow row)
    {
        _former ??= await FormerScopes.ResolveAsync(session, filter, reach);
        if (row.IsOnly)
            return WasPresent(row.ScopesBefore);

        foreach (var before in await session.ListAsync<byte[]>("select scopes_before from change where article_id = @ArticleId", new { row.ArticleId }))
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

/// <summary>The last change of an article, with what readers see of it now, if anything.</summary>
internal sealed class ChangeRow : DocumentRow
{
    public long Seq { get; init; }

    public long ArticleId { get; init; }

    public string Kind { get; init; } = string.Empty;

    public long At { get; init; }

    public byte[] ScopesBefore { get; init; } = [];

    public long FirstSeq { get; init; }

    /// <summary>Whether the log tells of the article nowhere else.</summary>
    public bool IsOnly => FirstSeq == Seq;

    /// <summary>No edition that readers see has version 0.</summary>
    public bool IsVisible => Version > 0;
}
