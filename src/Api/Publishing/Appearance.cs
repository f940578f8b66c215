using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Announces that readers see an edition, or no longer do: everything that must be true from that instant on.</summary>
internal sealed class Appearance
{
    /// <summary>
    /// From <paramref name="at"/> on readers see <paramref name="edition"/>; before, <paramref name="previous"/> or nothing. Where that has been moved
    /// without their being told, they saw it in <paramref name="stood"/>.
    /// </summary>
    public async ValueTask AppearAsync(WriteSession write, ArticleRow article, EditionRow edition, ArticleContent content, EditionRow? previous, Instant at, byte[]? stood = null)
    {
        write.Touch(edition);
        var isReturning = article.WasVisible && previous is null;

        article.Version = edition.Version;
        article.ShownHash = EditionMaker.HashOf(content);
        article.ShownRevision = edition.Revision;
        article.FirstPublishedAt ??= edition.PublishedAt;
        article.UpdatedAt = edition.UpdatedAt;
        article.ShownPosition = edition.Position;

        if (previous is null || (previous.Language, previous.Slug) != (edition.Language, edition.Slug))
            await write.OwnAsync(article, edition.Language, edition.Slug);
        if (previous is null || (previous.SectionId, previous.LanguageId) != (edition.SectionId, edition.LanguageId))
        {
            await write.ExecuteAsync(
                "insert into article_stand (public_id, section_id, language_id, source_id) values (@PublicId, @SectionId, @LanguageId, @SourceId) on conflict do nothing", edition);
        }

        foreach (var (_, address) in content.Addresses)
            await write.ExecuteAsync("insert into article_address (address, public_id) values (@address, @PublicId) on conflict do nothing", new { address, edition.PublicId });
        if (isReturning)
            await write.ExecuteAsync("delete from gone where public_id = @PublicId", edition);

        await write.MoveShownCountsAsync(previous?.ScopeList ?? [], edition.ScopeList);
        await write.AppendAsync(article, previous is null ? ChangeKind.Published : ChangeKind.Updated, at, Whereabouts(previous, stood));
        await write.EchoAsync(previous, edition, at);
    }

    /// <summary>From <paramref name="at"/> on readers see nothing of the article, and its addresses answer 410. They saw it also in <paramref name="stood"/>.</summary>
    public async ValueTask DisappearAsync(WriteSession write, ArticleRow article, EditionRow edition, string changeKind, Instant at, byte[]? stood = null)
    {
        article.ShownPosition = null;
        await write.RemoveEditionAsync(edition);
        await write.ExecuteAsync(
            "insert into gone (public_id, reason, at) values (@PublicId, @changeKind, @at) on conflict (public_id) do update set reason = excluded.reason, at = excluded.at",
            new { edition.PublicId, changeKind, at = at.Milliseconds });
        await write.MoveShownCountsAsync(edition.ScopeList, []);
        await write.AppendAsync(article, changeKind, at, Whereabouts(edition, stood));
        await write.EchoAsync(edition, null, at);
    }

    private static byte[] Whereabouts(EditionRow? previous, byte[]? stood) => (previous, stood) switch
    {
        (null, _) => [],
        (_, null) => previous.Scopes,
        _ => ScopeSet.Pack(ScopeSet.Unpack(previous.Scopes).Union(ScopeSet.Unpack(stood))),
    };
}
