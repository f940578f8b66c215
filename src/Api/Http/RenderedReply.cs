using System.Text.Json;
using Galley.Content;
using Galley.Storage;
using Microsoft.AspNetCore.Http.Features;

namespace Galley.Http;

/// <summary>Writes an answer as it would go out, to be kept before it does.</summary>
internal static class RenderedReply
{
    /// <summary>The status, headers and bytes of an answer to this request. At once: it also runs inside the writer.</summary>
    public static Reply Of(HttpContext context, IResult answer)
    {
        var bytes = new MemoryStream();
        var response = new HttpResponseFeature();
        var body = new StreamResponseBodyFeature(bytes);
        var features = new FeatureCollection(context.Features);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(body);
        // Whoever has gone meanwhile will ask again.
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature());

        Require(answer.ExecuteAsync(new DefaultHttpContext(features)));
        Require(body.CompleteAsync());
        var headers = response.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new Reply { Status = response.StatusCode, Headers = ContentJson.WriteText(headers), Body = bytes.ToArray() };
    }

    private static void Require(Task written)
    {
        if (!written.IsCompleted)
            throw new InvalidOperationException("An answer that is kept awaits something else than its own bytes.");

        written.GetAwaiter().GetResult();
    }
}

/// <summary>An answer that was kept, given again.</summary>
internal sealed class RepeatedAnswer(Reply reply) : IResult
{
    /// <summary>Whether it is given for the first time after all.</summary>
    public bool IsFirst { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = (int)reply.Status;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(reply.Headers)!)
            response.Headers[name] = value;
        if (!IsFirst)
            response.Headers[IdempotencyKey.Replayed] = "true";
        if (reply.Body.Length > 0)
            await response.Body.WriteAsync(reply.Body, httpContext.RequestAborted);
    }
}
