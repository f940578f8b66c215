using System.Globalization;
using System.Text.RegularExpressions;

namespace Galley.Content.Body;

/// <summary>What an image may say of itself.</summary>
internal static partial class ImageRules
{
    public const int MaxText = 2_000;
    public const int MaxCredit = 500;
    public const int MaxRenditions = 20;
    public const int MaxPixels = 100_000;

    public static IEnumerable<Fault> Check(Image image, string pointer) =>
        CheckFile(image.Url, image.ContentType, image.Width, image.Height, image.Bytes, pointer)
            .Concat(CheckLength(image.Alt, MaxText, $"{pointer}/alt"))
            .Concat(CheckLength(image.Caption, MaxText, $"{pointer}/caption"))
            .Concat(CheckLength(image.Credit, MaxCredit, $"{pointer}/credit"))
            .Concat(CheckFocalPoint(image.FocalPoint, $"{pointer}/focalPoint"))
            .Concat(CheckRenditions(image.Renditions ?? [], $"{pointer}/renditions"));

    public static bool IsMediaType(string text) => MediaType().IsMatch(text);

    private static IEnumerable<Fault> CheckRenditions(IReadOnlyList<Rendition> renditions, string pointer)
    {
        if (renditions.Count > MaxRenditions)
            return [Fault.TooMany(pointer, MaxRenditions)];

        return renditions.SelectMany((each, i) =>
            CheckFile(each.Url, each.ContentType, each.Width, each.Height, each.Bytes, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}")));
    }

    private static IEnumerable<Fault> CheckFile(string? url, string? contentType, int? width, int? height, long? bytes, string pointer)
    {
        if (url is not null && WebAddress.Normalize(url) is null)
            yield return new Fault($"{pointer}/url", "invalid-url", "Expected an absolute http or https URL.", WebAddress.MaxLength);
        if (contentType is not null && !IsMediaType(contentType))
            yield return new Fault($"{pointer}/contentType", "invalid-value", "Expected a media type such as image/jpeg.");
        if (width is < 1 or > MaxPixels)
            yield return new Fault($"{pointer}/width", "out-of-range", $"Expected 1 to {MaxPixels} pixels.", MaxPixels);
        if (height is < 1 or > MaxPixels)
            yield return new Fault($"{pointer}/height", "out-of-range", $"Expected 1 to {MaxPixels} pixels.", MaxPixels);
        if (bytes is < 0)
            yield return new Fault($"{pointer}/bytes", "out-of-range", "A size is not negative.", 0);
    }

    private static IEnumerable<Fault> CheckFocalPoint(FocalPoint? point, string pointer)
    {
        if (point is { X: < 0 or > 1 })
            yield return new Fault($"{pointer}/x", "out-of-range", "Expected a fraction from 0 to 1.", 1);
        if (point is { Y: < 0 or > 1 })
            yield return new Fault($"{pointer}/y", "out-of-range", "Expected a fraction from 0 to 1.", 1);
    }

    private static IEnumerable<Fault> CheckLength(string? text, int limit, string pointer) => text?.Length > limit ? [Fault.TooLong(pointer, limit)] : [];

    [GeneratedRegex(@"^[a-z]+/[a-z0-9][a-z0-9.+-]{0,126}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MediaType();
}
