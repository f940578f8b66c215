using System.Globalization;
using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads the other sizes of a picture: what srcset offers by width, on the picture itself and on the sources beside it.</summary>
internal static class SourceSet
{
    public static IReadOnlyList<Rendition>? Read(IElement image, DroppedElements dropped)
    {
        // No more than could be kept: each picture beside many sources would read them all again.
        var sources = image.ParentElement is { LocalName: "picture" } picture ? picture.Children.Take(ImageRules.MaxRenditions).Where(child => child.LocalName == "source") : [];
        var renditions = new List<Rendition>();
        foreach (var candidate in sources.Append(image).SelectMany(Candidates).TakeWhile(_ => renditions.Count <= ImageRules.MaxRenditions))
        {
            if (HtmlAddress.Web(candidate.Url) is { } url)
                renditions.Add(candidate with { Url = url });
            else
                dropped.Add("An address in srcset that is not an absolute http or https URL");
        }

        if (renditions.Count > ImageRules.MaxRenditions)
            dropped.Add($"Renditions of a picture, more than {ImageRules.MaxRenditions}");

        return renditions.Count == 0 ? null : [.. renditions.Take(ImageRules.MaxRenditions)];
    }

    private static IEnumerable<Rendition> Candidates(IElement element)
    {
        var type = element.LocalName == "source" && element.GetAttribute("type") is { } name && ImageRules.IsMediaType(name) ? name : null;
        var text = element.GetAttribute("srcset") ?? string.Empty;
        for (var at = 0; at < text.Length;)
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == ','))
                at++;

            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
                at++;

            var url = text[start..at];
            if (url.EndsWith(','))
                continue;

            var end = text.IndexOf(',', at) is >= 0 and var comma ? comma : text.Length;
            if (WidthOf(text.AsSpan(at, end - at).Trim()) is { } width && url.Length > 0)
                yield return new Rendition { Url = url, Width = width, ContentType = type };
            at = end;
        }
    }

    private static int? WidthOf(ReadOnlySpan<char> descriptor) =>
        descriptor.EndsWith('w') && int.TryParse(descriptor[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width is >= 1 and <= ImageRules.MaxPixels ? width : null;
}
