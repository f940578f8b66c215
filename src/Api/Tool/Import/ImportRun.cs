using System.Threading.Channels;
using Galley.Http;

namespace Galley.Tool.Import;

/// <summary>Reads lines and has several requests under way. All lines of one article take the same way, so that they arrive in the order in which they stand.</summary>
internal sealed class ImportRun(LineSender sender, ImportOptions options, ImportTally tally, ImportReport report)
{
    // As many as wait for their turn on each way; more would only be more memory.
    private const int Waiting = 2;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    /// <summary>Sends every line. Throws where the user stops it, or nothing more can be sent.</summary>
    public async Task RunAsync(Stream file, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var ways = Enumerable.Range(0, options.Connections).Select(_ => Channel.CreateBounded<(RawLine Raw, ImportLine Line)>(Waiting)).ToList();
        // All are waited for, whichever fails: what is under way is finished before anybody is told how far it came.
        await Task.WhenAll([StopAllOnFailureAsync(ReadAsync(file, ways, stop.Token), stop), .. ways.Select(way => StopAllOnFailureAsync(SendAsync(way.Reader, stop.Token), stop))]);
        cancel.ThrowIfCancellationRequested();
    }

    private async Task ReadAsync(Stream file, List<Channel<(RawLine Raw, ImportLine Line)>> ways, CancellationToken cancel)
    {
        try
        {
            await foreach (var item in ItemsIn(file, cancel))
            {
                tally.Begin(item.Line.Number);
                if (item.Line.Number <= options.Skip)
                    tally.Finish(item.Line, null);
                else
                    await TakeAsync(item, ways, cancel);
            }
        }
        finally
        {
            ways.ForEach(way => way.Writer.TryComplete());
        }
    }

    private IAsyncEnumerable<FileItem> ItemsIn(Stream file, CancellationToken cancel) => (options.Format ?? FileFormat.Ndjson) switch
    {
        FileFormat.Ndjson => LineReader.ReadAsync(file, cancel).Select(line => new FileItem(line)),
        FileFormat.Xml => XmlFile.ReadAsync(file, options.Language, cancel),
        var format => JsonFile.ReadAsync(file, format, options.Language, cancel),
    };

    private async Task TakeAsync(FileItem item, List<Channel<(RawLine Raw, ImportLine Line)>> ways, CancellationToken cancel)
    {
        var raw = item.Line;
        if (item.Skipped is { } why)
        {
            report.Skip(raw.Number, item.ExternalId, why);
            tally.Finish(raw, null);
            return;
        }

        if (item.Mended is { Count: > 0 } mended)
            report.Mend(raw.Number, item.ExternalId, mended);
        if (ImportLine.Read(raw, options.Source, out var problem) is { } line)
        {
            if (line.Taxonomy is not null)
            {
                // Articles behind it stand in what it makes, and those before it may have what it merges.
                while (tally.DoneUpTo < raw.Number - 1)
                    await Task.Delay(Look, cancel);
                await SendAsync(raw, line, cancel);
                return;
            }

            var way = (uint)HashCode.Combine(line.Source, line.ExternalId) % (uint)ways.Count;
            await ways[(int)way].Writer.WriteAsync((raw with { Bytes = null }, line), cancel);
            return;
        }

        if (problem is not null)
            report.Add(raw.Number, item.ExternalId, problem);
        tally.Finish(raw, problem is null ? null : ImportResult.Failed);
    }

    private async Task SendAsync(ChannelReader<(RawLine Raw, ImportLine Line)> way, CancellationToken cancel)
    {
        await foreach (var (raw, line) in way.ReadAllAsync(cancel))
            await SendAsync(raw, line, cancel);
    }

    private async Task SendAsync(RawLine raw, ImportLine line, CancellationToken cancel)
    {
        var outcome = await sender.SendAsync(line, cancel);
        if (outcome.Problem is { } problem)
            report.Add(line.Number, line.ExternalId, problem);

        tally.Finish(raw, outcome.Result);
    }

    private static async Task StopAllOnFailureAsync(Task part, CancellationTokenSource stop)
    {
        try
        {
            await part;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
