using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;

namespace Galley.Http;

/// <summary>The request target as it came over the wire: the framework's own path is decoded and tidied, which loses what some addresses need.</summary>
internal static class RawTarget
{
    public static string Of(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

        // The absolute form (RFC 9112 §3.2.2) has scheme and authority before the path.
        if (!target.StartsWith('/') && target.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
            return target.IndexOf('/', scheme + 3) is > 0 and var path ? target[path..] : "/";

        return target;
    }

    public static string PathOf(HttpContext context)
    {
        var target = Of(context);
        return target.IndexOf('?') is >= 0 and var query ? target[..query] : target;
    }

    public static string QueryOf(HttpContext context)
    {
        var target = Of(context);
        return target.IndexOf('?') is >= 0 and var query ? target[(query + 1)..] : string.Empty;
    }

    /// <summary>Whether any segment is <c>.</c> or <c>..</c>, also percent-encoded: servers and proxies read those differently.</summary>
    public static bool HasDotSegment(string path)
    {
        // Hardly any address has a dot next to a slash: look closer only then.
        if (!path.Contains("/.", StringComparison.Ordinal) && !path.Contains("/%2", StringComparison.OrdinalIgnoreCase))
            return false;

        return path.Split('/').Any(segment => segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..");
    }

    /// <summary>
    /// What stands behind the first <paramref name="segments"/> segments, percent-decoded exactly once. Null with a problem code where it has an empty
    /// segment or is not UTF-8.
    /// </summary>
    public static string? Rest(HttpContext context, int segments, out string? fault)
    {
        var path = PathOf(context);
        var start = 0;
        for (var i = 0; i <= segments && start >= 0; i++)
            start = path.IndexOf('/', start) + 1;

        var rest = path[start..];
        fault = rest.Length == 0 || rest.Split('/').Any(segment => segment.Length == 0) ? "malformed-request" : null;
        if (fault is not null)
            return null;

        var value = Decode(rest, plusIsSpace: false);
        fault = value is null ? "bad-encoding" : null;
        return value;
    }

    /// <summary>Percent-decodes once, as UTF-8; null where the bytes are not UTF-8 or an escape is broken.</summary>
    public static string? Decode(ReadOnlySpan<char> text, bool plusIsSpace)
    {
        if (!text.ContainsAny('%', '+') && Ascii.IsValid(text))
            return text.ToString();

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                    return null;

                bytes[length++] = Convert.FromHexString(text.Slice(i + 1, 2))[0];
                i += 2;
            }
            else if (text[i] < 0x80)
            {
                bytes[length++] = (byte)(plusIsSpace && text[i] == '+' ? ' ' : text[i]);
            }
            else
            {
                return null;
            }
        }

        return Utf8.IsValid(bytes.AsSpan(0, length)) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    /// <summary>Percent-encodes each segment of a path, for headers and URLs.</summary>
    public static string EncodePath(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
