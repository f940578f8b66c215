using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Delivery.Sections;

/// <summary>Reads the sections that exist for readers: made by hand, or with a visible article in them or below.</summary>
internal sealed class SectionReader(Database database, CursorSeal seal, SiteOptions site)
{
    private const int MaxTree = 5_000;

    private const string Columns = "s.id, s.parent_id, s.slug, s.path, s.description";

    public async ValueTask<Lookup<Section>> FindAsync(string path, Language? language, Instant now, CancellationToken cancel)
    {
        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        if (await FindAsync(snapshot, path, now) is { } row)
            return new Lookup<Section>.Found(await ToSectionAsync(snapshot, row, language, now));

        return await snapshot.FindFormerSectionAsync(path) is { } former && await FindAsync(snapshot, former.Path, now) is { } present
            ? new Lookup<Section>.Moved(present.Path)
            : new Lookup<Section>.Missing();
    }

    private static ValueTask<Row?> FindAsync(Session session, string path, Instant now) =>
        session.FindAsync<Row>($"select {Columns} from section s where s.path = @path and {Existence.OfSection}", new { path, now = now.Milliseconds });

    /// <summary>The page, or null where the cursor is not one of this list.</summary>
    public async ValueTask<Page<Section>?> ListAsync(SectionListQuery query, Instant now, CancellationToken cancel)
    {
        if (!seal.TryRead(query.Cursor, query.Identity, out var cursor))
            return null;

        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var parentId = query.Parent is { } parent ? await snapshot.FindSectionIdAsync(parent) : null;
        if (query.Parent is not null && parentId is null)
            return new Page<Section> { Data = [], Links = new PageLinks() };

        var among = query.Parent is null ? "1 = 1" : "s.parent_id = @parentId";
        var way = Cursor.WayOf(cursor);
        var rows = await snapshot.ListAsync<Row>(
            $"select {Columns} from section s where s.path {way.Beyond} @place and {among} and {Existence.OfSection} order by s.path {way.Order} limit @take + 0",
            new { place = cursor?.Place ?? string.Empty, parentId = parentId ?? 0, take = query.Limit + 1, now = now.Milliseconds });

        return await Paging.PageOfAsync(rows, query.Limit, cursor, row => ToSectionAsync(snapshot, row, query.Language, now), row => row.Path, place => seal.Write(place, query.Identity));
    }

    public async ValueTask<SectionTree> TreeAsync(Language? language, Instant now, CancellationToken cancel)
    {
        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var rows = await snapshot.ListAsync<Row>($"select {Columns} from section s where {Existence.OfSection} order by s.position, s.path limit {MaxTree}", new { now = now.Milliseconds });
        // All names at once: a statement for each of five thousand sections would be a heavy answer to a light question.
        var known = await snapshot.ListAsync<NameRow>("select section_id, language, name as text from section_name");
        var byId = known.ToLookup(name => name.SectionId, name => new Name { Language = name.Language, Text = name.Text });
        var names = rows.ToDictionary(row => row.Id, row => new Names([.. byId[row.Id]]).Pick(AskedOf(language), site.DefaultLanguage, row.Slug));

        var below = rows.ToLookup(row => row.ParentId);
        return new SectionTree { Data = Nodes(0) };

        IReadOnlyList<SectionNode> Nodes(long parentId) =>
            [.. below[parentId].Select(row => new SectionNode { Path = row.Path, Name = names[row.Id].Name, NameLanguage = names[row.Id].Language, Children = Nodes(row.Id) })];
    }

    private async ValueTask<Section> ToSectionAsync(Session session, Row row, Language? language, Instant now)
    {
        var names = await NamesAsync(session, row.Id);
        var (name, nameLanguage) = names.Pick(AskedOf(language), site.DefaultLanguage, row.Slug);
        return new Section
        {
            Path = row.Path,
            Name = name,
            NameLanguage = nameLanguage,
            Names = names.All,
            Parent = row.ParentId == 0 ? null : row.Path[..row.Path.LastIndexOf('/')],
            Description = row.Description,
            ArticleCount = await session.CountShownAsync(Scope.SectionTree(row.Id), now),
        };
    }

    private string AskedOf(Language? language) => language?.Tag ?? site.DefaultLanguage;

    private static async ValueTask<Names> NamesAsync(Session session, long id) =>
        new(await session.ListAsync<Name>("select language, name as text from section_name where section_id = @id", new { id }));

    private sealed class NameRow
    {
        public long SectionId { get; init; }

        public string Language { get; init; } = string.Empty;

        public string Text { get; init; } = string.Empty;
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long ParentId { get; init; }

        public string Slug { get; init; } = string.Empty;

        public string Path { get; init; } = string.Empty;

        public string? Description { get; init; }
    }
}
