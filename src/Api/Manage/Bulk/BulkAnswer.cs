using System.Reflection;
using Galley.Http;
using Galley.Http.Cache;
using Galley.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;

namespace Galley.Manage.Bulk;

/// <summary>Reads lines and answers lines, both at once: a client may send everything before it reads.</summary>
internal sealed class BulkAnswer(BulkLines lines, Writer writer, BulkTurns turns, IHostApplicationLifetime life, BulkQuery query, NdjsonBody body, Admission admission) : IResult, IEndpointMetadataProvider
{
    private static readonly Dictionary<string, string> RetrySoon = new() { [HeaderNames.RetryAfter] = "1" };

    private static readonly Problem TooMany = Problems.Of("overloaded", "As many bulk requests are under way as the server takes at once.") with { Headers = RetrySoon };

    private Problem? _ended;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (body.Refusal is { } refusal)
        {
            await ProblemResult.WriteAsync(httpContext, refusal);
            return;
        }

        if (!turns.TryEnter(query.IsAtomic))
        {
            await ProblemResult.WriteAsync(httpContext, TooMany);
            return;
        }

        try
        {
            await RunAsync(httpContext);
        }
        finally
        {
            turns.Leave(query.IsAtomic);
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [NdjsonBody.MediaType]));

    private async Task RunAsync(HttpContext context)
    {
        LiftLimits(context);
        using var results = new ResultSpool(turns);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        var sending = SendAsync(context, results);
        Exception? cut = null;
        try
        {
            await RunAsync(context, LineReader.ReadAsync(context.Request.BodyReader, () => body.ReadAsync(patience, turns.Patience)), results, ending.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException or OutageException or IOException)
        {
            cut = exception;
        }
        finally
        {
            results.Complete();
            await FinishAsync(context, sending, results);
        }

        // An answer without its last line says that it was cut; where there is none yet, a problem can.
        if (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && ProblemOf(cut) is { } problem)
            await ProblemResult.WriteAsync(context, problem);
    }

    private async Task RunAsync(HttpContext context, IAsyncEnumerable<RawLine> sent, ResultSpool results, CancellationToken cancel)
    {
        if (query.IsAtomic)
            _ended = await new BulkBatch(lines, writer, results, cancel => RenewAsync(context, cancel)).RunAsync(sent, cancel) ?? _ended;
        else
            await new BulkStream(lines, writer, turns, results, cancel => RenewAsync(context, cancel)).RunAsync(sent, cancel);
    }

    private Problem? ProblemOf(Exception? cut) => cut switch
    {
        null => _ended,
        _ when life.ApplicationStopping.IsCancellationRequested => Problems.Of("shutting-down") with { Headers = RetrySoon },
        BadHttpRequestException => Problems.Of("malformed-request"),
        OutageException outage => Problems.Of(outage.Code),
        _ => Problems.Of("request-timeout"),
    };

    private async ValueTask<BulkTerms?> RenewAsync(HttpContext context, CancellationToken cancel)
    {
        _ended = await admission.RefuseAsync(cancel);
        return _ended is null ? new BulkTerms(query.CreateMissing, query.IsDryRun, Caller.Of(context)!, Writing.AuthorOf(context)) : null;
    }

    // Its end is no sign of anything: how long a body is, and how slowly it comes, is the sender's own affair; and who sends does not read.
    private static void LiftLimits(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } sending)
            sending.MinDataRate = null;
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } reading)
            reading.MinDataRate = null;
    }

    private static async Task SendAsync(HttpContext context, ResultSpool results)
    {
        var (response, cancel) = (context.Response, context.RequestAborted);
        // The first results are at hand: what fails before can still be told as a problem.
        if (await results.ReadAsync(cancel) is not { Length: > 0 } portion)
            return;

        var coding = ContentCodings.Of(context.Request);
        response.ContentType = NdjsonBody.MediaType;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (ContentCodings.NameOf(coding) is { } name)
            response.Headers.ContentEncoding = name;

        var packed = ContentCodings.Around(response.Body, coding);
        for (; portion.Length > 0; portion = await results.ReadAsync(cancel))
        {
            await packed.WriteAsync(portion, cancel);
            await packed.FlushAsync(cancel);
        }

        if (coding != ContentCoding.Identity)
            await packed.DisposeAsync();
    }

    // Nobody is waited for who does not read for so long.
    private async Task FinishAsync(HttpContext context, Task sending, ResultSpool results)
    {
        while (!sending.IsCompleted && !context.RequestAborted.IsCancellationRequested)
        {
            var before = results.Given;
            await Task.WhenAny(sending, Task.Delay(turns.Patience, context.RequestAborted));
            if (!sending.IsCompleted && results.Given == before)
                context.Abort();
        }

        try
        {
            await sending;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client has gone.
        }
    }
}
