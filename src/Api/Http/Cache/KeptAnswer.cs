using Galley.Content;
using Galley.Storage;
using Microsoft.Extensions.Primitives;

namespace Galley.Http.Cache;

/// <summary>An answer as it goes out: headers, tag, bytes; and for how long it is true.</summary>
internal sealed record KeptAnswer(KeyValuePair<string, StringValues>[] Headers, string ContentType, string? ContentEncoding, string Tag, DateTimeOffset? LastModified, byte[] Body)
{
    // Of headers and the places where it is kept: about.
    private const int Overhead = 2_048;

    public required Dependencies DependsOn { get; init; }

    /// <summary>The last commit before it was read.</summary>
    public required long CommitNo { get; init; }

    /// <summary>When the clock changes its headers.</summary>
    public required Instant Until { get; init; }

    /// <summary>By which it is known in its line.</summary>
    public object Ticket { get; } = new();

    public int Size => Body.Length + Overhead;

    /// <summary>Whether somebody asked for it since the hand of the clock came by.</summary>
    public bool IsUsed { get; set; }

    public Task WriteAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;

        if (EntityTags.IsKnown(request, Tag) || EntityTags.IsUnmodified(request, LastModified))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        if (ContentEncoding is not null)
            response.Headers.ContentEncoding = ContentEncoding;
        // Without a token: making one costs each request as much as a header, and of a connection that is gone the server knows by itself.
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(Body, CancellationToken.None).AsTask();
    }
}
