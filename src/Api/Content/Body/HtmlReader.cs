namespace Galley.Content.Body;

/// <summary>Reads HTML into blocks. Nothing of the HTML itself is kept: only text, and what the allow-list of the walk makes of elements.</summary>
internal static class HtmlReader
{
    public static BodyReading Read(string html, string pointer)
    {
        var (nodes, refusal) = HtmlFragment.Parse(html, pointer);
        if (nodes is null)
            return new BodyReading([], [], refusal);

        var dropped = new DroppedElements();
        return new BodyReading(BlockNormalizer.Normalize(HtmlFlow.Read(nodes, dropped)), dropped.At(pointer));
    }
}
