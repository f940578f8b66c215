using System.Globalization;
using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads a picture.</summary>
internal static class HtmlImage
{
    public static Block? Read(IElement element, DroppedElements dropped)
    {
        if (element.GetAttribute("src") is { } source && HtmlAddress.Web(source) is { } url)
        {
            var image = new Image { Url = url, Alt = Label(element.GetAttribute("alt"), dropped), Width = Pixels(element, "width"), Height = Pixels(element, "height") };
            return new Block { Type = "image", Image = image };
        }

        dropped.Add("<img> without an absolute http or https URL");
        return null;
    }

    private static string? Label(string? text, DroppedElements dropped)
    {
        var running = new RunningText(dropped);
        running.Append(text ?? string.Empty);
        return running.Take().Text is { Length: > 0 } label ? PlainText.Normalize(label) : null;
    }

    private static int? Pixels(IElement element, string name) =>
        int.TryParse(element.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels is >= 1 and <= ImageRules.MaxPixels ? pixels : null;
}
