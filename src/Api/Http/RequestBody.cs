using Microsoft.Net.Http.Headers;

namespace Galley.Http;

/// <summary>What an endpoint takes as its body. Not the framework's own metadata: with that, routing answers a wrong media type before anybody has looked at the key.</summary>
internal sealed record BodyMetadata(Type Type);

/// <summary>Bodies come as they are: nobody unpacks what may be a bomb.</summary>
internal static class RequestBody
{
    public static Problem Encoded => Problems.Of("unsupported-media-type", "Bodies are taken uncompressed only.") with
    {
        Headers = new Dictionary<string, string> { [HeaderNames.AcceptEncoding] = "identity" },
    };

    public static bool IsEncoded(HttpRequest request) => request.Headers.ContainsKey(HeaderNames.ContentEncoding);
}
