using Galley.Content;
using Galley.Publishing;
using Galley.Publishing.Rendering;
using Galley.Storage;

namespace Galley.Preview;

/// <summary>What other articles give to a preview: only what every reader sees of them. A link to one hidden story tells nothing of another.</summary>
internal static class PreviewSlots
{
    /// <summary>The articles that readers see under the revision's own translation key.</summary>
    public static async ValueTask<IReadOnlyList<TranslationLink>?> ListTranslationsAsync(this Session session, ArticleRow row, ArticleContent content, Instant now)
    {
        if (content.TranslationKey is null || row.SourceId is null)
            return null;

        var links = await session.ListAsync<LinkRow>(
            $"""
            select e.language, e.public_id, {Address.Path} as path, e.headline
            from translation_group g join edition e on e.translation_group = g.id
            where g.source_id = @SourceId and g.key = @TranslationKey and e.public_id <> @PublicId and {Visible.Edition}
            order by e.language, e.public_id
            """,
            new { row.SourceId, content.TranslationKey, row.PublicId, now = now.Milliseconds });
        return links.Count == 0 ? null : [.. links.Select(link => new TranslationLink { Language = link.Language, Id = link.PublicId, Path = link.Path, Headline = link.Headline })];
    }

    /// <summary>The articles that the revision names, as far as readers see them, in its order.</summary>
    public static async ValueTask<IReadOnlyList<RelatedLink>?> ListRelatedAsync(this Session session, ArticleRow row, ArticleContent content, Instant now)
    {
        var links = new List<RelatedLink>();
        foreach (var use in content.Related)
        {
            var id = use.Id ?? (await session.FindArticleAsync(use.Source!, use.ExternalId!))?.PublicId;
            if (id is not null && id != row.PublicId && links.All(link => link.Id != id) && await FindVisibleAsync(session, id, now) is { } found)
                links.Add(new RelatedLink { Id = found.PublicId, Path = found.Path, Headline = found.Headline });
        }

        return links.Count == 0 ? null : links;
    }

    private static ValueTask<LinkRow?> FindVisibleAsync(Session session, string id, Instant now) =>
        session.FindAsync<LinkRow>(
            $"select e.language, e.public_id, {Address.Path} as path, e.headline from edition e where e.public_id = @id and {Visible.Edition}",
            new { id, now = now.Milliseconds });

    private sealed class LinkRow
    {
        public string Language { get; init; } = string.Empty;

        public string PublicId { get; init; } = string.Empty;

        public string Path { get; init; } = string.Empty;

        public string Headline { get; init; } = string.Empty;
    }
}
