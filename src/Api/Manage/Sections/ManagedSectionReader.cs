using Galley.Content;
using Galley.Http;
using Galley.Publishing.Rendering;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Sections;

/// <summary>The query of the newsroom's list of sections.</summary>
internal sealed record ManagedSectionListQuery(SectionPath? Parent, int Limit, string? Cursor) : IQuery<ManagedSectionListQuery>
{
    private static readonly QueryParameter ParentParameter = new("parent", "Only the sections directly below this one.") { Format = "section-path" };

    public static IReadOnlyList<QueryParameter> Parameters => [ParentParameter, QueryParameter.Limit, QueryParameter.Cursor];

    /// <summary>What a cursor of this list is bound to.</summary>
    public string Identity => $"managed sections\n{Parent}";

    public static ManagedSectionListQuery Read(QueryReader reader) => new(
        reader.SectionPath(ParentParameter),
        reader.Integer(QueryParameter.Limit) ?? 20,
        reader.Text(QueryParameter.Cursor));
}

/// <summary>Reads sections as the newsroom sees them.</summary>
internal sealed class ManagedSectionReader(Database database, CursorSeal seal, Renderer renderer, Clock clock)
{
    private static readonly string Columns = $"s.id, s.parent_id, s.path, s.description, s.position, s.made_by, case when {Existence.OfSection} then 1 else 0 end as is_visible";

    public async ValueTask<ManagedSection?> FindAsync(string path, CancellationToken cancel)
    {
        using var snapshot = await database.SnapshotAsync(cancel);
        return await FindAsync(snapshot, path, snapshot.NotBefore(clock.Now));
    }

    public async ValueTask<ManagedSection?> FindAsync(Session session, string path, Instant now)
    {
        var row = await session.FindAsync<Row>($"select {Columns} from section s where s.path = @path", new { path, now = now.Milliseconds });
        return row is null ? null : await ToSectionAsync(session, row);
    }

    /// <summary>The page, or null where the cursor is not one of this list.</summary>
    public async ValueTask<Page<ManagedSection>?> ListAsync(ManagedSectionListQuery query, CancellationToken cancel)
    {
        if (!seal.TryRead(query.Cursor, query.Identity, out var cursor))
            return null;

        using var snapshot = await database.SnapshotAsync(cancel);
        var parentId = query.Parent is { } parent ? await snapshot.FindAsync<long?>("select id from section where path = @Value", new { parent.Value }) ?? -1 : 0;
        var among = query.Parent is null ? "1 = 1" : "s.parent_id = @parentId";
        var way = Cursor.WayOf(cursor);
        var rows = await snapshot.ListAsync<Row>(
            $"select {Columns} from section s where s.path {way.Beyond} @place and {among} order by s.path {way.Order} limit @take + 0",
            new { place = cursor?.Place ?? string.Empty, parentId, take = query.Limit + 1, now = snapshot.NotBefore(clock.Now).Milliseconds });

        return await Paging.PageOfAsync(rows, query.Limit, cursor, row => ToSectionAsync(snapshot, row), row => row.Path, place => seal.Write(place, query.Identity));
    }

    private async ValueTask<ManagedSection> ToSectionAsync(Session session, Row row)
    {
        var former = await session.ListAsync<string>("select path from section_alias where section_id = @Id order by path", new { row.Id });
        var section = new ManagedSection
        {
            Path = row.Path,
            Parent = row.ParentId == 0 ? null : row.Path[..row.Path.LastIndexOf('/')],
            Names = new Names(await session.ListAsync<Name>("select language, name as text from section_name where section_id = @Id order by language", new { row.Id })).All,
            Description = row.Description,
            Position = row.Position,
            FormerPaths = former.Count == 0 ? null : former,
            MadeBy = row.MadeBy,
            Visible = row.IsVisible,
        };

        // What the clock alone changes is no part of what somebody may have read and wants to replace.
        return section with { Etag = EntityTags.Of(renderer.TagOf(ContentJson.Write(section with { Visible = true }))) };
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long ParentId { get; init; }

        public string Path { get; init; } = string.Empty;

        public string? Description { get; init; }

        public int Position { get; init; }

        public string MadeBy { get; init; } = string.Empty;

        public bool IsVisible { get; init; }
    }
}
