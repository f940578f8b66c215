using System.Runtime.CompilerServices;
using Galley.Content;
using Galley.Manage.Sections;
using Galley.Manage.Tags;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Export;

/// <summary>
/// What no article brings along of sections and tags, as lines: those that were made by hand, and merges that readers know of. What pushes made is made again
/// by the articles that name it, and shows where it is imported no sooner than here.
/// </summary>
internal sealed class ExportTaxonomy(Database database, ManagedSectionReader sections, ManagedTagReader tags, Clock clock)
{
    private const int Portion = 50;

    /// <summary>Sections, each behind the one above it, and tags.</summary>
    public async IAsyncEnumerable<IReadOnlyList<byte[]>> ReadMadeByHandAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        for (string? after = string.Empty; after is not null;)
        {
            (var lines, after) = await ReadSectionsAsync(after, cancel);
            yield return lines;
        }

        for (long? after = 0; after is not null;)
        {
            (var lines, after) = await ReadTagsAsync(after.Value, cancel);
            yield return lines;
        }
    }

    /// <summary>Former tags whose slugs and names lead to another one.</summary>
    public async IAsyncEnumerable<IReadOnlyList<byte[]>> ReadMergesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        for (long? after = 0; after is not null;)
        {
            (var lines, after) = await ReadMergesAsync(after.Value, cancel);
            yield return lines;
        }
    }

    private async ValueTask<(IReadOnlyList<byte[]> Lines, string? After)> ReadSectionsAsync(string after, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var paths = await session.ListAsync<string>($"select path from section where path > @after and made_by = '{MadeBy.Hand}' order by path limit @take + 0", new { after, take = Portion });
        var lines = new List<byte[]>(paths.Count);
        foreach (var path in paths)
        {
            var section = (await sections.FindAsync(session, path, session.NotBefore(clock.Now)))!;
            lines.Add(ContentJson.Write(new { op = "put-section", section.Path, section = new { section.Names, section.Description, position = section.Position == 0 ? (int?)null : section.Position } }));
        }

        return (lines, paths.Count < Portion ? null : paths[^1]);
    }

    private async ValueTask<(IReadOnlyList<byte[]> Lines, long? After)> ReadTagsAsync(long after, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var rows = await session.ListAsync<TagRow>(
            $"select id, kind, slug, made_by from tag where id > @after and made_by = '{MadeBy.Hand}' and merged_into is null order by id limit @take + 0", new { after, take = Portion });
        var lines = new List<byte[]>(rows.Count);
        foreach (var row in rows)
        {
            var tag = (await tags.FindAsync(session, row.Key, session.NotBefore(clock.Now)))!;
            lines.Add(ContentJson.Write(new { op = "put-tag", tag.Kind, tag.Slug, tag = new { tag.Names, tag.Description, tag.SameAs, tag.Image } }));
        }

        return (lines, rows.Count < Portion ? null : rows[^1].Id);
    }

    private async ValueTask<(IReadOnlyList<byte[]> Lines, long? After)> ReadMergesAsync(long after, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var rows = await session.ListAsync<MergeRow>(
            $"""
            select a.id, a.kind || ':' || a.slug as going, t.kind || ':' || t.slug as staying
            from tag a join tag t on t.id = a.merged_into
            where a.id > @after and a.is_alias = 1 and {Existence.OfTag}
            order by a.id
            limit @take + 0
            """,
            new { after, take = Portion, now = session.NotBefore(clock.Now).Milliseconds });
        var lines = new List<byte[]>(rows.Count);
        foreach (var row in rows)
        {
            var names = new Names(await session.ListAsync<Name>("select language, name as text from tag_name where tag_id = @Id order by language", new { row.Id })).All;
            lines.Add(ContentJson.Write(new { op = "merge-tag", from = row.Going, into = row.Staying, tag = new { names } }));
        }

        return (lines, rows.Count < Portion ? null : rows[^1].Id);
    }

    private sealed class MergeRow
    {
        public long Id { get; init; }

        public string Going { get; init; } = string.Empty;

        public string Staying { get; init; } = string.Empty;
    }
}
