using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Galley.Content;

/// <summary>An address at which an article stood before: an absolute URL, or a path such as <c>/2014/05/12/story.html</c>.</summary>
internal static class Alias
{
    /// <summary>An alias in the form it is stored in; null where <paramref name="text"/> is none. A path stays as it was sent.</summary>
    public static string? Normalize(string text) =>
        IsUrl(text) ? WebAddress.Normalize(text)
        : text.Length <= WebAddress.MaxLength && Decode(text) is { } path && IsPath(path) ? text
        : null;

    public static bool IsUrl(string text) => text.Contains("://", StringComparison.Ordinal);

    /// <summary>A path as it is asked for: escapes decoded once, as UTF-8. Null where they cannot be, or where it has a fragment, which no server ever sees.</summary>
    public static string? Decode(string path)
    {
        if (path.AsSpan().ContainsAny('#', '\\'))
            return null;

        var text = Encoding.UTF8.GetBytes(path);
        var length = 0;
        for (var i = 0; i < text.Length; i++, length++)
        {
            text[length] = text[i];
            if (text[i] != '%')
                continue;
            if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out text[length]))
                return null;

            i += 2;
        }

        if (!Utf8.IsValid(text.AsSpan(0, length)))
            return null;

        var decoded = Encoding.UTF8.GetString(text, 0, length);
        return PlainText.FindFault(decoded) is null ? PlainText.Normalize(decoded) : null;
    }

    // As strict as addresses are: what no request could ask for is refused where it is sent.
    private static bool IsPath(string path) =>
        !path.Any(char.IsControl) && path.Trim() == path && Inner(path).Split('/').All(segment => segment.Length > 0 && segment is not ("." or ".."));

    private static string Inner(string path) => path[(path.StartsWith('/') ? 1 : 0)..] is var rest && rest.EndsWith('/') ? rest[..^1] : rest;
}
