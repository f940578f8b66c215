using Galley.Http;

namespace Galley.Delivery.Changes;

/// <summary>A place in the order of changes: behind one of them; or in a snapshot, behind a position, with the change it goes on from when it ends.</summary>
internal readonly record struct ChangeToken(long Seq, long? Position)
{
    public static ChangeToken Behind(long seq) => new(seq, null);

    public string Write(NumberSeal.SealedNumbers seal) => Position is { } position ? seal.Write(Seq, position) : seal.Write(Seq);

    public static ChangeToken? Read(string text, NumberSeal.SealedNumbers seal) => seal.Read(text) switch
    {
        [var seq] => new ChangeToken(seq, null),
        [var seq, var position] => new ChangeToken(seq, position),
        _ => null,
    };
}
