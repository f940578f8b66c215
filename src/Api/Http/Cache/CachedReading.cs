using Microsoft.AspNetCore.Http.Features;

namespace Galley.Http.Cache;

/// <summary>Answers from what is kept, and has the first who asks read for all who ask meanwhile.</summary>
internal static class CachedReading
{
    private const int LongestTarget = 2_048;

    // Whoever waits longer for another's reading reads himself.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    public static Task ServeAsync(HttpContext context, ResponseCache cache, string readers, string target, RequestDelegate next)
    {
        var key = new AnswerKey(readers, target, ContentCodings.Of(context.Request));
        return cache.Find(key) is { } kept ? kept.WriteAsync(context)
            : HttpMethods.IsHead(context.Request.Method) || !cache.HasBeenAsked(key) ? next(context)
            : ReadAsync(context, cache, key, next);
    }

    /// <summary>Whether a request asks for something that may be kept, and for it as it is now.</summary>
    public static bool IsPlain(HttpRequest request, string target) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && target.Length <= LongestTarget
        && target.StartsWith("/v1/", StringComparison.Ordinal)
        && !request.Headers.ContainsKey(ChangeSeq.Wanted)
        && request.ContentLength is null or 0
        && request.Headers.TransferEncoding.Count == 0
        && request.Headers.ContentEncoding.Count == 0;

    private static async Task ReadAsync(HttpContext context, ResponseCache cache, AnswerKey key, RequestDelegate next)
    {
        if (cache.Begin(key, out var underWay) is not { } place)
        {
            await underWay.WaitAsync(LongestWait, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (cache.Find(key) is { } made ? made.WriteAsync(context) : next(context));
            return;
        }

        try
        {
            place.Enter(context);
            await next(context);
        }
        finally
        {
            place.End();
        }
    }
}

/// <summary>The first thing that a request without a key passes. What is kept was let in by everything behind this once, and comes from the same address, letter for letter.</summary>
internal sealed class AnonymousCache(RequestDelegate next, ResponseCache cache, ReadingOptions reading)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return reading.IsAnonymousAllowed && request.Headers.Authorization.Count == 0 && CachedReading.IsPlain(request, target) && TakesWhatComes(request, target) && cache.IsOpen
            ? CachedReading.ServeAsync(context, cache, string.Empty, target, next)
            : next(context);
    }

    // What nearly everybody sends is told at a glance. At feeds nothing rules anything out.
    private static bool TakesWhatComes(HttpRequest request, string target) =>
        request.Headers.Accept.Count == 0
        || target.StartsWith("/v1/feeds/", StringComparison.Ordinal)
        || request.Headers.Accept is ["*/*" or "application/json"]
        || !Acceptance.RulesOutJson(request);
}

/// <summary>The same for requests with a key, once that has been looked at: all keys that see the same share what is kept.</summary>
internal sealed class KeyedCache(RequestDelegate next, ResponseCache cache)
{
    public Task InvokeAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return Caller.Of(context) is { } caller && Worlds.Of(context.Request.Path) == World.Delivery && CachedReading.IsPlain(context.Request, target) && cache.IsOpen
            ? CachedReading.ServeAsync(context, cache, $"key\n{caller.ReadingLimits.Identity}", target, next)
            : next(context);
    }
}
