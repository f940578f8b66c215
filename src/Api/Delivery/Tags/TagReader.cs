using Galley.Content;
using Galley.Content.Body;
using Galley.Delivery.Articles;
using Galley.Http;
using Galley.Publishing;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Delivery.Tags;

/// <summary>Reads the tags that exist for readers: made by hand, or on a visible article.</summary>
internal sealed class TagReader(Database database, CursorSeal seal, SiteOptions site, WalkBudget budget)
{
    private const string Columns = "t.id, t.kind, t.slug, t.description, t.same_as, t.image";

    private const string IsAmongNamed = "t.id in (select tag_id from tag_name where folded >= @Prefix and folded < @beyond)";
    private const string IsNamed = "exists (select 1 from tag_name n where n.tag_id = t.id and n.folded >= @Prefix and n.folded < @beyond)";

    // Names that begin alike; beyond this many a walk over the tags soon meets one.
    private const int Rare = 1_000;

    private const int Chunk = 64;

    public async ValueTask<Lookup<Tag>> FindAsync(string kind, string slug, Language? language, Instant now, CancellationToken cancel)
    {
        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var id = await snapshot.FindTagIdAsync(new TagKey(kind, slug));
        var row = id is null ? null : await snapshot.FindAsync<Row>($"select {Columns} from tag t where t.id = @id and {Existence.OfTag}", new { id, now = now.Milliseconds });
        return row is null ? new Lookup<Tag>.Missing()
            : (row.Kind, row.Slug) == (kind, slug) ? new Lookup<Tag>.Found(await ToTagAsync(snapshot, row, language))
            : new Lookup<Tag>.Moved($"{row.Kind}/{row.Slug}");
    }

    /// <summary>The page, or null where the cursor is not one of this list.</summary>
    public async ValueTask<Page<Tag>?> ListAsync(TagListQuery query, Instant now, CancellationToken cancel)
    {
        if (!seal.TryRead(query.Cursor, query.Identity, out var cursor))
            return null;

        using var snapshot = await database.SnapshotAsync(cancel);
        now = snapshot.NotBefore(now);
        var start = TagCursor.Of(cursor);
        var isByName = query.Prefix is { } prefix && await IsRareAsync(snapshot, prefix);
        var (rows, stoppedAt) = query.Section is { } section
            ? await TakeAsync(snapshot, query, section, start, isByName, now)
            : (await ReadAsync(snapshot, query, start, isByName, query.Limit + 1, now), null);

        var page = await Paging.PageOfAsync(rows, query.Limit, cursor, row => ToTagAsync(snapshot, row, query.Language), row => row.Place.ToString(), at => seal.Write(at, query.Identity));
        return stoppedAt is null ? page : page with { Links = page.Links.GoingOn(seal.Write(new Cursor(stoppedAt.ToString(), start.IsBackward), query.Identity), start.IsBackward) };
    }

    private static ValueTask<IReadOnlyList<Row>> ReadAsync(Session session, TagListQuery query, TagCursor start, bool isByName, int take, Instant now)
    {
        List<string> conditions = [start.ConditionOf(query.Kind), Existence.OfTag];
        if (query.Prefix is not null)
            conditions.Add(isByName ? IsAmongNamed : IsNamed);

        return session.ListAsync<Row>(
            $"""
            select {Columns}
            from tag t
            where {string.Join(" and ", conditions)}
            order by {(start.IsBackward ? "t.kind desc, t.slug desc" : "t.kind, t.slug")}
            limit @take + 0
            """,
            new { afterKind = start.After.Kind, afterSlug = start.After.Slug, query.Kind, query.Prefix, beyond = Beyond(query.Prefix), take, now = now.Milliseconds });
    }

    // Of the tags in their order those of which a visible article stands in the section; and where it stopped when the budget ended before the list did.
    private async ValueTask<(IReadOnlyList<Row> Rows, TagCursor? StoppedAt)> TakeAsync(Session session, TagListQuery query, SectionPath path, TagCursor start, bool isByName, Instant now)
    {
        var filter = new ScopeFilter(session);
        var section = await filter.SectionAsync(path, isWithDescendants: true);
        var everything = ListRange.Of(default, now, isAscending: false);
        // Where nobody sees anything there is nothing to walk through, whether or not the section exists.
        if ((await new ScopeWalk(session, everything, null, now, budget).TakeAsync(section, 1)).Positions.Count == 0)
            return ([], null);

        var rows = new List<Row>();
        for (var left = budget.Entries; ;)
        {
            var chunk = await ReadAsync(session, query, start, isByName, Chunk, now);
            foreach (var row in chunk)
            {
                var walk = new ScopeWalk(session, start.RangeOf(row.Key, everything), null, now, new WalkBudget(Math.Max(1, left)));
                var found = await walk.TakeAsync(new ScopeExpression.All([await filter.TagAsync(row.Id), section]), 1);
                left -= walk.Read;
                if (found.StoppedAt is { } position)
                    return (rows, start with { Within = (row.Key, position) });
                if (found.Positions.Count > 0)
                    rows.Add(row);

                start = start.Behind(row.Key);
                if (rows.Count > query.Limit)
                    return (rows, null);
            }

            if (chunk.Count < Chunk)
                return (rows, null);
        }
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
        return new Tag
        {
            Kind = row.Kind,
            Slug = row.Slug,
            Name = name,
            NameLanguage = nameLanguage,
            Names = names.All,
            Description = row.Description,
            SameAs = row.SameAs is null ? null : ContentJson.Read<IReadOnlyList<string>>(row.SameAs),
            Image = row.Image is null ? null : ContentJson.Read<Image>(row.Image),
        };
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string Kind { get; init; } = string.Empty;

        public string Slug { get; init; } = string.Empty;

        public TagKey Key => new(Kind, Slug);

        public TagCursor Place => new(Key, null, false);

        public string? Description { get; init; }

        public byte[]? SameAs { get; init; }

        public byte[]? Image { get; init; }
    }
}
