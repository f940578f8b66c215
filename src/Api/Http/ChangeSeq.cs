using Galley.Storage;
using Microsoft.Net.Http.Headers;

namespace Galley.Http;

/// <summary>
/// Lets a client read what it wrote. Each acknowledged write says by <c>Change-Seq</c> how far the server had come; a reading that says
/// <c>Min-Change-Seq</c> is answered from at least there, or not at all.
/// </summary>
internal sealed class ChangeSeq(RequestDelegate next, NumberSeal seals, Commits commits, TimeProvider time)
{
    public const string Written = "Change-Seq";
    public const string Wanted = "Min-Change-Seq";
    private const string Purpose = "change-seq";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public async Task InvokeAsync(HttpContext context)
    {
        var world = Worlds.Of(context.Request.Path);
        if (world == World.Management && IsWrite(context.Request.Method))
            context.Response.OnStarting(() => SayAsync(context.Response));

        if (world == World.Delivery && IsRead(context) && context.Request.Headers[Wanted] is [{ } wanted, ..] && await RefuseAsync(wanted, context.RequestAborted) is { } refused)
            await ProblemResult.WriteAsync(context, refused);
        else
            await next(context);
    }

    // Nobody may learn from asking what a method is whether something was written meanwhile.
    private static bool IsWrite(string method) => HttpMethods.IsPut(method) || HttpMethods.IsPost(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method);

    // What is no reading of anything is refused for that.
    private static bool IsRead(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Access>() is not null && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));

    // By the time an answer begins, what it acknowledges is committed.
    private Task SayAsync(HttpResponse response)
    {
        if (response.StatusCode is >= 200 and < 300)
        {
            using var seal = seals.For(Purpose);
            response.Headers[Written] = seal.Write(commits.No);
        }

        return Task.CompletedTask;
    }

    private async ValueTask<Problem?> RefuseAsync(string wanted, CancellationToken cancel)
    {
        using var seal = seals.For(Purpose);
        if (seal.Read(wanted) is not [var no])
            return Problems.BadTokenHeader(Wanted, $"is no {Written} of this server");

        // One server has what it acknowledged; only one that was restored from an older copy, or follows another, is behind.
        for (var began = time.GetTimestamp(); commits.No < no; await Task.Delay(Look, time, cancel))
        {
            if (time.GetElapsedTime(began) > Longest)
                return Problems.Of("overloaded", "This server has not come as far as Min-Change-Seq yet.") with { Headers = new Dictionary<string, string> { [HeaderNames.RetryAfter] = "1" } };
        }

        return null;
    }
}
