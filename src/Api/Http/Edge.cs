using Galley.Storage;
using Microsoft.AspNetCore.Connections;

namespace Galley.Http;

/// <summary>The first and last thing every request passes: refuses what nobody should parse, and makes a problem document of every failure.</summary>
internal sealed partial class Edge(RequestDelegate next, ILogger<Edge> log)
{
    private const int MaxTarget = 8 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        Conventions.Apply(context);

        if (Refuse(context) is { } refused)
        {
            await ProblemResult.WriteAsync(context, refused);
            return;
        }

        if (Worlds.Of(context.Request.Path) == World.Delivery && Conventions.IsPreflight(context.Request))
        {
            Conventions.AnswerPreflight(context.Response);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            if (IsGone(context, exception))
                return;

            await FailAsync(context, exception);
            return;
        }

        await CompleteAsync(context);
    }

    // The body may say that its sender is gone a moment before the request does.
    private static bool IsGone(HttpContext context, Exception exception) =>
        context.RequestAborted.IsCancellationRequested || exception.GetBaseException() is ConnectionAbortedException or ConnectionResetException;

    private static Problem? Refuse(HttpContext context)
    {
        var target = RawTarget.Of(context);
        if (target.Length > MaxTarget)
            return Problems.Of("uri-too-long");

        // Before routing, so that a key never reaches a log or a cache key.
        if (HasKey(target) || (target.Contains('%') && HasKey(Uri.UnescapeDataString(target))))
            return Problems.Of("key-in-url") with { Instance = "/" };

        if (RawTarget.HasDotSegment(RawTarget.PathOf(context)))
            return Problems.Of("malformed-request", "The path has a \".\" or \"..\" segment.");

        return null;
    }

    private static bool HasKey(string target) => target.Contains("gal_live_", StringComparison.Ordinal) || target.Contains("gal_test_", StringComparison.Ordinal);

    private async Task FailAsync(HttpContext context, Exception exception)
    {
        var problem = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.Of("too-large", TooLarge(context)),
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => Problems.Of("request-timeout"),
            BadHttpRequestException => Problems.Of("malformed-request"),
            OutageException outage => FromOutage(outage),
            _ => Problems.Of("internal"),
        };

        Log(context, problem, exception);

        // The handler's half-made headers must not go out with the problem; the conventions do.
        var allow = context.Response.Headers.Allow;
        context.Response.Clear();
        Conventions.Apply(context);
        context.Response.Headers.Allow = allow;
        await ProblemResult.WriteAsync(context, problem);
    }

    private void Log(HttpContext context, Problem problem, Exception exception)
    {
        // These come by the thousand, and the code says all there is to know: where the disk failed, the writer has told.
        if (problem.Code is "overloaded" or "shutting-down" or "storage-full" || exception is OutageException { IsTold: true })
            LogOutage(log, context.TraceIdentifier, problem.Code);
        else if (problem.Status >= 500)
            LogFailure(log, context.TraceIdentifier, problem.Code, exception);
    }

    private static string TooLarge(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>() is { MaxBytes: var limit } ? $"The body may have {limit} bytes." : "The body is too large.";

    private static Problem FromOutage(OutageException outage)
    {
        var problem = Problems.Of(outage.Code);
        return problem.Status == StatusCodes.Status503ServiceUnavailable
            ? problem with { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } }
            : problem;
    }

    // What routing answers on its own has a status and nothing else.
    private static async Task CompleteAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted || response.StatusCode < 400 || response.ContentType is not null)
            return;

        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = $"{response.Headers.Allow}, OPTIONS";
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }
        }

        await ProblemResult.WriteAsync(context, response.StatusCode switch
        {
            StatusCodes.Status405MethodNotAllowed => Problems.Of("method-not-allowed", $"{context.Request.Method} is not allowed here."),
            StatusCodes.Status404NotFound => Problems.NotFound(),
            StatusCodes.Status415UnsupportedMediaType => Problems.Of("unsupported-media-type"),
            >= 500 => Problems.Of("internal") with { Status = response.StatusCode },
            _ => Problems.Of("malformed-request") with { Status = response.StatusCode },
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {TraceId} was turned away with {Code}.")]
    private static partial void LogOutage(ILogger log, string traceId, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {TraceId} failed with {Code}.")]
    private static partial void LogFailure(ILogger log, string traceId, string code, Exception exception);
}
