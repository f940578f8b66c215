namespace Galley.Http;

/// <summary>
/// A place in the order of changes, with the last one at which its reader had everything, as of when the names in its filters are understood; in a snapshot
/// also the position behind which it goes on, before it goes over to the changes since it began.
/// </summary>
internal readonly record struct ChangeToken(long Seq, long Begun, long Meaning, long? Position)
{
    // Half a token is both numbers: as many changes as nobody will ever make, and as many new meanings.
    private const int MeaningBits = 24;

    /// <summary>The identity of filters that let everything through.</summary>
    public const string Unfiltered = "\nTrue\n\n\n";

    /// <summary>What a token is good for: one question of one kind of reader.</summary>
    public static string PurposeOf(string filter, ContentLimits limits) => $"changes\n{filter}\n{limits.Identity}";

    public string Write(NumberSeal.SealedNumbers seal)
    {
        var understood = checked((Seq * (1L << MeaningBits)) + Meaning);
        return Position is { } position ? seal.Write(understood, Begun, position) : seal.Write(understood, Begun);
    }

    /// <summary>Null for what was not written here: of pairs of numbers at random one in thirty million is a place at all, and one in 2^80 a place in a log of a million changes.</summary>
    public static ChangeToken? Read(string text, NumberSeal.SealedNumbers seal) => Parse(text, seal) is { IsPossible: true } token ? token : null;

    private bool IsPossible => Begun >= 0 && Begun <= Seq;

    private static ChangeToken? Parse(string text, NumberSeal.SealedNumbers seal) => seal.Read(text) switch
    {
        [var understood, var begun] => new ChangeToken(understood >> MeaningBits, begun, understood & ((1 << MeaningBits) - 1), null),
        [var understood, var begun, var position] => new ChangeToken(understood >> MeaningBits, begun, understood & ((1 << MeaningBits) - 1), position),
        _ => null,
    };
}
