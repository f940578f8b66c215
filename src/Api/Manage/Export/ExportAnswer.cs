using System.Buffers;
using System.Reflection;
using Galley.Content;
using Galley.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Manage.Export;

/// <summary>Writes the lines as they are read. Nothing of the database is held while the client takes its time.</summary>
internal sealed class ExportAnswer(ExportReader articles, ExportTaxonomy taxonomy, NumberSeal seals, string unpushedAs, ExportPlace? from) : IResult, IEndpointMetadataProvider
{
    public const string MediaType = "application/x-ndjson";

    // Between two places where it could go on: whoever was cut reads no more than that again.
    private const int MostArticles = 200;
    private const long MostBytes = 8 * 1024 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        var place = from ?? await BeginAsync(response, cancel);
        place = await WriteArticlesAsync(response, place, cancel);
        // Behind the articles: the tag that stays may be one that they make.
        await foreach (var lines in taxonomy.ReadMergesAsync(cancel))
            await WriteAsync(response, lines, cancel);

        await WriteAsync(response, [ContentJson.Write(new { end = true, place.Articles, next = place.TokenOfChanges(seals) })], cancel);
    }

    // What was made by hand stands before the articles that stand in it.
    private async Task<ExportPlace> BeginAsync(HttpResponse response, CancellationToken cancel)
    {
        var (place, isAnything) = (await articles.BeginAsync(cancel), false);
        await foreach (var lines in taxonomy.ReadMadeByHandAsync(cancel))
        {
            isAnything |= lines.Count > 0;
            await WriteAsync(response, lines, cancel);
        }

        if (isAnything)
            await WriteAsync(response, [CursorOf(place)], cancel);
        return place;
    }

    private async Task<ExportPlace> WriteArticlesAsync(HttpResponse response, ExportPlace place, CancellationToken cancel)
    {
        var (marked, bytes) = (place.Articles, 0L);
        while (true)
        {
            var portion = await articles.ReadAsync(place, unpushedAs, cancel);
            place = portion.Place;
            await WriteAsync(response, portion.Lines, cancel);
            if (portion.IsLast)
                return place;

            bytes += portion.Bytes;
            if (place.Articles - marked >= MostArticles || bytes >= MostBytes)
            {
                await WriteAsync(response, [CursorOf(place)], cancel);
                (marked, bytes) = (place.Articles, 0);
            }
        }
    }

    private byte[] CursorOf(ExportPlace place) => ContentJson.Write(new { cursor = place.Write(seals, unpushedAs) });

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [MediaType]));

    private static async Task WriteAsync(HttpResponse response, IReadOnlyList<byte[]> lines, CancellationToken cancel)
    {
        // The first lines are at hand: what fails before them can still be told as a problem.
        if (!response.HasStarted)
            response.ContentType = MediaType;

        foreach (var line in lines)
        {
            response.BodyWriter.Write(line);
            response.BodyWriter.Write("\n"u8);
        }

        await response.BodyWriter.FlushAsync(cancel);
    }
}
