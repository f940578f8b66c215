using Galley.Http;
using Galley.Storage;

namespace Galley.Manage.Bulk;

/// <summary>Takes all lines before it carries out any, and then all of them or none, in one commit.</summary>
internal sealed class BulkBatch(BulkLines lines, Writer writer, ResultSpool results, Func<CancellationToken, ValueTask<BulkTerms?>> renew)
{
    private const int MaxLines = 1_000;
    private const long MaxBytes = 16 * 1024 * 1024;

    // Most clients look for an answer only when they have sent everything: beyond this they find their connection cut instead.
    private const long MaxDropped = 256 * 1024 * 1024;

    private static readonly Problem TooLarge = Problems.Of("too-large", $"With mode=atomic there may be {MaxLines} lines, and {MaxBytes} bytes of them. Send parts, or leave the mode out.");

    /// <summary>Carries them out. A problem where they are too many: then nothing is told of any.</summary>
    public async Task<Problem?> RunAsync(IAsyncEnumerable<RawLine> sent, CancellationToken cancel)
    {
        if (await renew(cancel) is not { } terms)
            return null;

        if (await ReadAsync(sent, terms, cancel) is not { } items)
            return TooLarge;

        // The key may have ended while lines came.
        if (await renew(cancel) is null)
            return null;

        var end = new BulkEnd();
        foreach (var result in await writer.WriteAlone(write => RunAsync(write, items, terms)))
        {
            end.Count(result);
            await results.WriteAsync(BulkResult.Write(result), cancel);
        }

        await results.WriteAsync(BulkResult.Write(end), cancel);
        return null;
    }

    private async ValueTask<List<BulkItem>?> ReadAsync(IAsyncEnumerable<RawLine> sent, BulkTerms terms, CancellationToken cancel)
    {
        var (items, bytes, isTooLarge) = (new List<BulkItem>(), 0L, false);
        await foreach (var line in sent.WithCancellation(cancel))
        {
            bytes += line.Length;
            isTooLarge = isTooLarge || items.Count == MaxLines || bytes > MaxBytes;
            if (isTooLarge)
                items.Clear();
            else
                items.Add(await lines.ReadAsync(line, terms, cancel));

            if (bytes > MaxDropped)
                break;

            // Reading what others ask for goes on between two lines.
            await Task.Yield();
        }

        return isTooLarge ? null : items;
    }

    // All of them, also where one has failed already: whoever sends them learns of every mistake at once.
    private async ValueTask<IReadOnlyList<BulkResult>> RunAsync(WriteSession write, IReadOnlyList<BulkItem> items, BulkTerms terms)
    {
        var told = new List<BulkResult>(items.Count);
        foreach (var item in items)
            told.Add(item.Told ?? await RunAsync(write, item));

        if (told.TrueForAll(result => result.Problem is null))
            return terms.IsDryRun ? write.Refused(told) : told;

        return write.Refused(told.ConvertAll(result => result.Problem is null ? BulkResult.NotCarriedOut(result.Line) : result));
    }

    private async ValueTask<BulkResult> RunAsync(WriteSession write, BulkItem item)
    {
        var (result, failure) = await write.RunPartAsync(item.Operation!);
        return failure is null ? result! : lines.Failed(item.Empty, failure);
    }
}
