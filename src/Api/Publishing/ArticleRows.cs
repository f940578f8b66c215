using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Reads and writes the newsroom's own rows: article and revision.</summary>
internal static class ArticleRows
{
    public static ValueTask<ArticleRow?> FindArticleAsync(this Session session, long id) =>
        session.FindAsync<ArticleRow>($"select {ArticleRow.Columns} from article where id = @id", new { id });

    public static ValueTask<ArticleRow?> FindArticleAsync(this Session session, string publicId) =>
        session.FindAsync<ArticleRow>($"select {ArticleRow.Columns} from article where public_id = @publicId", new { publicId });

    public static ValueTask<ArticleRow?> FindArticleAsync(this Session session, string source, string externalId) =>
        session.FindAsync<ArticleRow>(
            $"""
            select {ArticleRow.Columns}
            from article
            where id = (
                select k.article_id
                from source s join article_key k on k.source_id = s.id
                where s.slug = @source and k.external_id = @externalId
            )
            """,
            new { source, externalId });

    public static async ValueTask<ArticleContent> LoadContentAsync(this Session session, long articleId, long revision)
    {
        var document = await session.FindAsync<byte[]>(
            "select document from revision where article_id = @articleId and number = @revision", new { articleId, revision });

        return ContentJson.Read<ArticleContent>(document);
    }

    /// <summary>Takes the text out of every revision of an article; what <paramref name="remains"/> tells keys for what the article is.</summary>
    public static ValueTask<int> EmptyRevisionsAsync(this WriteSession write, long articleId, ArticleContent remains) =>
        write.ExecuteAsync(
            "update revision set document = @document where article_id = @articleId",
            new { articleId, document = ContentJson.Write(new ArticleContent { Language = remains.Language, Section = remains.Section, Status = ArticleContent.Draft }) });

    public static ValueTask<string?> FindSourceSlugAsync(this Session session, long? sourceId) =>
        sourceId is null ? new((string?)null) : session.FindAsync<string>("select slug from source where id = @sourceId", new { sourceId });

    public static async ValueTask InsertAsync(this WriteSession write, ArticleRow article)
    {
        await write.ExecuteAsync(
            """
            insert into article (id, public_id, source_id, external_id, state, language_id, wished_slug, slug, translation_group, working_revision,
                version, shown_hash, shown_revision, first_published_at, updated_at, shown_position, unpublish_at, created_at, modified_at)
            values (@Id, @PublicId, @SourceId, @ExternalId, @State, @LanguageId, @WishedSlug, @Slug, @TranslationGroup, @WorkingRevision,
                @Version, @ShownHash, @ShownRevision, @FirstPublishedAt, @UpdatedAt, @ShownPosition, @UnpublishAt, @CreatedAt, @ModifiedAt)
            """,
            article);

        if (article.SourceId is not null)
            await write.ExecuteAsync("insert into article_key (source_id, external_id, article_id) values (@SourceId, @ExternalId, @Id)", article);
    }

    public static ValueTask<int> UpdateAsync(this WriteSession write, ArticleRow article) =>
        write.ExecuteAsync(
            """
            update article
            set state = @State, language_id = @LanguageId, wished_slug = @WishedSlug, slug = @Slug, translation_group = @TranslationGroup,
                working_revision = @WorkingRevision, version = @Version, shown_hash = @ShownHash, shown_revision = @ShownRevision, first_published_at = @FirstPublishedAt,
                updated_at = @UpdatedAt, shown_position = @ShownPosition, unpublish_at = @UnpublishAt, modified_at = @ModifiedAt
            where id = @Id
            """,
            article);

    /// <summary>The id of a language or source, made at its first use.</summary>
    public static async ValueTask<long> LanguageIdAsync(this WriteSession write, string tag)
    {
        if (await write.FindAsync<long?>("select id from language where tag = @tag", new { tag }) is { } known)
            return known;

        // Small numbers of its own, not the common counter: every listing has one.
        var id = await write.FindAsync<long>("select count(*) + 1 from language");
        await write.ExecuteAsync("insert into language (id, tag) values (@id, @tag)", new { id, tag });
        return id;
    }

    /// <inheritdoc cref="LanguageIdAsync"/>
    public static async ValueTask<long> SourceIdAsync(this WriteSession write, string slug)
    {
        if (await write.FindAsync<long?>("select id from source where slug = @slug", new { slug }) is { } known)
            return known;

        var id = write.NextId();
        await write.ExecuteAsync("insert into source (id, slug) values (@id, @slug)", new { id, slug });
        return id;
    }
}
