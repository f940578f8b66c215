using System.Buffers;
using System.Reflection;
using Galley.Content;
using Galley.Http.Cache;
using Galley.Storage;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Galley.Http;

/// <summary>Finished bytes with their tag and what the headers say of them.</summary>
internal sealed record Representation(IReadOnlyList<ReadOnlyMemory<byte>> Parts, string Tag)
{
    /// <summary>Makes the bytes out of the parts, where they are not the bytes themselves: only once somebody needs them.</summary>
    public Func<IReadOnlyList<ReadOnlyMemory<byte>>, IReadOnlyList<ReadOnlyMemory<byte>>>? Make { get; init; }

    public string MediaType { get; init; } = "application/json";

    /// <summary>When the bytes last changed; null while that is not known exactly.</summary>
    public DateTimeOffset? LastModified { get; init; }

    public string? Language { get; init; }

    /// <summary>The address of what is answered, where it is not the one that was asked.</summary>
    public string? Location { get; init; }

    /// <summary>RFC 8288 links, already in the header's form.</summary>
    public string? Link { get; init; }

    /// <summary>An end the answer itself shows: a cache may not keep it longer.</summary>
    public Instant? ShownEnd { get; init; }

    /// <summary>When the clock changes its headers otherwise.</summary>
    public Instant? GoodUntil { get; init; }

    /// <summary>What caches in front may know it by; anonymous readers alone are told.</summary>
    public Func<SurrogateKeys>? Surrogates { get; init; }

    /// <summary>What it was made of.</summary>
    public Dependencies DependsOn { get; init; } = Dependencies.Any;
}

/// <summary>An answer of delivery whose bytes are ready: copied out, or 304 where the client has them.</summary>
internal abstract class Rendered(Representation representation, Instant now) : IResult
{
    // What caches may add up to after max-age: fresh, stale while revalidating, stale on error.
    private const int LongestStale = 90;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var coding = ContentCodings.Of(request);
        var tag = ContentCodings.TagOf(representation.Tag, coding);
        WriteHeaders(httpContext, tag);
        if (CachePlace.Of(httpContext) is { } place)
        {
            var answer = ToKeep(response, tag, coding, place);
            place.Keep(answer);
            ReadingTurns.Turn.End(httpContext);
            await answer.WriteAsync(httpContext);
            return;
        }

        if (EntityTags.IsKnown(request, tag) || EntityTags.IsUnmodified(request, representation.LastModified))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var parts = Made();
        if (ContentCodings.NameOf(coding) is { } name)
        {
            response.Headers.ContentEncoding = name;
            parts = [ContentCodings.Apply(coding, parts)];
        }

        response.ContentType = representation.MediaType;
        response.ContentLength = parts.Sum(part => (long)part.Length);
        if (HttpMethods.IsHead(request.Method))
            return;

        ReadingTurns.Turn.End(httpContext);
        var writer = response.BodyWriter;
        foreach (var part in parts)
            writer.Write(part.Span);

        await writer.FlushAsync(httpContext.RequestAborted);
    }

    protected static void Declare(EndpointBuilder builder, Type held, string mediaType)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, held, [mediaType]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
    }

    private IReadOnlyList<ReadOnlyMemory<byte>> Made() => representation.Make?.Invoke(representation.Parts) ?? representation.Parts;

    private KeptAnswer ToKeep(HttpResponse response, string tag, ContentCoding coding, CachePlace place) =>
        new([.. response.Headers], representation.MediaType, ContentCodings.NameOf(coding), tag, representation.LastModified, ContentCodings.Apply(coding, Made()))
        {
            DependsOn = representation.DependsOn,
            CommitNo = place.CommitNo,
            Until = Instant.Min(representation.GoodUntil ?? Instant.Never, representation.ShownEnd is { } end ? end.Plus(TimeSpan.FromSeconds(-LongestStale)) : Instant.Never),
        };

    private void WriteHeaders(HttpContext context, string tag)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;
        if (representation.Language is not null)
            headers.ContentLanguage = representation.Language;
        if (representation.Location is not null)
            headers.ContentLocation = representation.Location;
        if (representation.Link is not null)
            headers.Link = representation.Link;
        if (representation.LastModified is { } lastModified)
            headers.LastModified = HeaderUtilities.FormatDate(lastModified);

        if (representation.Surrogates is { } surrogates && Caller.Of(context) is null)
            headers[SurrogateKeys.Header] = surrogates().ToString();

        var secondsLeft = representation.ShownEnd is { } end ? (end.Milliseconds - now.Milliseconds) / 1000 : long.MaxValue;
        Conventions.SetFreshness(context, StatusCodes.Status200OK, secondsLeft < LongestStale ? (int)secondsLeft : null);
    }
}

/// <summary>The same in JSON. Declares what it holds as <typeparamref name="T"/>.</summary>
internal class Rendered<T>(Representation representation, Instant now) : Rendered(representation, now), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Declare(builder, typeof(T), "application/json");
}

/// <summary>Declares that a found answer says by Content-Location where it stands.</summary>
internal sealed record ContentLocation;

/// <summary>A page of a list of delivery, as <see cref="Rendered{T}"/>.</summary>
internal sealed class RenderedList<T>(Representation representation, Instant now) : Rendered<Page<T>>(representation, now);

/// <summary>410: was visible to this reader at this address and is not now.</summary>
internal sealed class GoneProblem() : ProblemResult(Problems.Gone()), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Declare(builder, StatusCodes.Status410Gone);
}

/// <summary>308: the same article stands at another address now.</summary>
internal sealed class MovedTo(string location) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        httpContext.Response.Headers.Location = location;
        Conventions.SetFreshness(httpContext, StatusCodes.Status308PermanentRedirect);
        return Task.CompletedTask;
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status308PermanentRedirect, typeof(void)));
}
