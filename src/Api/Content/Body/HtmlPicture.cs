using System.Globalization;

namespace Galley.Content.Body;

/// <summary>Writes a picture as a figure, with its renditions where a browser can choose among them.</summary>
internal static class HtmlPicture
{
    public static void Write(HtmlBuilder html, Image image)
    {
        var renditions = (image.Renditions ?? []).Where(each => each.Width is not null).ToLookup(each => each.ContentType, StringComparer.Ordinal);
        var sources = renditions.Where(group => group.Key is not null).ToList();

        html.Open("figure");
        if (sources.Count > 0)
            html.Open("picture");
        foreach (var source in sources)
            html.Empty("source", ("type", source.Key), ("srcset", SourceSet(source)));
        html.Empty("img", ("src", image.Url), ("srcset", SourceSet(renditions[null])), ("width", Text(image.Width)), ("height", Text(image.Height)), ("alt", image.Alt ?? string.Empty));
        if (sources.Count > 0)
            html.Close("picture");

        WriteCaption(html, image);
        html.Close("figure");
    }

    private static void WriteCaption(HtmlBuilder html, Image image)
    {
        if (string.IsNullOrWhiteSpace(image.Caption) && string.IsNullOrWhiteSpace(image.Credit))
            return;

        html.Open("figcaption").Lines(image.Caption);
        if (!string.IsNullOrWhiteSpace(image.Credit))
            html.Open("small").Lines(image.Credit).Close("small");
        html.Close("figcaption");
    }

    private static string? SourceSet(IEnumerable<Rendition> renditions)
    {
        var candidates = string.Join(", ", renditions.Select(each => string.Create(CultureInfo.InvariantCulture, $"{Address(each.Url)} {each.Width}w")));
        return candidates.Length == 0 ? null : candidates;
    }

    // A comma at its end would be read as the one between two candidates.
    private static string Address(string url) => url.EndsWith(',') ? $"{url.TrimEnd(',')}{string.Concat(Enumerable.Repeat("%2C", url.Length - url.TrimEnd(',').Length))}" : url;

    private static string? Text(int? pixels) => pixels?.ToString(CultureInfo.InvariantCulture);
}
