using System.Buffers;
using System.Reflection;
using System.Text;
using Galley.Http;
using Galley.Http.Cache;
using Microsoft.AspNetCore.Http.Metadata;

namespace Galley.Delivery.Changes;

/// <summary>Writes a page of changes, whose articles are finished bytes.</summary>
internal sealed class ToldPageResult(ToldPage page) : IResult, IEndpointMetadataProvider
{
    private const int Batch = 32;

    private static readonly byte[] Comma = ","u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var lent = page.Lent;
        var response = httpContext.Response;
        Conventions.SetFreshness(httpContext, StatusCodes.Status200OK);
        response.ContentType = "application/json";
        var end = Encoding.UTF8.GetBytes($$"""],"next":"{{page.Next}}","upToDate":{{(page.IsUpToDate ? "true" : "false")}}}""");
        var opening = "{\"data\":["u8.ToArray();
        ReadingTurns.Turn.End(httpContext);
        if (ContentCodings.Of(httpContext.Request) is not ContentCoding.Identity and var coding)
        {
            await PackAsync(httpContext, coding, opening, end);
            return;
        }

        response.ContentLength = opening.Length + end.Length + Math.Max(0, page.Changes.Count - 1) + page.Changes.Sum(change => change.Json.Sum(part => (long)part.Length));
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;

        var writer = response.BodyWriter;
        writer.Write(opening);
        for (var i = 0; i < page.Changes.Count; i++)
        {
            if (i > 0)
                writer.Write(","u8);
            foreach (var part in page.Changes[i].Json)
                writer.Write(part.Span);
            // The page is in memory once: not a second time on its way out.
            if ((i + 1) % Batch == 0)
                await writer.FlushAsync(httpContext.RequestAborted);
        }

        writer.Write(end);
        await writer.FlushAsync(httpContext.RequestAborted);
    }

    // As it goes out: a large page is never a second time in memory.
    private async Task PackAsync(HttpContext context, ContentCoding coding, byte[] opening, byte[] end)
    {
        context.Response.Headers.ContentEncoding = ContentCodings.NameOf(coding);
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        await using var packed = ContentCodings.Around(context.Response.Body, coding);
        await packed.WriteAsync(opening, context.RequestAborted);
        for (var i = 0; i < page.Changes.Count; i++)
        {
            if (i > 0)
                await packed.WriteAsync(Comma, context.RequestAborted);
            foreach (var part in page.Changes[i].Json)
                await packed.WriteAsync(part, context.RequestAborted);
        }

        await packed.WriteAsync(end, context.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ChangePage), ["application/json"]));
}

/// <summary>410: nobody can go on from the token.</summary>
internal sealed class ResyncProblem() : ProblemResult(Problems.Of("resync-required")), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Declare(builder, StatusCodes.Status410Gone);
}
