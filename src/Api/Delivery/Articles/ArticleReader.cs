using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Articles;

/// <summary>What a reader finds at an address. Closed: every consumer switches over all of it.</summary>
internal abstract record Finding
{
    public sealed record Found(ArticleAtHand Article) : Finding;

    /// <summary>It stands at another path now.</summary>
    public sealed record Moved(string Path) : Finding;

    /// <summary>It was visible here, and is not now.</summary>
    public sealed record Gone : Finding;

    public sealed record Missing : Finding;
}

/// <summary>A visible article as it is served: the stored document, and where it has slots the parts that fill them.</summary>
internal sealed record ArticleAtHand(IReadOnlyList<ReadOnlyMemory<byte>> Parts, byte[] Tag, string Language, Instant? ChangedAt, Instant ExpiresAt)
{
    public required long Slots { get; init; }

    public required string Path { get; init; }

    public required string Id { get; init; }

    /// <summary>The stored document.</summary>
    public ReadOnlyMemory<byte> Document { get; init; }
}

/// <summary>Reads visible articles, by id and by path.</summary>
internal sealed class ArticleReader(Database database, Slots slots)
{
    private const string ById = $"select {DocumentRow.Columns} from edition e where public_id = @id and {Visible.Now}";

    public async ValueTask<Finding> FindAsync(Guid id, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        var parameters = new { id = id.ToString(), now = now.Milliseconds };
        if (limits.AreNone)
        {
            using var session = await database.ReadAsync(cancel);
            var row = await session.FindAsync(ById, parameters, DocumentRow.Read);
            if (row is not null && Slots.IsAlone(row.Slots))
                return new Finding.Found(slots.Fill(row.ToArticle(), parameters.id));
        }

        // Slots with their article, and whether one was ever visible, are read from one state.
        using var snapshot = await database.SnapshotAsync(cancel);
        return await FindAsync(snapshot, await Reach.OfAsync(snapshot, limits), parameters.id, snapshot.NotBefore(now));
    }

    /// <summary>The article that has this id, as of a snapshot.</summary>
    public async ValueTask<Finding> FindAsync(Session snapshot, Reach reach, string id, Instant now)
    {
        var row = await FindVisibleAsync(snapshot, reach, id, now);
        return row is not null ? new Finding.Found(await slots.FillAsync(snapshot, row.ToArticle(), id, reach, now))
            : await WasVisibleAsync(snapshot, reach, id, now) ? new Finding.Gone()
            : new Finding.Missing();
    }

    public async ValueTask<Finding> FindByPathAsync(string path, ContentLimits limits, Instant now, CancellationToken cancel)
    {
        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var reach = await Reach.OfAsync(snapshot, limits);
        var isPath = ArticlePath.TryParse(path, out var address);
        var edition = !isPath ? null : await FindVisibleAsync(snapshot, reach, address.Language, address.Slug, now);
        if (edition?.Path == path)
            return new Finding.Found(await slots.FillAsync(snapshot, edition.ToArticle(), edition.PublicId, reach, now));

        // A present address wins over an alias, and an alias that an article has over an address that one had.
        var alias = AddressKey.OfPath(path);
        if (await snapshot.FindAddressedAsync(reach, alias, now) is { } named)
            return new Finding.Moved(named.Path);

        var former = !isPath ? new Finding.Missing() : await FindFormerAsync(snapshot, reach, address, edition, now);
        return former is Finding.Moved ? former : await snapshot.FindFormerlyAddressedAsync(reach, alias, now) switch
        {
            { Path: { } present } => new Finding.Moved(present),
            { PublicId: not null } => new Finding.Gone(),
            _ => former,
        };
    }

    /// <summary>The visible edition of an article.</summary>
    public static async ValueTask<DocumentRow?> FindVisibleAsync(Session session, Reach reach, string id, Instant now) =>
        await session.FindAsync(ById, new { id, now = now.Milliseconds }, DocumentRow.Read) is { } row && await reach.HoldsAsync(row) ? row : null;

    /// <summary>The visible edition under a slug, wherever it stands.</summary>
    public static async ValueTask<DocumentRow?> FindVisibleAsync(Session session, Reach reach, string language, string slug, Instant now) =>
        await session.FindAsync($"select {DocumentRow.Columns} from edition e where language = @language and slug = @slug and {Visible.Now}", new { language, slug, now = now.Milliseconds }, DocumentRow.Read)
            is { } row && await reach.HoldsAsync(row) ? row : null;

    /// <summary>Whether an article is or was visible to the reader: gone as soon as the clock says so, whether or not the writer has settled it.</summary>
    public static async ValueTask<bool> WasVisibleAsync(Session session, Reach reach, string id, Instant now) =>
        reach.IsWhole
            ? await session.FindAsync<long?>(
                "select at from gone where public_id = @id union all select until_at from edition where public_id = @id and from_at <= @now limit 1",
                new { id, now = now.Milliseconds }) is not null
            : (await reach.WithinAsync(await ListStandsAsync(session, id, now))).Count > 0;

    private static async ValueTask<Finding> FindFormerAsync(Session snapshot, Reach reach, ArticlePath address, DocumentRow? edition, Instant now)
    {
        var holder = edition?.PublicId ?? await FormerHolderAsync(snapshot, address.Language, address.Slug, now);
        if (holder is null || !await HasStoodAsync(snapshot, holder, address.Section, now))
            return new Finding.Missing();

        var present = edition?.Path ?? (await FindVisibleAsync(snapshot, reach, holder, now))?.Path;
        return present is not null ? new Finding.Moved(present)
            : await WasVisibleAsync(snapshot, reach, holder, now) ? new Finding.Gone()
            : new Finding.Missing();
    }

    // Wherever readers saw it.
    private static ValueTask<IReadOnlyList<Stand>> ListStandsAsync(Session session, string id, Instant now) =>
        session.ListAsync<Stand>(
            """
            select section_id, language_id, source_id from article_stand where public_id = @id
            union
            select section_id, language_id, source_id from edition where public_id = @id and from_at <= @now
            """,
            new { id, now = now.Milliseconds });

    /// <summary>Who has or had a slug in readers' sight, wherever it stood.</summary>
    public static ValueTask<string?> FormerHolderAsync(Session session, string language, string slug, Instant now) =>
        session.FindAsync<string>(
            """
            select public_id from edition where language = @language and slug = @slug and from_at <= @now
            union all
            select public_id from article_slug where language = @language and slug = @slug
            limit 1
            """,
            new { language, slug, now = now.Milliseconds });

    /// <summary>Whether the article is or ever was visible in a section that has or had this path (null: in none).</summary>
    public static async ValueTask<bool> HasStoodAsync(Session session, string id, string? section, Instant now)
    {
        IReadOnlyList<long> sectionIds = section is null
            ? [0]
            : await session.ListAsync<long>("select id from section where path = @section union all select section_id from section_alias where path = @section", new { section });
        foreach (var sectionId in sectionIds)
        {
            if (await HasStoodAsync(session, id, sectionId, now))
                return true;
        }

        return false;
    }

    private static async ValueTask<bool> HasStoodAsync(Session session, string id, long sectionId, Instant now) =>
        await session.FindAsync<long?>(
            """
            select section_id from article_stand where public_id = @id and section_id = @sectionId
            union all
            select section_id from edition where public_id = @id and section_id = @sectionId and from_at <= @now
            limit 1
            """,
            new { id, sectionId, now = now.Milliseconds }) is not null;
}
