using Galley.Content;
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
internal sealed record ArticleAtHand(IReadOnlyList<ReadOnlyMemory<byte>> Parts, byte[] Tag, string Language, Instant? ChangedAt, Instant ExpiresAt);

/// <summary>Reads visible articles, by id and by path.</summary>
internal sealed class ArticleReader(Database database, Slots slots)
{
    private const string Columns = "etag, links, language, changed_at, expires_at, document";

    public async ValueTask<Finding> FindAsync(Guid id, Instant now, CancellationToken cancel)
    {
        var parameters = new { id = id.ToString(), now = now.Milliseconds };
        using (var session = await database.ReadAsync(cancel))
        {
            var row = await session.FindAsync<DocumentRow>($"select {Columns} from edition where public_id = @id and {Visible.Now}", parameters);
            if (row is { Links: 0 })
                return new Finding.Found(row.ToArticle());
        }

        // Slots with their article, and whether one was ever visible, are read from one state.
        using var snapshot = await database.SnapshotAsync(cancel);
        return await FindAsync(snapshot, parameters.id, snapshot.NotBefore(now));
    }

    private async ValueTask<Finding> FindAsync(Session snapshot, string id, Instant now)
    {
        var row = await snapshot.FindAsync<DocumentRow>($"select {Columns} from edition where public_id = @id and {Visible.Now}", new { id, now = now.Milliseconds });
        return row is not null ? new Finding.Found(row.Links == 0 ? row.ToArticle() : await slots.FillAsync(snapshot, row.ToArticle(), id, now))
            : await WasVisibleAsync(snapshot, id, now) ? new Finding.Gone()
            : new Finding.Missing();
    }

    public async ValueTask<Finding> FindByPathAsync(string path, Instant now, CancellationToken cancel)
    {
        if (!ArticlePath.TryParse(path, out var address))
            return new Finding.Missing();

        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var parameters = new { address.Language, address.Slug, now = now.Milliseconds };
        var edition = await snapshot.FindAsync<AddressRow>(
            $"select public_id, {Address.Path} as path, {Columns} from edition e where language = @Language and slug = @Slug and {Visible.Now}", parameters);
        if (edition?.Path == path)
            return new Finding.Found(edition.Links == 0 ? edition.ToArticle() : await slots.FillAsync(snapshot, edition.ToArticle(), edition.PublicId, now));

        // A present address wins over an old one: only then ask who had it.
        var holder = edition?.PublicId ?? await FormerHolderAsync(snapshot, address, now);
        if (holder is null || !await HasStoodAsync(snapshot, holder, address.Section, now))
            return new Finding.Missing();

        var present = edition?.Path ?? await snapshot.FindAsync<string>($"select {Address.Path} from edition e where public_id = @holder and {Visible.Now}", new { holder, parameters.now });
        return present is not null ? new Finding.Moved(present)
            : await WasVisibleAsync(snapshot, holder, now) ? new Finding.Gone()
            : new Finding.Missing();
    }

    // Gone as soon as the clock says so, whether or not the writer has settled it.
    private static async ValueTask<bool> WasVisibleAsync(Session session, string id, Instant now) =>
        await session.FindAsync<long?>(
            "select at from gone where public_id = @id union all select until_at from edition where public_id = @id and from_at <= @now limit 1",
            new { id, now = now.Milliseconds }) is not null;

    private static ValueTask<string?> FormerHolderAsync(Session session, ArticlePath address, Instant now) =>
        session.FindAsync<string>(
            """
            select public_id from edition where language = @Language and slug = @Slug and from_at <= @now
            union all
            select public_id from article_slug where language = @Language and slug = @Slug
            limit 1
            """,
            new { address.Language, address.Slug, now = now.Milliseconds });

    // Whether the article is or ever was visible in a section that has or had this path (null: in none).
    private static async ValueTask<bool> HasStoodAsync(Session session, string id, string? section, Instant now)
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
            select section_id from article_section where public_id = @id and section_id = @sectionId
            union all
            select section_id from edition where public_id = @id and section_id = @sectionId and from_at <= @now
            limit 1
            """,
            new { id, sectionId, now = now.Milliseconds }) is not null;

    private class DocumentRow
    {
        public byte[] Etag { get; init; } = [];

        public long Links { get; init; }

        public string Language { get; init; } = string.Empty;

        public long ChangedAt { get; init; }

        public long ExpiresAt { get; init; }

        public byte[] Document { get; init; } = [];

        public ArticleAtHand ToArticle() => new([Document], Etag, Language, new Instant(ChangedAt), new Instant(ExpiresAt));
    }

    private sealed class AddressRow : DocumentRow
    {
        public string PublicId { get; init; } = string.Empty;

        public string Path { get; init; } = string.Empty;
    }
}
