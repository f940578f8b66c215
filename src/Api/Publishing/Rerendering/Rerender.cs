using Galley.Content;
using Galley.Storage;

namespace Galley.Publishing.Rerendering;

/// <summary>How many articles are rendered again in one operation.</summary>
internal sealed record RerenderOptions(int Portion)
{
    public static readonly RerenderOptions Default = new(64);
}

/// <summary>
/// Carries a new name or place of a section or tag into the finished documents. What is hidden and the first of what is seen are done at once, in the
/// transaction of the change; the rest in portions, each its own operation, so that nobody waits for a section of a hundred thousand stories.
/// </summary>
internal sealed partial class Rerender(EditionMaker maker, RerenderOptions options, ILogger<Rerender> log) : IDisposable
{
    private readonly SemaphoreSlim _waiting = new(0);

    /// <summary>Begins: the editions in <paramref name="scope"/> are called or stand otherwise from now on.</summary>
    public async ValueTask BeginAsync(WriteSession write, Scope scope, IReadOnlyList<Scope>? gained = null, IReadOnlyList<Scope>? lost = null)
    {
        await maker.RemakeHiddenAsync(write, scope);
        await write.AddRerenderAsync(scope, gained ?? [], lost ?? []);
        // One after the other: what stands where is reckoned in the order in which it was moved.
        if (await ContinueAsync(write))
            _waiting.Release();
    }

    /// <summary>Does one portion of what has waited longest. Says whether more waits.</summary>
    public async ValueTask<bool> ContinueAsync(WriteSession write)
    {
        var jobs = await write.ListRerendersAsync();
        return jobs.Count > 0 && (await ContinueAsync(write, jobs[0]) || jobs.Count > 1);
    }

    /// <summary>Brings what readers see of one article up to date before anything else is done with it: whoever moves it must find it where it stands.</summary>
    public async ValueTask CatchUpAsync(WriteSession write, ArticleRow article)
    {
        if (await FindBehindAsync(write, article) is { } behind)
            await RemakeAsync(write, article, behind);
    }

    /// <summary>The same for an edition that readers have just ceased to see: nobody is told. Answers the scopes in which they last saw it, if those are others now.</summary>
    public async ValueTask<byte[]?> CatchUpUntoldAsync(WriteSession write, ArticleRow article)
    {
        if (await FindBehindAsync(write, article) is not { } behind)
            return null;

        await maker.RemakeShownAsync(write, article, behind);
        return behind.Scopes;
    }

    /// <summary>Waits until there may be work to do.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancel) => _waiting.WaitAsync(longest, cancel);

    public void Dispose() => _waiting.Dispose();

    private static async ValueTask<EditionRow?> FindBehindAsync(WriteSession write, ArticleRow article)
    {
        if (article.ShownPosition is not { } position)
            return null;

        var jobs = await write.ListRerendersAsync();
        return jobs.Count > 0 && await write.FindEditionAsync(position) is { } shown && jobs.Any(job => job.Concerns(shown)) ? shown : null;
    }

    private async ValueTask<bool> ContinueAsync(WriteSession write, RerenderJob job)
    {
        var positions = await write.ListNextAsync(job, write.Now, options.Portion);
        foreach (var position in positions)
        {
            // One article that cannot be rendered must not keep the others from it.
            if (await write.TryAsync(() => RemakeAsync(write, position)) is not { } failure)
                continue;

            LogFailure(log, position, failure);
            await RelistAsync(write, job, position);
        }

        if (positions.Count < options.Portion)
        {
            await write.FinishAsync(job);
            return false;
        }

        await write.AdvanceAsync(job, positions[^1]);
        return true;
    }

    private async ValueTask RemakeAsync(WriteSession write, long position)
    {
        var edition = (await write.FindEditionAsync(position))!;
        await RemakeAsync(write, (await write.FindArticleAsync(edition.ArticleId))!, edition);
    }

    // Its lists and counts must agree all the same.
    private static async ValueTask RelistAsync(WriteSession write, RerenderJob job, long position)
    {
        var edition = (await write.FindEditionAsync(position))!;
        var scopes = edition.ScopeList.Except(ScopeSet.Unpack(job.Lost)).Union(ScopeSet.Unpack(job.Gained));
        await write.RelistAsync(edition, scopes);
        if (await write.FindArticleAsync(edition.ArticleId) is { } article && article.ShownPosition == position)
            await TellAsync(write, article, edition);
    }

    private async ValueTask RemakeAsync(WriteSession write, ArticleRow article, EditionRow edition)
    {
        var content = await maker.RemakeShownAsync(write, article, edition);
        // One that readers see and that could not be announced yet is news when it can.
        if (edition.Position != article.ShownPosition)
            return;

        // Sent again it is what readers have, although a tag of it was merged into another meanwhile.
        article.ShownHash = EditionMaker.HashOf(content);
        await write.ExecuteAsync("update article set shown_hash = @ShownHash where id = @Id", new { article.Id, article.ShownHash });
        await TellAsync(write, article, edition);
    }

    private static async ValueTask TellAsync(WriteSession write, ArticleRow article, EditionRow edition)
    {
        await write.AppendAsync(article, ChangeKind.Taxonomy, write.Now, edition.Scopes);
        // A section that moved has other paths in it.
        if (edition.SectionId != 0)
            await write.EchoAsync(edition, write.Now);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The edition at {Position} could not be rendered again; it stands where it should, under the names it had.")]
    private static partial void LogFailure(ILogger log, long position, Exception exception);
}
