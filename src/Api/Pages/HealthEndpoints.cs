using Galley.Http;
using Galley.Storage;

namespace Galley.Pages;

/// <summary>Whether the process lives, and whether it can serve.</summary>
internal static class HealthEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").Public().ExcludeFromDescription();
        health.MapMethods("/live", Reading, IsLive);
        health.MapMethods("/ready", Reading, IsReady);
    }

    private static IResult IsLive(HttpContext context) => Say(context, "live");

    private static async Task<IResult> IsReady(Database database, Writer writer, IHostApplicationLifetime lifetime, HttpContext context, CancellationToken cancel)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            throw OutageException.Stopping();

        using (var session = await database.ReadAsync(cancel))
            await session.FindAsync<long>("select value from counter where name = 'seq'");

        return writer.IsAccepting ? Say(context, "ready") : throw OutageException.Stopping();
    }

    private static IResult Say(HttpContext context, string status)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new HealthStatus(status));
    }

    private sealed record HealthStatus(string Status);
}
