using System.Threading.Channels;
using Galley.Http;
using Galley.Storage;

namespace Galley.Manage.Bulk;

/// <summary>Takes lines in units, as far as there is room for them, has the writer carry them out in their order, and tells what became of each once that is on disk.</summary>
internal sealed class BulkStream(BulkLines lines, Writer writer, BulkTurns turns, ResultSpool results, Func<CancellationToken, ValueTask<BulkTerms?>> renew)
{
    private const int UnitLines = 64;
    private const int UnitBytes = 256 * 1024;
    private const int UnitsUnderWay = 3;

    private readonly BulkEnd _end = new();

    /// <summary>Carries all of it out. Says whether it came to the end; if not, nobody is told that it did.</summary>
    public async Task<bool> RunAsync(IAsyncEnumerable<RawLine> sent, CancellationToken cancel)
    {
        using var room = new SemaphoreSlim(UnitsUnderWay);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var underWay = Channel.CreateUnbounded<Unit>();
        var telling = TellAsync(underWay.Reader, room, failed);
        var isWhole = false;
        try
        {
            isWhole = await TakeAsync(sent, underWay.Writer, room, failed.Token);
        }
        finally
        {
            underWay.Writer.Complete();
            // What the writer has is told, also where nothing more will come.
            isWhole &= await telling;
        }

        if (isWhole)
            await results.WriteAsync(BulkResult.Write(_end), cancel);

        return isWhole;
    }

    private async Task<bool> TakeAsync(IAsyncEnumerable<RawLine> sent, ChannelWriter<Unit> underWay, SemaphoreSlim room, CancellationToken cancel)
    {
        await using var each = sent.GetAsyncEnumerator(cancel);
        Unit? unit = null;
        try
        {
            while (true)
            {
                var next = each.MoveNextAsync();
                // Whoever waits for an answer before sending more gets it.
                if (!next.IsCompleted)
                    unit = Submit(unit, underWay);
                if (!await next)
                    break;

                unit ??= await BeginAsync(room, cancel);
                if (unit.Terms is not { } terms)
                    return false;

                unit.Add(await lines.ReadAsync(each.Current, terms, cancel), each.Current.Length);
                if (unit is { Items.Count: >= UnitLines } or { Bytes: >= UnitBytes })
                    unit = Submit(unit, underWay);

                // Reading what others ask for goes on between two lines.
                await Task.Yield();
            }

            unit = Submit(unit, underWay);
            return true;
        }
        finally
        {
            if (unit is not null)
                End(room);
        }
    }

    private async ValueTask<Unit> BeginAsync(SemaphoreSlim room, CancellationToken cancel)
    {
        await room.WaitAsync(cancel);
        try
        {
            await turns.BeginUnitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            room.Release();
            throw;
        }

        try
        {
            // A key may end while its stream goes on.
            return new Unit(await renew(cancel));
        }
        catch
        {
            End(room);
            throw;
        }
    }

    private Unit? Submit(Unit? unit, ChannelWriter<Unit> underWay)
    {
        if (unit is null)
            return null;

        unit.Answers = new(writer.WriteInTime(unit.Items.Where(item => item.Operation is not null).Select(item => item.Operation!)));
        underWay.TryWrite(unit);
        return null;
    }

    private async Task<bool> TellAsync(ChannelReader<Unit> underWay, SemaphoreSlim room, CancellationTokenSource failed)
    {
        var isWhole = true;
        await foreach (var unit in underWay.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                foreach (var item in unit.Items)
                    isWhole = isWhole && await TellAsync(item, unit, failed.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
            {
                isWhole = false;
            }
            finally
            {
                End(room);
            }

            if (!isWhole)
                await failed.CancelAsync();
        }

        return isWhole;
    }

    // False where the server stops: then nothing was written, and nothing more is told.
    private async ValueTask<bool> TellAsync(BulkItem item, Unit unit, CancellationToken cancel)
    {
        var result = item.Told;
        if (item.Operation is not null)
        {
            try
            {
                result = await unit.Answers.Dequeue();
            }
            catch (Exception exception)
            {
                if (exception is OutageException { Code: "shutting-down" })
                    return false;

                result = lines.Failed(item.Empty, exception);
            }
        }

        _end.Count(result!);
        await results.WriteAsync(BulkResult.Write(result), cancel);
        return true;
    }

    private void End(SemaphoreSlim room)
    {
        turns.EndUnit();
        room.Release();
    }

    /// <summary>Lines that go to the writer together; without terms where they may not any more.</summary>
    private sealed class Unit(BulkTerms? terms)
    {
        public BulkTerms? Terms => terms;

        public List<BulkItem> Items { get; } = [];

        public long Bytes { get; private set; }

        public Queue<Task<BulkResult>> Answers { get; set; } = new();

        public void Add(BulkItem item, long bytes)
        {
            Items.Add(item);
            Bytes += bytes;
        }
    }
}
