using System.Buffers;
using System.Reflection;
using System.Text;
using Galley.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Delivery.Changes;

/// <summary>Sends changes as they come, as Server-Sent Events (WHATWG HTML §9.2), until somebody ends it.</summary>
internal sealed class ChangeStream(ChangeFeed feed, ChangeQuery query, ContentLimits limits, Admission admission, ChangesFound begun) : IResult, IEndpointMetadataProvider
{
    public const string MediaType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        Conventions.SetFreshness(httpContext, StatusCodes.Status200OK);
        response.ContentType = MediaType;
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;

        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await SendAsync(response.BodyWriter, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested || feed.IsEnding)
        {
            // The client has gone, or the server goes; it comes back with the last id it saw.
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [MediaType]));

    private async Task SendAsync(System.IO.Pipelines.PipeWriter writer, CancellationToken cancel)
    {
        var (found, before) = (begun, string.Empty);
        while (found is ChangesFound.Page(var page))
        {
            foreach (var change in page.Changes)
                WriteEvent(writer, change);
            page.Lent?.Dispose();
            // Clients learn that they have all; proxies, that it lives; and the id saves reading the same again.
            if (page.IsUpToDate || page.Changes.Count == 0)
                writer.Write(Encoding.ASCII.GetBytes($": {(page.IsUpToDate ? "up to date" : "more to come")}\nid: {page.Next}\n\n"));
            await writer.FlushAsync(cancel);

            // Without progress too: while the server cannot write, what is due is not told.
            if (page.IsUpToDate || page.Next == before)
                await feed.WaitAsync(page.Seq, query.Wait, cancel);
            // Before each reading: who may not any more is told nothing of what comes.
            if (feed.IsEnding || await admission.RefuseAsync(cancel) is not null)
                return;

            (found, before) = (await feed.ReadNowAsync(query, page.Next, limits, cancel), page.Next);
        }

        // An empty id has the client forget the last one.
        writer.Write("event: resync\nid:\ndata: {}\n\n"u8);
        await writer.FlushAsync(cancel);
    }

    private static void WriteEvent(IBufferWriter<byte> writer, Told change)
    {
        writer.Write(Encoding.ASCII.GetBytes($"event: {change.Op}\nid: {change.Token}\ndata: "));
        foreach (var part in change.Json)
            writer.Write(part.Span);
        writer.Write("\n\n"u8);
    }
}
