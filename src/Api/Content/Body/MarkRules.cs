using System.Globalization;

namespace Galley.Content.Body;

/// <summary>What marks may stand on a text.</summary>
internal static class MarkRules
{
    public const int MaxMarks = 1_000;
    private const string Link = "link";

    public static readonly IReadOnlyList<string> Types = ["strong", "emphasis", "underline", "strike", "superscript", "subscript", "code", Link];

    public static IEnumerable<Fault> Check(IMarkedText text, string pointer, int maxText)
    {
        if (text.Text is { } value && value.Length > maxText)
            yield return Fault.TooLong($"{pointer}/text", maxText);

        if (text.Marks is not { } marks)
            yield break;

        if (marks.Count > MaxMarks)
        {
            yield return Fault.TooMany($"{pointer}/marks", MaxMarks);
            yield break;
        }

        for (var i = 0; i < marks.Count; i++)
        {
            foreach (var fault in CheckMark(marks[i], text.Text, string.Create(CultureInfo.InvariantCulture, $"{pointer}/marks/{i}")))
                yield return fault;
        }

        foreach (var fault in CheckOverlaps(marks, pointer))
            yield return fault;
    }

    private static IEnumerable<Fault> CheckMark(Mark mark, string? text, string pointer)
    {
        if (mark.Type is not null && !Types.Contains(mark.Type))
            yield return new Fault($"{pointer}/type", "invalid-value", $"Expected one of {string.Join(", ", Types)}.");

        if (mark.Start < 0 || (text is not null && IsInsidePair(text, mark.Start)))
            yield return new Fault($"{pointer}/start", "out-of-range", "A mark begins at 0 or later, and not inside a surrogate pair.", 0);
        if (mark.End <= mark.Start || (text is not null && (mark.End > text.Length || IsInsidePair(text, mark.End))))
            yield return new Fault($"{pointer}/end", "out-of-range", $"start < end ≤ {text?.Length ?? 0} does not hold, or it is inside a surrogate pair.", text?.Length);

        if (mark.Type == Link && mark.Href is null)
            yield return Fault.Required(pointer, "href");
        else if (mark.Type is not null and not Link && mark.Href is not null)
            yield return new Fault($"{pointer}/href", "unknown-member", "Only a link has href.");
        else if (mark.Href is not null && WebAddress.NormalizeLink(mark.Href) is null)
            yield return new Fault($"{pointer}/href", "invalid-url", "Expected an absolute http, https or mailto URL.", WebAddress.MaxLength);
    }

    private static bool IsInsidePair(string text, int offset) => offset > 0 && offset < text.Length && char.IsLowSurrogate(text[offset]) && char.IsHighSurrogate(text[offset - 1]);

    private static IEnumerable<Fault> CheckOverlaps(IReadOnlyList<Mark> marks, string pointer)
    {
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (mark, index) in marks.Select((mark, index) => (mark, index)).Where(pair => pair.mark.Type is not null).OrderBy(pair => pair.mark.Start))
        {
            if (ends.TryGetValue(mark.Type, out var end) && mark.Start < end)
                yield return new Fault(string.Create(CultureInfo.InvariantCulture, $"{pointer}/marks/{index}"), "overlap", $"Two marks of type {mark.Type} overlap.");

            ends[mark.Type] = Math.Max(mark.End, ends.GetValueOrDefault(mark.Type));
        }
    }
}
