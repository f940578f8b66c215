using System.Buffers;
using System.Reflection;
using Galley.Content;
using Galley.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Manage.Export;

/// <summary>Writes the lines as they are read. Nothing of the database is held while the client takes its time.</summary>
internal sealed class ExportAnswer(ExportReader reader, NumberSeal seals, ExportPlace? from) : IResult, IEndpointMetadataProvider
{
    public const string MediaType = "application/x-ndjson";

    // Between two places where it could go on: whoever was cut reads no more than that again.
    private const int MostArticles = 200;
    private const long MostBytes = 8 * 1024 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        var place = from ?? await reader.BeginAsync(cancel);
        var (articles, bytes) = (place.Articles, 0L);
        for (ExportPlace? next = place; next is not null;)
        {
            var portion = await reader.ReadAsync(place, cancel);
            // The first portion is at hand: what fails before it can still be told as a problem.
            if (!response.HasStarted)
                response.ContentType = MediaType;

            foreach (var line in portion.Lines)
                Write(response, line);

            bytes += portion.Bytes;
            (place, next) = (portion.Place, portion.IsLast ? null : portion.Place);
            if (next is not null && (place.Articles - articles >= MostArticles || bytes >= MostBytes))
            {
                Write(response, new { cursor = place.Write(seals) });
                (articles, bytes) = (place.Articles, 0);
            }

            await response.BodyWriter.FlushAsync(cancel);
        }

        Write(response, new { end = true, place.Articles, next = place.TokenOfChanges(seals) });
        await response.BodyWriter.FlushAsync(cancel);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [MediaType]));

    private static void Write<T>(HttpResponse response, T line) => Write(response, ContentJson.Write(line));

    private static void Write(HttpResponse response, byte[] line)
    {
        response.BodyWriter.Write(line);
        response.BodyWriter.Write("\n"u8);
    }
}
