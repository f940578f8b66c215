using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Revisions;

/// <summary>Reads an article's history: all revisions, one of them, or what lies between two.</summary>
internal sealed class RevisionReader(Database database, Clock clock, CursorSeal seal, SiteOptions site)
{
    // What a page may read of stored documents. A revision holds its whole story, and only its head is shown.
    private const long Budget = 8 * 1024 * 1024;

    /// <summary>Where a list goes on. False where the cursor is not one of this article's.</summary>
    public bool TryReadCursor(Guid id, RevisionListQuery query, out Cursor? cursor) => seal.TryRead(query.Cursor, ListOf(id), out cursor);

    /// <summary>A page, the newest first; null where there is no such article.</summary>
    public async ValueTask<Page<RevisionItem>?> ListAsync(Guid id, int limit, Cursor? cursor, Caller caller, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var now = session.NotBefore(clock.Now);
        if (await session.FindArticleAsync(id, caller, now) is not { } row)
            return null;

        var (numbers, isMore) = await ListNumbersAsync(session, row, limit, cursor);
        return new Page<RevisionItem>
        {
            Data = numbers.Count == 0 ? [] : await ListItemsAsync(session, row, numbers, caller.Limits, now),
            Links = Paging.LinksOf(numbers, isMore, cursor, number => $"{number}", place => seal.Write(place, ListOf(id))),
        };
    }

    /// <summary>One revision with what it holds; null where it, or its article, is not there.</summary>
    public async ValueTask<Revision?> FindAsync(Guid id, long revision, Caller caller, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var now = session.NotBefore(clock.Now);
        if (await session.FindArticleAsync(id, caller, now) is not { } row || await session.FindRevisionAsync(row, revision, caller.Limits) is not { } content)
            return null;

        var item = (await session.ListRevisionsAsync(row, revision, revision))[0]
            .ToItem(new RevisionHead { Language = content.Language, Status = content.Status, Headline = content.Headline }, await session.ListEditionsAsync(row.Id), now);
        return new Revision
        {
            Revision = item.Revision,
            CreatedAt = item.CreatedAt,
            Status = item.Status,
            Language = item.Language,
            Headline = item.Headline,
            IsLive = item.IsLive,
            PendingAt = item.PendingAt,
            KeyId = item.KeyId,
            Source = item.Source,
            Reason = item.Reason,
            Article = await WithPlacesAsync(session, content, now),
        };
    }

    /// <summary>What leads from one revision to another; null where one of them, or their article, is not there.</summary>
    public async ValueTask<RevisionDiff?> CompareAsync(Guid id, RevisionDiffQuery query, Caller caller, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var now = session.NotBefore(clock.Now);
        if (await session.FindArticleAsync(id, caller, now) is not { } row
            || await session.FindRevisionAsync(row, query.From, caller.Limits) is not { } from
            || await session.FindRevisionAsync(row, query.To, caller.Limits) is not { } to)
        {
            return null;
        }

        return new RevisionDiff
        {
            From = query.From,
            To = query.To,
            Fields = FieldDiff.Between(await WithPlacesAsync(session, from, now), await WithPlacesAsync(session, to, now)),
            Blocks = BlockDiff.Between(from.Blocks, to.Blocks),
        };
    }

    private async ValueTask<RevisionContent> WithPlacesAsync(Session session, ArticleContent content, Instant now) =>
        RevisionContent.Of(content, await session.LoadPlacesAsync(content, site.DefaultLanguage, Debut.Past(now)));

    private static async ValueTask<IReadOnlyList<RevisionItem>> ListItemsAsync(Session session, ArticleRow row, IReadOnlyList<long> numbers, ContentLimits limits, Instant now)
    {
        var editions = await session.ListEditionsAsync(row.Id);
        var items = new List<RevisionItem>();
        foreach (var revision in await session.ListRevisionsAsync(row, numbers[^1], numbers[0]))
        {
            var head = ContentJson.Read<RevisionHead>(revision.Document);
            if (await limits.HoldAsync(session, head.Language, head.Section))
                items.Add(revision.ToItem(head, editions, now));
        }

        return items;
    }

    // The numbers of a page, the newest first, as many as the budget allows, but one at least; and whether more follow in the direction of the walk.
    private static async ValueTask<(IReadOnlyList<long> Numbers, bool IsMore)> ListNumbersAsync(Session session, ArticleRow row, int limit, Cursor? cursor)
    {
        var isBackward = cursor?.IsBackward == true;
        var sizes = await session.ListAsync<SizeRow>(
            isBackward
                ? "select number, length(document) as size from revision where article_id = @Id and number > @after order by number limit @take + 0"
                : "select number, length(document) as size from revision where article_id = @Id and number < @after order by number desc limit @take + 0",
            new { row.Id, after = cursor is { } start ? NumberOf(start) : long.MaxValue, take = limit + 1 });

        var left = Budget;
        var numbers = sizes.Take(limit).TakeWhile((each, i) => (left -= each.Size) >= 0 || i == 0).Select(each => each.Number).ToList();
        if (isBackward)
            numbers.Reverse();

        return (numbers, sizes.Count > numbers.Count);
    }

    private static long NumberOf(Cursor cursor) => long.Parse(cursor.Place, System.Globalization.CultureInfo.InvariantCulture);

    private static string ListOf(Guid id) => $"revisions of {id}";

    private sealed class SizeRow
    {
        public long Number { get; init; }

        public long Size { get; init; }
    }
}
