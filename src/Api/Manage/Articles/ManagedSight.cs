using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Manage.Articles;

/// <summary>Whether an article is there for a caller now, whatever it was when he asked first.</summary>
internal sealed class ManagedSight(Clock clock)
{
    public async ValueTask<bool> MayStillSeeAsync(Session session, Caller caller, long articleId) =>
        await session.FindArticleAsync(articleId) is { } row && await caller.Limits.HoldAsync(session, row, clock.Now);
}
