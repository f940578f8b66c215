using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing;

/// <summary>Reads and writes corrections. They hang on the article, so that no push takes them away.</summary>
internal static class CorrectionRows
{
    /// <summary>The corrections of an article, the oldest first.</summary>
    public static async ValueTask<IReadOnlyList<Correction>> ListCorrectionsAsync(this Session session, long articleId) =>
    [
        .. (await session.ListAsync<CorrectionRow>("select at, kind, text from correction where article_id = @articleId order by at, number", new { articleId }))
            .Select(row => new Correction { At = new Instant(row.At), Kind = row.Kind, Text = row.Text }),
    ];

    /// <summary>The corrections of many articles by the article, the oldest first.</summary>
    public static async ValueTask<ILookup<long, Correction>> ListCorrectionsAsync(this Session session, IEnumerable<long> articleIds) =>
        (await session.ListOfAsync<CorrectionRow, long>("select article_id, at, kind, text from correction where article_id in @ids order by article_id, at, number", articleIds))
            .ToLookup(row => row.ArticleId, row => new Correction { At = new Instant(row.At), Kind = row.Kind, Text = row.Text });

    public static ValueTask<int> AddCorrectionAsync(this WriteSession write, ArticleRow article, Correction correction, string keyId) =>
        write.ExecuteAsync(
            """
            insert into correction (article_id, number, at, kind, text, key_id, created_at)
            values (@Id, (select count(*) + 1 from correction where article_id = @Id), @at, @Kind, @Text, @keyId, @now)
            """,
            new { article.Id, at = correction.At.Milliseconds, correction.Kind, correction.Text, keyId, now = write.Now.Milliseconds });

    private sealed class CorrectionRow
    {
        public long ArticleId { get; init; }

        public long At { get; init; }

        public string Kind { get; init; } = string.Empty;

        public string Text { get; init; } = string.Empty;
    }
}
