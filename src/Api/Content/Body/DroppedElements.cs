using System.Globalization;

namespace Galley.Content.Body;

/// <summary>Counts what a reader drops, so that the sender hears of each kind once.</summary>
internal sealed class DroppedElements
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Add(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;

    /// <summary>Counts the links of what becomes a label, where nothing can be marked.</summary>
    public void AddLinks(IEnumerable<IMarkedText> texts, string place)
    {
        foreach (var _ in texts.SelectMany(text => text.Marks ?? []).Where(mark => mark.Type == "link"))
            Add($"A link in {place}");
    }

    /// <summary>One report for each kind, in the order in which they were met.</summary>
    public IReadOnlyList<DroppedElement> At(string pointer) =>
        [.. _counts.Select(each => new DroppedElement(pointer, string.Create(CultureInfo.InvariantCulture, $"{each.Key}: dropped {(each.Value == 1 ? "once" : $"{each.Value} times")}.")))];
}
