using Galley.Content;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Delivery.Tags;

/// <summary>Reads the tags that exist for readers: made by hand, or on a visible article.</summary>
internal sealed class TagReader(Database database, CursorSeal seal, SiteOptions site)
{
    private const string Columns = "t.id, t.kind, t.slug, t.description";

    private const string IsAmongNamed = "t.id in (select tag_id from tag_name where folded >= @Prefix and folded < @beyond)";
    private const string IsNamed = "exists (select 1 from tag_name n where n.tag_id = t.id and n.folded >= @Prefix and n.folded < @beyond)";

    // Names that begin alike; beyond this many a walk over the tags soon meets one.
    private const int Rare = 1_000;

    private static readonly string Exists = $"""
        (t.made_by = '{MadeBy.Hand}' or exists (
            select 1 from listing l where l.scope = t.id * {Scope.Tag(1).Packed - Scope.Tag(0).Packed} + {Scope.Tag(0).Packed} and {Visible.Listing}))
        """;

    public async ValueTask<Tag?> FindAsync(string kind, string slug, Language? language, Instant now, CancellationToken cancel)
    {
        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var row = await snapshot.FindAsync<Row>($"select {Columns} from tag t where t.kind = @kind and t.slug = @slug and {Exists}", new { kind, slug, now = now.Milliseconds });
        return row is null ? null : await ToTagAsync(snapshot, row, language);
    }

    /// <summary>The page, or null where the cursor is not one of this list.</summary>
    public async ValueTask<Page<Tag>?> ListAsync(TagListQuery query, Instant now, CancellationToken cancel)
    {
        var cursor = query.Cursor is null ? null : seal.Read(query.Cursor, query.Identity);
        if (query.Cursor is not null && cursor is null)
            return null;

        // Kinds and slugs have no colon of their own, so "kind:slug" is the place in the order.
        var place = (cursor?.Place ?? ":").Split(':', 2);
        var beyond = cursor?.IsBackward == true ? "<" : ">";
        List<string> conditions = [query.Kind is null ? $"(t.kind, t.slug) {beyond} (@afterKind, @afterSlug)" : $"t.kind = @Kind and t.slug {beyond} @afterSlug", Exists];
        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        if (query.Prefix is { } prefix)
            conditions.Add(await IsRareAsync(snapshot, prefix) ? IsAmongNamed : IsNamed);

        var rows = await snapshot.ListAsync<Row>(
            $"""
            select {Columns}
            from tag t
            where {string.Join(" and ", conditions)}
            order by {(cursor?.IsBackward == true ? "t.kind desc, t.slug desc" : "t.kind, t.slug")}
            limit @take + 0
            """,
            new { afterKind = place[0], afterSlug = place[1], query.Kind, query.Prefix, beyond = Beyond(query.Prefix), take = query.Limit + 1, now = now.Milliseconds });

        var tags = new Dictionary<long, Tag>();
        foreach (var row in rows)
            tags[row.Id] = await ToTagAsync(snapshot, row, query.Language);

        return Paging.PageOf(rows, query.Limit, cursor, row => tags[row.Id], row => $"{row.Kind}:{row.Slug}", at => seal.Write(at, query.Identity));
    }

    // By name where few begin like this, by the order of the list where many do: each way reads all tags in the other's case.
    private static async ValueTask<bool> IsRareAsync(Session session, string prefix) =>
        await session.FindAsync<long>(
            "select count(*) from (select 1 from tag_name where folded >= @prefix and folded < @beyond limit @Rare + 0)", new { prefix, beyond = Beyond(prefix), Rare }) < Rare;

    private static string Beyond(string? prefix) => prefix + "\U0010FFFF";

    private async ValueTask<Tag> ToTagAsync(Session session, Row row, Language? language)
    {
        var names = new Names(await session.ListAsync<Name>("select language, name as text from tag_name where tag_id = @Id", new { row.Id }));
        var (name, nameLanguage) = names.Pick(language?.Tag ?? site.DefaultLanguage, site.DefaultLanguage, row.Slug);
        return new Tag { Kind = row.Kind, Slug = row.Slug, Name = name, NameLanguage = nameLanguage, Names = names.All, Description = row.Description };
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string Kind { get; init; } = string.Empty;

        public string Slug { get; init; } = string.Empty;

        public string? Description { get; init; }
    }
}
