using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing.Taxonomy;

/// <summary>Makes sections and tags, and gives them their public names.</summary>
internal static class TaxonomyWriter
{
    public static async ValueTask<SectionRow> MakeSectionAsync(this WriteSession write, SectionRow? parent, string slug)
    {
        var section = new SectionRow
        {
            Id = write.NextId(),
            ParentId = parent?.Id ?? 0,
            Slug = slug,
            Path = parent is null ? slug : $"{parent.Path}/{slug}",
            MadeBy = MadeBy.Push,
        };
        await write.ExecuteAsync(
            "insert into section (id, parent_id, slug, path, made_by, position) values (@Id, @ParentId, @Slug, @Path, @MadeBy, 0)", section);
        return section;
    }

    public static async ValueTask<TagRow> MakeTagAsync(this WriteSession write, TagKey key)
    {
        var tag = new TagRow { Id = write.NextId(), Kind = key.Kind, Slug = key.Slug, MadeBy = MadeBy.Push };
        await write.ExecuteAsync("insert into tag (id, kind, slug, made_by) values (@Id, @Kind, @Slug, @MadeBy)", tag);
        return tag;
    }

    /// <summary>
    /// The article that readers see first in a section or under a tag gives it its public name, from <paramref name="debut"/> on. That it will is known as soon
    /// as it is scheduled, so that its name waits for no announcement; until then no name is settled: how a hidden story spelt it is nobody's business.
    /// </summary>
    public static async ValueTask NameAsync(this WriteSession write, SectionPlace section, string language, Debut debut)
    {
        await write.ExecuteAsync("update section set shown_at = @at, named_by = @ArticleId where id = @Id", new { section.Id, at = debut.At.Milliseconds, debut.ArticleId });
        await write.RenameSectionAsync(section.Id, [KeyValuePair.Create(language, section.Name)]);
    }

    /// <inheritdoc cref="NameAsync(WriteSession, SectionPlace, string, Debut)"/>
    public static async ValueTask NameAsync(this WriteSession write, TagPlace tag, string language, Debut debut)
    {
        await write.ExecuteAsync("update tag set shown_at = @at, named_by = @ArticleId where id = @Id", new { tag.Id, at = debut.At.Milliseconds, debut.ArticleId });
        await write.RenameTagAsync(tag.Id, [KeyValuePair.Create(language, tag.Name)]);
    }

    /// <summary>Takes back the name that an edition would have given from <paramref name="debut"/> on. Says whether it would have.</summary>
    public static async ValueTask<bool> UnnameAsync(this WriteSession write, Scope scope, Debut debut)
    {
        var unnamed = 0;
        if (scope.SectionId is { } sectionId)
        {
            unnamed = await write.ExecuteAsync(
                $"update section set shown_at = null where id = @sectionId and made_by = '{MadeBy.Push}' and shown_at = @at and named_by = @ArticleId",
                new { sectionId, at = debut.At.Milliseconds, debut.ArticleId });
        }

        if (scope.TagId is { } tagId)
        {
            unnamed = await write.ExecuteAsync(
                $"update tag set shown_at = null where id = @tagId and made_by = '{MadeBy.Push}' and shown_at = @at and named_by = @ArticleId",
                new { tagId, at = debut.At.Milliseconds, debut.ArticleId });
        }

        return unnamed > 0;
    }
}
