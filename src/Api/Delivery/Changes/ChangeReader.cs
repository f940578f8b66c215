using System.Text;
using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Delivery.Changes;

/// <summary>One change as it is sent: its kind, the place behind it, and its JSON.</summary>
internal sealed record Told(string Op, string Token, IReadOnlyList<ReadOnlyMemory<byte>> Json);

/// <summary>Some changes in their order, the place behind them, and whether nothing follows it.</summary>
internal sealed record ToldPage(IReadOnlyList<Told> Changes, string Next, long Seq, bool IsUpToDate);

/// <summary>Where a reader of changes stands. Closed: every consumer switches over all of it.</summary>
internal abstract record ChangesFound
{
    public sealed record Page(ToldPage Value) : ChangesFound;

    /// <summary>The token is none of this question.</summary>
    public sealed record BadToken : ChangesFound;

    /// <summary>The log does not go on from there, or a name in the filter means another section or tag now: begin again.</summary>
    public sealed record MustResync : ChangesFound;
}

/// <summary>Reads what readers must be told, from any place on: first everything that is visible, then what changed since.</summary>
internal sealed class ChangeReader(Database database, Announcements announcements, NumberSeal seals, Slots slots, WalkBudget budget)
{
    // A page is held in memory until it is sent, and articles may be large.
    private const int MaxBytes = DocumentPageReader.MaxBytes;
    private const int MaxExamined = 20_000;

    public async ValueTask<ChangesFound> ReadAsync(ChangeQuery query, string? since, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        using var seal = seals.For($"changes\n{query.Filter.Identity}\n{limits.Identity}");
        var token = since is null ? null : ChangeToken.Read(since, seal);
        if (since is not null && token is null)
            return new ChangesFound.BadToken();

        var isAnnounced = await announcements.CatchUpAsync(now, cancel);
        using var snapshot = await database.SnapshotAsync(cancel);
        var log = (await snapshot.FindAsync<LogRow>("select max(case name when 'seq' then value end) as seq, max(case name when 'change_floor' then value end) as floor, max(case name when 'meaning' then value end) as meaning from counter"))!;
        if (token is { } begun && (!log.Reaches(begun) || (begun.Meaning < log.Meaning && await snapshot.HaveChangedAsync(query.Filter.Names, begun.Meaning))))
            return new ChangesFound.MustResync();

        now = snapshot.NotBefore(now);
        var reach = await Reach.OfAsync(snapshot, limits);
        var page = new PageInTheMaking(snapshot, slots, reach, seal, query, log.Meaning, now);
        var next = token is { Position: null } place
            ? await ReadLogAsync(page, new ChangeLogReader(snapshot, query.Filter, reach, slots.MakesUrls, now), place.Seq, log.Seq)
            : await ReadSnapshotAsync(page, new SnapshotReader(snapshot, query.Filter, reach, budget, now), (token ?? new ChangeToken(log.Seq, log.Meaning, null)) with { Meaning = log.Meaning }, query.Limit);

        return new ChangesFound.Page(new ToldPage(page.Changes, next.Write(seal), next.Seq, isAnnounced && next == ChangeToken.Behind(log.Seq, log.Meaning)));
    }

    private static async ValueTask<ChangeToken> ReadSnapshotAsync(PageInTheMaking page, SnapshotReader visible, ChangeToken begun, int limit)
    {
        var (rows, onward) = await visible.ReadAsync(begun.Position, Math.Min(limit, Portion));
        while (true)
        {
            foreach (var row in rows)
            {
                begun = begun with { Position = new ListRange(0, 0, IsAscending: false).Beyond(row.Position) };
                await page.AddAsync(row, begun, new Instant(row.ChangedAt));
                if (page.IsFull && row != rows[^1])
                    return begun;
            }

            if (onward is null)
                return page.Behind(begun.Seq);
            begun = begun with { Position = onward };
            if (page.IsFull || rows.Count == 0)
                return begun;

            (rows, onward) = await visible.ReadAsync(onward, Math.Min(limit - page.Changes.Count, Portion));
        }
    }

    private const int Portion = 64;

    private static async ValueTask<ChangeToken> ReadLogAsync(PageInTheMaking page, ChangeLogReader log, long after, long last)
    {
        for (var beginning = after; after < last && !page.IsFull && after - beginning < MaxExamined;)
        {
            var (rows, until) = await log.ReadAsync(after, last);
            foreach (var row in rows)
            {
                after = row.Seq;
                if (await log.JudgeAsync(row) is { } verdict)
                    await page.AddAsync(row, verdict);
                if (page.IsFull)
                    return page.Behind(row == rows[^1] ? until : after);
            }

            after = until;
        }

        return page.Behind(after);
    }

    private sealed class PageInTheMaking(Session session, Slots slots, Reach reach, NumberSeal.SealedNumbers seal, ChangeQuery query, long meaning, Instant now)
    {
        private static readonly byte[] End = "}"u8.ToArray();
        private readonly List<Told> _changes = [];
        private long _bytes;

        public IReadOnlyList<Told> Changes => _changes;

        public bool IsFull => _changes.Count >= query.Limit || _bytes >= MaxBytes;

        public ChangeToken Behind(long seq) => ChangeToken.Behind(seq, meaning);

        public ValueTask AddAsync(ChangeRow row, string verdict)
        {
            var token = Behind(row.Seq);
            if (verdict == ChangeLogReader.Upsert)
                return AddAsync(row, token, new Instant(row.At));

            var text = token.Write(seal);
            Add(new Told("delete", text, [Encoding.UTF8.GetBytes($$"""{"op":"delete","token":"{{text}}","id":"{{row.PublicId}}","at":"{{new Instant(row.At)}}","reason":"{{verdict}}"}""")]));
            return ValueTask.CompletedTask;
        }

        public async ValueTask AddAsync(DocumentRow row, ChangeToken token, Instant at)
        {
            var bytes = row.Document.Length > 0 ? row : (await session.FindAsync<DocumentRow>($"select e.document from edition e where e.position = @Position and {Visible.Edition}", new { row.Position, now = now.Milliseconds }))!;
            var article = await slots.FillAsync(session, row.ToArticle() with { Parts = [bytes.Document], Slots = row.Slots & (long)query.View.Slots }, row.PublicId, reach, now);
            var text = token.Write(seal);
            var head = Encoding.UTF8.GetBytes($$"""{"op":"upsert","token":"{{text}}","id":"{{row.PublicId}}","version":{{row.Version}},"at":"{{at}}","article":""");
            Add(new Told(ChangeLogReader.Upsert, text, [head, .. query.View.Cut(article.Parts), End]), bytes.Document.Length);
        }

        // What little is told may have been cut from much.
        private void Add(Told change, int read = 0)
        {
            _changes.Add(change);
            _bytes += Math.Max(read, change.Json.Sum(part => (long)part.Length));
        }
    }

    private sealed class LogRow
    {
        public long Seq { get; init; }

        public long Floor { get; init; }

        /// <summary>How often names have come to mean something else.</summary>
        public long Meaning { get; init; }

        /// <summary>Whether it goes on from there: not from what was cut off, nor from what a copy of the file that was put back has never seen.</summary>
        public bool Reaches(ChangeToken token) => token.Seq >= Floor && token.Seq <= Seq && token.Meaning <= Meaning;
    }
}
