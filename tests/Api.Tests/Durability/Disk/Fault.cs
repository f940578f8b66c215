namespace Galley.Tests.Durability.Disk;

/// <summary>A disk that fails: at the <paramref name="number"/>-th operation of a kind from now on, once or until it is taken away.</summary>
internal sealed class Fault(FaultAt at, int number, int code, bool isLasting)
{
    private int _seen;

    /// <summary>How often it struck.</summary>
    public int Strikes { get; private set; }

    public int Code { get; } = code;

    public bool Hits(FaultAt operation)
    {
        if (operation != at || ++_seen < number || (_seen > number && !isLasting))
            return false;

        Strikes++;
        return true;
    }
}

internal enum FaultAt
{
    Read,
    Write,
    Sync,
    Truncate,
    Open,
}
