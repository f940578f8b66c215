using Galley.Http;

namespace Galley.Tool.Import;

/// <summary>How far an import has come: what became of the lines, and up to which one all are done, whatever the order in which their answers came.</summary>
internal sealed class ImportTally
{
    private readonly Lock _lock = new();
    private readonly long[] _results = new long[Enum.GetValues<ImportResult>().Length];
    private readonly SortedSet<long> _running = [];
    private long _begun;

    public long Bytes { get; private set; }

    public long Lines { get; private set; }

    public long this[ImportResult result]
    {
        get
        {
            lock (_lock)
                return _results[(int)result];
        }
    }

    /// <summary>The line up to which nothing is left to do: where an import goes on that was stopped.</summary>
    public long DoneUpTo
    {
        get
        {
            lock (_lock)
                return _running.Count > 0 ? _running.Min - 1 : _begun;
        }
    }

    /// <summary>Called in the order of the lines.</summary>
    public void Begin(long line)
    {
        lock (_lock)
        {
            _begun = line;
            _running.Add(line);
        }
    }

    public void Finish(RawLine line, ImportResult? result)
    {
        lock (_lock)
        {
            _running.Remove(line.Number);
            Bytes += line.Length;
            if (result is not { } known)
                return;

            Lines++;
            _results[(int)known]++;
        }
    }

    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"lines {Lines}, created {this[ImportResult.Created]}, updated {this[ImportResult.Updated]}, unchanged {this[ImportResult.Unchanged]}, deleted {this[ImportResult.Deleted]}, failed {this[ImportResult.Failed]}");
}
