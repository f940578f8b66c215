using Galley.Publishing.Rerendering;
using Galley.Publishing.Searching;
using Galley.Storage;

namespace Galley.Publishing.Rebuilding;

/// <summary>What of a damaged file is made again from the ground beside the articles: the change log, the search index.</summary>
internal sealed record RebuildParts(bool ChangeLog, bool Search);

/// <summary>
/// Makes the readers' world again of the newsroom's, where something else than the server has changed the file. What is as it must be stays untouched, in
/// portions, so that it may be stopped and run again. Nobody else writes meanwhile, and nobody reads.
/// </summary>
internal sealed partial class Rebuild(ArticleRebuilder articles, Rerender rerender, SearchKeeper search, Writer writer, ILogger<Rebuild> log)
{
    private const int Portion = 64;
    private const int PortionOfRows = 5_000;

    public async Task RunAsync(RebuildParts parts, CancellationToken cancel)
    {
        await writer.WriteAsync(Remains.DropOrphansAsync);
        while (await writer.WriteAsync(rerender.ContinueAsync))
            cancel.ThrowIfCancellationRequested();

        for (long? after = 0; after is { } id; cancel.ThrowIfCancellationRequested())
            after = await writer.WriteAsync(write => ContinueAsync(write, id));
        for (ListingPlace? after = new(long.MinValue, long.MinValue); after is { } place; cancel.ThrowIfCancellationRequested())
            after = await writer.WriteAsync(write => Remains.UnlistAsync(write, place, PortionOfRows));

        await writer.WriteAsync(async write =>
        {
            await Remains.DropOrphansAsync(write);
            await Remains.CountShownAsync(write);
            await Remains.RaiseCountersAsync(write);
            await Remains.RememberGoneAsync(write);
            await Remains.BeginLogAnewAsync(write, parts.ChangeLog);
            if (parts.Search)
                await write.PutSearchStateAsync(SearchState.Analyzer, 0);
            return true;
        });

        while (await writer.WriteAsync(search.ContinueAsync))
            cancel.ThrowIfCancellationRequested();
    }

    private async ValueTask<long?> ContinueAsync(WriteSession write, long after)
    {
        var portion = await write.ListAsync<ArticleRow>($"select {ArticleRow.Columns} from article where id > @after order by id limit @Portion + 0", new { after, Portion });
        foreach (var article in portion)
        {
            // One that cannot be made again must not keep the others from it; what is wrong with it is found again afterwards.
            if (await write.TryAsync(() => articles.RebuildAsync(write, article)) is { } failure)
                LogFailure(log, article.PublicId, failure);
        }

        return portion.Count == Portion ? portion[^1].Id : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Article {PublicId} could not be made again.")]
    private static partial void LogFailure(ILogger log, string publicId, Exception exception);
}
