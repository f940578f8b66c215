using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Who has which slug. A hidden article reserves nothing: it gives way to every public one, and to a hidden one that appears earlier.</summary>
internal static class SlugKeeper
{
    private static readonly int[] SuffixLengths = [6, 12, 32];

    /// <summary>
    /// The slug under which an edition that appears at <paramref name="from"/> is rendered, as of <paramref name="at"/>: its wish, or with a suffix where that is taken.
    /// </summary>
    public static async ValueTask<string> ClaimAsync(this WriteSession write, ArticleRow article, string language, string wish, Instant from, Instant at)
    {
        if (!await write.IsTakenAsync(article.Id, language, wish, from, at))
            return wish;

        foreach (var length in SuffixLengths)
        {
            var suffixed = Suffixed(article, wish, length);
            if (!await write.IsTakenAsync(article.Id, language, suffixed, from, at))
                return suffixed;
        }

        throw new InvalidOperationException($"No slug is left for article {article.PublicId}.");
    }

    /// <summary>Whether <paramref name="slug"/> is what an article got in place of its wish.</summary>
    public static bool IsSuffixed(ArticleRow article, string wish, string slug) => SuffixLengths.Any(length => Suffixed(article, wish, length) == slug);

    /// <summary>Whether readers find another article under this slug now. That of one that is away gives way to nobody either, but whoever asks for it gets a suffix.</summary>
    public static async ValueTask<bool> IsSeenAsync(this WriteSession write, long articleId, string language, string slug) =>
        await write.FindAsync<long?>(
            $"select article_id from edition where language = @language and slug = @slug and article_id <> @articleId and {Visible.Now}",
            new { language, slug, articleId, now = write.Now.Milliseconds }) is not null;

    public static async ValueTask<bool> IsPubliclyTakenAsync(this Session session, long articleId, string language, string slug) =>
        await session.FindAsync<long?>(
            "select article_id from article_slug where language = @language and slug = @slug and is_current = 1 and article_id <> @articleId",
            new { language, slug, articleId }) is not null;

    /// <summary>Makes <paramref name="slug"/> the present one of a visible article. Its former ones answer 308 from now on, until another article takes them.</summary>
    public static async ValueTask OwnAsync(this WriteSession write, ArticleRow article, string language, string slug)
    {
        if (article.Slug is not null)
            await write.ExecuteAsync("update article_slug set is_current = 0 where article_id = @Id and is_current = 1", new { article.Id });

        await write.ExecuteAsync(
            """
            insert into article_slug (language, slug, article_id, public_id, is_current)
            values (@language, @slug, @Id, @PublicId, 1)
            on conflict (language, slug) do update set article_id = excluded.article_id, public_id = excluded.public_id, is_current = 1
            """,
            new { language, slug, article.Id, article.PublicId });
        article.Slug = slug;
    }

    // Never a counter: its next value would tell how many there are.
    private static string Suffixed(ArticleRow article, string wish, int length)
    {
        var room = Slug.MaxLength - length - 1;
        var kept = wish.Length <= room ? wish : wish[..(room - (char.IsHighSurrogate(wish[room - 1]) ? 1 : 0))].TrimEnd('-');
        return $"{kept}-{article.Guid.ToString("N")[..length]}";
    }

    private static async ValueTask<bool> IsTakenAsync(this WriteSession write, long articleId, string language, string slug, Instant from, Instant at) =>
        await write.IsPubliclyTakenAsync(articleId, language, slug)
        || (from > at && await write.FindAsync<long?>(
            """
            select article_id
            from edition
            where language = @language and slug = @slug and article_id <> @articleId and from_at > @at and (from_at, article_id) < (@from, @articleId)
            """,
            new { language, slug, articleId, at = at.Milliseconds, from = from.Milliseconds }) is not null);
}
