using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>What the configuration makes an article's canonical URL of.</summary>
internal sealed class MadeUrl : Stand
{
    public string PublicId { get; init; } = string.Empty;

    public long ArticleId { get; init; }

    public long Position { get; init; }

    public long Slots { get; init; }

    public string Path { get; init; } = string.Empty;

    /// <summary>The canonical URL that the configuration makes; null where its sender gave one.</summary>
    public string? Of(ArticleUrl articleUrl) => ((SlotKinds)Slots).HasFlag(SlotKinds.CanonicalUrl) ? articleUrl.Of(PublicId, Path) : null;
}

/// <summary>Reads back the canonical URLs that the configuration makes: none of them is stored.</summary>
internal static class MadeUrls
{
    private const string Columns = $"e.public_id, e.article_id, e.position, e.slots, e.section_id, e.language_id, e.source_id, {Address.Path} as path";

    /// <summary>The visible articles whose canonical URL the configuration makes to be this one, of one language or of all.</summary>
    public static async ValueTask<IReadOnlyList<MadeUrl>> ListMadeAsync(this Session session, ArticleUrl articleUrl, string url, Instant now, string? language = null)
    {
        if (articleUrl.Read(url) is not { } address)
            return [];

        var asked = WebAddress.Comparable(url);
        return [.. (await ListNamedAsync(session, address, language, now)).Where(named => named.Of(articleUrl) is { } made && WebAddress.Comparable(made) == asked)];
    }

    /// <summary>The languages that an address may mean: where it does not say it, any.</summary>
    public static async ValueTask<IReadOnlyList<string>> ListLanguagesAsync(this Session session, SiteAddress address) =>
        address.Language is { } language ? [language] : await session.ListAsync<string>("select tag from language order by tag");

    /// <summary>The canonical URL that the newest revision has or will have by the configuration, where readers see it or will.</summary>
    public static async ValueTask<string?> FindMadeAsync(this Session session, ArticleUrl articleUrl, ArticleRow article) =>
        (await session.FindAsync<MadeUrl>(
            $"select {Columns} from edition e where e.article_id = @Id and e.revision = @WorkingRevision", new { article.Id, article.WorkingRevision }))?.Of(articleUrl);

    private static async ValueTask<IReadOnlyList<MadeUrl>> ListNamedAsync(Session session, SiteAddress address, string? only, Instant now)
    {
        if (address.Id is { } id)
            return await session.ListAsync<MadeUrl>($"select {Columns} from edition e where e.public_id = @id and {Visible.Edition}", new { id, now = now.Milliseconds });

        var named = new List<MadeUrl>();
        foreach (var language in (await session.ListLanguagesAsync(address)).Where(language => only is null || language == only))
        {
            named.AddRange(await session.ListAsync<MadeUrl>(
                $"select {Columns} from edition e where e.slug = @Slug and e.language = @language and {Visible.Edition}", new { address.Slug, language, now = now.Milliseconds }));
        }

        return named;
    }
}
