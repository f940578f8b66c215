using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Galley.Content;

/// <summary>Absolute addresses as the contract shows them: percent-encoded, the host as A-label, no user or password in them.</summary>
internal static partial class WebAddress
{
    public const int MaxLength = 2000;

    // The framework leaves them out, and what was sent would become another address.
    private static readonly SearchValues<char> DirectionControls = SearchValues.Create("\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>An http or https address in the form it is stored in; null where <paramref name="text"/> is none.</summary>
    public static string? Normalize(string text) => Normalize(text, Uri.UriSchemeHttp, Uri.UriSchemeHttps);

    /// <summary>The address of a link: http, https or mailto.</summary>
    public static string? NormalizeLink(string text) => Normalize(text, Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeMailto);

    /// <summary>Whether <paramref name="text"/> is the URI of a term in a vocabulary: http, https or urn, in ASCII.</summary>
    public static bool IsTerm(string text) =>
        text.Length <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "urn"
        && Uri.IsWellFormedUriString(text, UriKind.Absolute);

    /// <summary>
    /// The same text for all spellings of one address (RFC 3986 §6.2): scheme and host in lower case, escapes in one form, no default port, no dot segments,
    /// and no fragment, which names a place inside what the address names. The text must be normalised.
    /// </summary>
    public static string Comparable(string url)
    {
        var uri = new Uri(url);
        var port = uri.IsDefaultPort ? string.Empty : string.Create(CultureInfo.InvariantCulture, $":{uri.Port}");
        return $"{uri.Scheme}://{uri.Host.ToLowerInvariant()}{port}{Escape().Replace(uri.PathAndQuery, escape => escape.Value.ToUpperInvariant())}";
    }

    private static string? Normalize(string text, params ReadOnlySpan<string> schemes)
    {
        // The framework overlooks them, and then they would stand in a header or a feed.
        if (text.AsSpan().Trim().Length < text.Length || text.Any(char.IsControl))
            return null;

        if (text.AsSpan().ContainsAny(DirectionControls))
            return WithEscapedDirections(text) is { } escaped ? Normalize(escaped, schemes) : null;

        if (text.Length > MaxLength || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || !schemes.Contains(uri.Scheme))
            return null;

        if (uri.Scheme != Uri.UriSchemeMailto && (uri.Host.Length == 0 || uri.UserInfo.Length > 0 || text.Contains('\\', StringComparison.Ordinal)))
            return null;

        // What is a URI already stays as the sender wrote it, byte for byte.
        if (Ascii.IsValid(text) && Uri.IsWellFormedUriString(text, UriKind.Absolute))
            return text;

        var normalized = uri.Scheme == Uri.UriSchemeMailto ? uri.AbsoluteUri : WithAsciiHost(uri);
        return normalized?.Length <= MaxLength && Ascii.IsValid(normalized) ? normalized : null;
    }

    // Real addresses have them, pasted with a title. In a host they make it none.
    private static string? WithEscapedDirections(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return null;

        var host = scheme + 3;
        var authority = text.AsSpan(host).IndexOfAny('/', '?', '#');
        var path = host + authority;
        if (authority < 0 || text.AsSpan(0, path).ContainsAny(DirectionControls))
            return null;

        return text[..path] + string.Concat(text[path..].Select(c => DirectionControls.Contains(c) ? Uri.EscapeDataString(c.ToString()) : c.ToString()));
    }

    private static string? WithAsciiHost(Uri uri)
    {
        try
        {
            return new UriBuilder(uri) { Host = uri.IdnHost, Port = uri.IsDefaultPort ? -1 : uri.Port }.Uri.AbsoluteUri;
        }
        catch (UriFormatException)
        {
            // The framework takes a host apart only here: one with an invisible character in it has no A-label.
            return null;
        }
    }

    [GeneratedRegex("%[0-9a-f]{2}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Escape();
}
