using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace Galley.Http;

/// <summary>What an endpoint takes as its body. Not the framework's own metadata: with that, routing answers a wrong media type before anybody has looked at the key.</summary>
internal sealed record BodyMetadata(Type Type, string MediaType = RequestBody.Json);

/// <summary>Bodies come as they are: nobody unpacks what may be a bomb.</summary>
internal static class RequestBody
{
    public const string Json = "application/json";

    public const string MergePatch = "application/merge-patch+json";

    public static Problem Encoded => Problems.Of("unsupported-media-type", "Bodies are taken uncompressed only.") with
    {
        Headers = new Dictionary<string, string> { [HeaderNames.AcceptEncoding] = "identity" },
    };

    public static Problem OtherType(string method, string mediaType) =>
        Problems.Of("unsupported-media-type", $"Send {mediaType} in UTF-8.") with
        {
            Headers = new Dictionary<string, string> { [HttpMethods.IsPost(method) ? "Accept-Post" : HttpMethods.IsPatch(method) ? "Accept-Patch" : "Accept"] = mediaType },
        };

    public static bool HasType(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    public static bool IsEncoded(HttpRequest request) => request.Headers.ContainsKey(HeaderNames.ContentEncoding);

    /// <summary>The bytes of a body of one media type, within the endpoint's limit; or why there are none to speak of.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadAsync(HttpContext context, string mediaType)
    {
        var limit = context.GetEndpoint()!.Metadata.GetRequiredMetadata<BodyLimit>().MaxBytes;
        if (IsEncoded(context.Request))
            return (default, Encoded);
        if (!HasType(context.Request, mediaType))
            return (default, OtherType(context.Request.Method, mediaType));

        return await ReadAsync(context.Request, limit, context.RequestAborted) is { } body ? (body, null) : (default, Problems.Of("too-large", $"The body may have {limit} bytes."));
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        if (request.ContentLength > limit)
            return null;

        while (true)
        {
            var result = await request.BodyReader.ReadAsync(cancel);
            if (result.Buffer.Length > limit)
            {
                request.BodyReader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                request.BodyReader.AdvanceTo(result.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
