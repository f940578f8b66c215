using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads text in which white space counts.</summary>
internal static class HtmlCode
{
    private const string LanguagePrefix = "language-";

    public static Block? Read(IElement element, DroppedElements dropped)
    {
        var text = new RunningText(dropped);
        Collect(element, text, dropped);
        var code = text.Take().Text;
        return string.IsNullOrWhiteSpace(code) ? null : new Block { Type = "code", Text = code, Language = LanguageOf(element) };
    }

    private static void Collect(IElement element, RunningText text, DroppedElements dropped)
    {
        foreach (var child in element.ChildNodes)
        {
            if (child is IText run)
                text.AppendAsItStands(run.Data);
            else if (child is IElement inner && (HtmlElements.IsDropped(inner) || inner.LocalName is "img"))
                dropped.Add($"<{inner.LocalName}>");
            else if (child is IElement { LocalName: "br" })
                text.Break();
            else if (child is IElement kept)
                Collect(kept, text, dropped);
        }
    }

    private static string? LanguageOf(IElement element) =>
        new[] { element, element.FirstElementChild }
            .SelectMany(each => each?.ClassList ?? Enumerable.Empty<string>())
            .Where(name => name.StartsWith(LanguagePrefix, StringComparison.Ordinal) && name.Length > LanguagePrefix.Length && PlainText.FindFault(name) is null)
            .Select(name => PlainText.Normalize(name[LanguagePrefix.Length..]))
            .FirstOrDefault();
}
