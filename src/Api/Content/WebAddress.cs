using System.Text;

namespace Galley.Content;

/// <summary>Absolute addresses as the contract shows them: percent-encoded, the host as A-label, no user or password in them.</summary>
internal static class WebAddress
{
    public const int MaxLength = 2000;

    /// <summary>An http or https address in the form it is stored in; null where <paramref name="text"/> is none.</summary>
    public static string? Normalize(string text) => Normalize(text, Uri.UriSchemeHttp, Uri.UriSchemeHttps);

    /// <summary>The address of a link: http, https or mailto.</summary>
    public static string? NormalizeLink(string text) => Normalize(text, Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeMailto);

    /// <summary>Whether <paramref name="text"/> is the URI of a term in a vocabulary: http, https or urn, in ASCII.</summary>
    public static bool IsTerm(string text) =>
        text.Length <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "urn"
        && Uri.IsWellFormedUriString(text, UriKind.Absolute);

    private static string? Normalize(string text, params ReadOnlySpan<string> schemes)
    {
        // The framework overlooks them, and then they would stand in a header or a feed.
        if (text.AsSpan().Trim().Length < text.Length || text.Any(char.IsControl))
            return null;

        if (text.Length > MaxLength || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || !schemes.Contains(uri.Scheme))
            return null;

        if (uri.Scheme != Uri.UriSchemeMailto && (uri.Host.Length == 0 || uri.UserInfo.Length > 0 || text.Contains('\\', StringComparison.Ordinal)))
            return null;

        // What is a URI already stays as the sender wrote it, byte for byte.
        if (Ascii.IsValid(text) && Uri.IsWellFormedUriString(text, UriKind.Absolute))
            return text;

        var normalized = uri.Scheme == Uri.UriSchemeMailto ? uri.AbsoluteUri : WithAsciiHost(uri);
        return normalized.Length <= MaxLength && Ascii.IsValid(normalized) ? normalized : null;
    }

    private static string WithAsciiHost(Uri uri) =>
        new UriBuilder(uri) { Host = uri.IdnHost, Port = uri.IsDefaultPort ? -1 : uri.Port }.Uri.AbsoluteUri;
}
