using System.Buffers.Text;
using Microsoft.Net.Http.Headers;

namespace Galley.Http;

/// <summary>Strong entity tags, and the conditions requests make with them (RFC 9110 §13).</summary>
internal static class EntityTags
{
    public static string Of(ReadOnlySpan<byte> hash) => $"\"{Base64Url.EncodeToString(hash)}\"";

    /// <summary>Whether If-None-Match names <paramref name="tag"/>: the client has these bytes already. Compared weakly, as the standard has it.</summary>
    public static bool IsKnown(HttpRequest request, string tag)
    {
        // Nearly everybody sends none, or the one he was given: neither is worth a parser.
        var sent = request.Headers.IfNoneMatch;
        if (sent.Count == 0 || (sent.Count == 1 && sent[0] == tag))
            return sent.Count > 0;

        var known = request.GetTypedHeaders().IfNoneMatch;
        var present = new EntityTagHeaderValue(tag);
        return known.Any(each => each.Equals(EntityTagHeaderValue.Any) || each.Compare(present, useStrongComparison: false));
    }

    /// <summary>Whether If-Modified-Since, which counts only without If-None-Match, is not before <paramref name="lastModified"/>.</summary>
    public static bool IsUnmodified(HttpRequest request, DateTimeOffset? lastModified) =>
        lastModified is not null && request.Headers.IfModifiedSince.Count > 0 && request.Headers.IfNoneMatch.Count == 0 && request.GetTypedHeaders().IfModifiedSince >= lastModified;
}
