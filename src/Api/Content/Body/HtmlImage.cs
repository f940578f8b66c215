using System.Globalization;
using AngleSharp.Dom;

namespace Galley.Content.Body;

/// <summary>Reads a picture.</summary>
internal static class HtmlImage
{
    /// <summary>The title that Markdown gives a picture, which is its caption. In HTML a title is no more than a hint.</summary>
    public const string CaptionAttribute = "data-markdown-title";

    public static Block? Read(IElement element, DroppedElements dropped)
    {
        if (element.GetAttribute("src") is { } source && HtmlAddress.Web(source) is { } url)
        {
            return Block(new Image
            {
                Url = url,
                Alt = RunningText.Label(element.GetAttribute("alt"), dropped),
                Caption = RunningText.Label(element.GetAttribute(CaptionAttribute), dropped),
                Width = Pixels(element, "width"),
                Height = Pixels(element, "height"),
                Renditions = SourceSet.Read(element, dropped),
            });
        }

        dropped.Add("<img> without an absolute http or https URL");
        return null;
    }

    /// <summary>The picture that stands for a film: the film itself has no block.</summary>
    public static Block? ReadPoster(IElement element) =>
        element.GetAttribute("poster") is { } poster && HtmlAddress.Web(poster) is { } url ? Block(new Image { Url = url, Width = Pixels(element, "width"), Height = Pixels(element, "height") }) : null;

    private static Block Block(Image image) => new() { Type = "image", Image = image };

    private static int? Pixels(IElement element, string name) =>
        int.TryParse(element.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels is >= 1 and <= ImageRules.MaxPixels ? pixels : null;
}
