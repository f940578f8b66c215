using Galley.Http;

namespace Galley.Delivery.Changes;

/// <summary>
/// A place in the order of changes: behind one of them; or in a snapshot, behind a position, with the change it goes on from when it ends. With it, as of when
/// the names in its filters are understood.
/// </summary>
internal readonly record struct ChangeToken(long Seq, long Meaning, long? Position)
{
    public static ChangeToken Behind(long seq, long meaning) => new(seq, meaning, null);

    public string Write(NumberSeal.SealedNumbers seal) => Position is { } position ? seal.Write(Seq, Meaning, position) : seal.Write(Seq, Meaning);

    public static ChangeToken? Read(string text, NumberSeal.SealedNumbers seal) => seal.Read(text) switch
    {
        [var seq, var meaning] => new ChangeToken(seq, meaning, null),
        [var seq, var meaning, var position] => new ChangeToken(seq, meaning, position),
        _ => null,
    };
}
