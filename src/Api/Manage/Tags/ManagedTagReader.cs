using Galley.Content;
using Galley.Content.Body;
using Galley.Http;
using Galley.Publishing.Rendering;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Tags;

/// <summary>The query of the newsroom's list of tags.</summary>
internal sealed record ManagedTagListQuery(string? Kind, int Limit, string? Cursor) : IQuery<ManagedTagListQuery>
{
    private static readonly QueryParameter KindParameter = new("kind", "Only tags of this kind.") { Values = TagKey.Kinds };

    public static IReadOnlyList<QueryParameter> Parameters => [KindParameter, QueryParameter.Limit, QueryParameter.Cursor];

    /// <summary>What a cursor of this list is bound to.</summary>
    public string Identity => $"managed tags\n{Kind}";

    public static ManagedTagListQuery Read(QueryReader reader) => new(
        reader.Text(KindParameter),
        reader.Integer(QueryParameter.Limit) ?? 20,
        reader.Text(QueryParameter.Cursor));
}

/// <summary>Reads tags as the newsroom sees them; those that were merged stand among the aliases of their target.</summary>
internal sealed class ManagedTagReader(Database database, CursorSeal seal, Renderer renderer, Clock clock)
{
    private static readonly string Columns = $"t.id, t.kind, t.slug, t.description, t.same_as, t.image, t.made_by, case when {Existence.OfTag} then 1 else 0 end as is_visible";

    public async ValueTask<ManagedTag?> FindAsync(TagKey key, CancellationToken cancel)
    {
        using var snapshot = await database.SnapshotAsync(cancel);
        return await FindAsync(snapshot, key, snapshot.NotBefore(clock.Now));
    }

    public async ValueTask<ManagedTag?> FindAsync(Session session, TagKey key, Instant now)
    {
        var row = await session.FindAsync<Row>($"select {Columns} from tag t where t.kind = @Kind and t.slug = @Slug and t.merged_into is null", new { key.Kind, key.Slug, now = now.Milliseconds });
        return row is null ? null : await ToTagAsync(session, row);
    }

    /// <summary>The page, or null where the cursor is not one of this list.</summary>
    public async ValueTask<Page<ManagedTag>?> ListAsync(ManagedTagListQuery query, CancellationToken cancel)
    {
        if (!seal.TryRead(query.Cursor, query.Identity, out var cursor))
            return null;

        var place = (cursor?.Place ?? ":").Split(':', 2);
        var way = Cursor.WayOf(cursor);
        List<string> conditions = [query.Kind is null ? $"(t.kind, t.slug) {way.Beyond} (@afterKind, @afterSlug)" : $"t.kind = @Kind and t.slug {way.Beyond} @afterSlug", "t.merged_into is null"];
        using var snapshot = await database.SnapshotAsync(cancel);
        var rows = await snapshot.ListAsync<Row>(
            $"""
            select {Columns}
            from tag t
            where {string.Join(" and ", conditions)}
            order by t.kind {way.Order}, t.slug {way.Order}
            limit @take + 0
            """,
            new { afterKind = place[0], afterSlug = place[1], query.Kind, take = query.Limit + 1, now = snapshot.NotBefore(clock.Now).Milliseconds });

        return await Paging.PageOfAsync(rows, query.Limit, cursor, row => ToTagAsync(snapshot, row), row => $"{row.Kind}:{row.Slug}", at => seal.Write(at, query.Identity));
    }

    private async ValueTask<ManagedTag> ToTagAsync(Session session, Row row)
    {
        var aliases = await session.ListAsync<string>("select kind || ':' || slug from tag where merged_into = @Id order by kind, slug", new { row.Id });
        var tag = new ManagedTag
        {
            Kind = row.Kind,
            Slug = row.Slug,
            Names = new Names(await session.ListAsync<Name>("select language, name as text from tag_name where tag_id = @Id order by language", new { row.Id })).All,
            Description = row.Description,
            SameAs = row.SameAs is null ? null : ContentJson.Read<IReadOnlyList<string>>(row.SameAs),
            Image = row.Image is null ? null : ContentJson.Read<Image>(row.Image),
            Aliases = aliases.Count == 0 ? null : aliases,
            MadeBy = row.MadeBy,
            Visible = row.IsVisible,
        };

        // What the clock alone changes is no part of what somebody may have read and wants to replace.
        return tag with { Etag = EntityTags.Of(renderer.TagOf(ContentJson.Write(tag with { Visible = true }))) };
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string Kind { get; init; } = string.Empty;

        public string Slug { get; init; } = string.Empty;

        public string? Description { get; init; }

        public byte[]? SameAs { get; init; }

        public byte[]? Image { get; init; }

        public string MadeBy { get; init; } = string.Empty;

        public bool IsVisible { get; init; }
    }
}
