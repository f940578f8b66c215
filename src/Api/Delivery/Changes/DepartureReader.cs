using System.Collections.Concurrent;
using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Changes;

/// <summary>An article that stood in a list and does not any more.</summary>
internal sealed record Departure(string Id, Instant At, string Reason);

/// <summary>Reads what left a list lately, for those who follow it by a feed: a few, for whoever comes by now and then. Whoever must not miss one follows the changes.</summary>
internal sealed class DepartureReader(Database database, Announcements announcements)
{
    private const int Most = 50;

    // So many changes are looked through for them.
    private const int Window = 1_000;

    // Looking through the log takes as long as a whole page: once for all who ask until it has grown.
    private readonly ConcurrentDictionary<bool, Looked> _looked = new();

    /// <summary>For so long one is told.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    /// <summary>Has what the clock has ended told from the same moment on, whatever else is written meanwhile. Before anything is read: it may write, and carries names over into what has ended.</summary>
    public async ValueTask CatchUpAsync(Instant now, CancellationToken cancel) => await announcements.CatchUpAsync(now, cancel);

    /// <summary>The newest first.</summary>
    public async ValueTask<IReadOnlyList<Departure>> ListAsync(ArticleFilter filter, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var last = await snapshot.FindAsync<long>("select value from counter where name = 'seq'");
        var log = new ChangeLogReader(snapshot, filter, await Reach.OfAsync(snapshot, limits), isPlaced: false, now);
        var begun = Math.Max(0, last - Window);
        if (!_looked.TryGetValue(log.IsOfAll, out var looked) || looked.Last != last)
            _looked[log.IsOfAll] = looked = new Looked(last, await log.ListMovesAsync(begun, last));

        return
        [
            .. (await log.ListDeparturesAsync(looked.Moves, begun, Most))
                .Select(each => new Departure(each.Row.PublicId, new Instant(each.Row.At), each.Reason))
                .Where(each => each.At.Plus(Lately) > now),
        ];
    }

    private sealed record Looked(long Last, IReadOnlyList<long> Moves);
}
