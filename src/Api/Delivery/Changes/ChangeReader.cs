using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Delivery.Changes;

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
    private const int MaxExamined = 20_000;

    // A snapshot is read in portions: a small page of large articles reads no more than it tells.
    private const int Portion = 64;

    public async ValueTask<ChangesFound> ReadAsync(ChangeQuery query, string? since, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        using var seal = seals.For(ChangeToken.PurposeOf(query.Filter.Identity, limits));
        var token = since is null ? null : ChangeToken.Read(since, seal);
        if (since is not null && token is null)
            return new ChangesFound.BadToken();

        var isAnnounced = await announcements.CatchUpAsync(now, cancel);
        using var snapshot = await database.SnapshotAsync(cancel);
        var log = await snapshot.LoadLogAsync();
        var end = new ChangeToken(log.Seq, log.Seq, log.Meaning, null);
        if (token is { } old && (!Reaches(log, old) || (old.Meaning < log.Meaning && await snapshot.HaveChangedAsync(query.Filter.Names, old.Meaning))))
            return new ChangesFound.MustResync();

        now = snapshot.NotBefore(now);
        var reach = await Reach.OfAsync(snapshot, limits);
        var page = new ChangesInTheMaking(snapshot, slots, reach, seal, query.View, query.Limit, now);
        var place = (token ?? end) with { Meaning = log.Meaning };
        var next = token is { Position: null }
            ? await ReadLogAsync(page, new ChangeLogReader(snapshot, query.Filter, reach, slots.MakesUrls, now), place, log.Seq)
            : await ReadSnapshotAsync(page, new SnapshotReader(snapshot, query.Filter, reach, budget, now), place);
        // Whoever has come to the end of the log has everything there.
        next = next is { Position: null } && next.Seq == log.Seq ? end : next;
        return new ChangesFound.Page(new ToldPage(page.Changes, next.Write(seal), next.Seq, isAnnounced && next == end) { Lent = page.Bytes });
    }

    private static async ValueTask<ChangeToken> ReadSnapshotAsync(ChangesInTheMaking page, SnapshotReader visible, ChangeToken place)
    {
        while (true)
        {
            var (rows, onward, _) = await visible.ReadAsync(place.Position, Math.Min(page.Room, Portion), page.Bytes);
            foreach (var row in rows)
            {
                place = place with { Position = new ListRange(0, 0, IsAscending: false).Beyond(row.Position) };
                await page.AddAsync(row, place);
                if (page.IsFull && row != rows[^1])
                    return place;
            }

            if (onward is null)
                return place with { Position = null };
            place = place with { Position = onward };
            if (page.IsFull || rows.Count == 0)
                return place;
        }
    }

    private static async ValueTask<ChangeToken> ReadLogAsync(ChangesInTheMaking page, ChangeLogReader log, ChangeToken place, long last)
    {
        for (var beginning = place.Seq; place.Seq < last && !page.IsFull && place.Seq - beginning < MaxExamined;)
        {
            var (rows, until) = await log.ReadAsync(place, last, page.Room, page.Bytes);
            foreach (var row in rows)
            {
                place = place with { Seq = row.Seq };
                if (await log.JudgeAsync(row, place.Begun) is not { } verdict)
                    continue;

                if (verdict == ChangeLogReader.Upsert)
                    await page.AddAsync(row, place);
                else
                    page.AddDeletion(row, verdict, place);
                if (page.IsFull && row != rows[^1])
                    return place;
            }

            place = place with { Seq = until };
        }

        return place;
    }

    // Not from what was cut off, nor from what a copy of the file that was put back has never seen.
    private static bool Reaches(LogRow log, ChangeToken token) => token.Begun >= log.Floor && token.Seq <= log.Seq && token.Meaning <= log.Meaning;
}
