namespace Galley.Content.Body;

/// <summary>What a reader made of a text: its blocks, what it had to drop, and why it could not be read, where it could not.</summary>
internal sealed record BodyReading(IReadOnlyList<Block> Blocks, IReadOnlyList<DroppedElement> Dropped, Fault? Refusal = null)
{
    /// <summary>What keeps the text from being stored, all at the member it was sent in: the sender knows nothing of the blocks.</summary>
    public IEnumerable<Fault> Check(string pointer) => Refusal is { } refusal ? [refusal] : BlockRules.Check(Blocks, string.Empty).Select(fault => InText(fault, pointer));

    private static Fault InText(Fault fault, string pointer) =>
        fault.Pointer.Length == 0
            ? fault with { Pointer = pointer, Detail = $"As blocks: {fault.Detail}" }
            : fault with { Pointer = pointer, Detail = $"As blocks, at {fault.Pointer}: {fault.Detail}" };
}
