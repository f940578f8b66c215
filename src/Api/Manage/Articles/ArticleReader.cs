using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>Reads articles as the newsroom sees them, whatever their state.</summary>
internal sealed class ArticleReader(Database database, Clock clock, SiteOptions site)
{
    public async ValueTask<StoredArticle?> FindAsync(ArticleTarget target, Caller caller, CancellationToken cancel)
    {
        using var session = await database.SnapshotAsync(cancel);
        var row = await session.FindArticleAsync(target);

        return row is null || !await caller.Limits.HoldAsync(session, row, clock.Now) ? null : await StoredArticle.LoadAsync(session, row, site, clock.Now);
    }
}
