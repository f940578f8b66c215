using System.Collections.Concurrent;
using System.Security.Cryptography;
using Galley.Storage;

namespace Galley.Http;

/// <summary>Whether an article that a reply is about is there for a caller now.</summary>
internal delegate ValueTask<bool> MayStillSee(Session session, Caller caller, long articleId);

/// <summary>
/// Carries out once what is sent twice under one Idempotency-Key. The answer goes to disk with what it acknowledges; whoever sends the same again gets it
/// again, if he may still ask.
/// </summary>
internal sealed class Replies(Database database, Writer writer, Clock clock, MayStillSee mayStillSee)
{
    private static readonly byte[] NoBody = SHA256.HashData([]);

    private readonly ConcurrentDictionary<string, bool> _underWay = new(StringComparer.Ordinal);

    /// <summary>Whether anything is being carried out under a key.</summary>
    public bool AreUnderWay => !_underWay.IsEmpty;

    public async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, Once once, Func<ValueTask<object?>> carryOut)
    {
        var sent = context.Arguments.OfType<ISent>().FirstOrDefault();
        // What was not read cannot be compared: too large, or of another media type. It is refused as that, whatever was answered under the key.
        if (sent is { BodyHash: null })
            return await carryOut();

        once.BodyHash = sent?.BodyHash ?? NoBody;
        var name = Convert.ToHexString(once.Request);
        if (!_underWay.TryAdd(name, true))
            return new ConflictProblem(InProgress());

        try
        {
            if (await FindAsync(context.HttpContext, once) is { } replied)
                return replied;

            var answer = await carryOut();
            return sent?.Problem is not null && !once.IsKept && answer is IResult refused ? await KeepAsync(context.HttpContext, once, refused) : answer;
        }
        catch (RepliedException exception)
        {
            return await RepeatAsync(context.HttpContext, once, exception.Reply);
        }
        finally
        {
            _underWay.TryRemove(name, out _);
        }
    }

    private async ValueTask<IResult?> FindAsync(HttpContext context, Once once)
    {
        using var session = await database.ReadAsync(context.RequestAborted);
        return await session.FindReplyAsync(once.Request, clock.Now) is { } reply ? await RepeatAsync(session, context, once, reply) : null;
    }

    private async ValueTask<IResult> RepeatAsync(HttpContext context, Once once, Reply reply)
    {
        using var session = await database.ReadAsync(CancellationToken.None);
        return await RepeatAsync(session, context, once, reply);
    }

    private async ValueTask<IResult> RepeatAsync(Session session, HttpContext context, Once once, Reply reply)
    {
        if (!reply.BodyHash.AsSpan().SequenceEqual(once.BodyHash))
            return new RefusedBodyProblem(Problems.Of("idempotency-key-reused"));
        if (reply.Status == ReplyRows.Emptied)
            return new ConflictProblem(Problems.Of(reply.Headers, "The article that this request was about is gone since."));
        if (reply.ArticleId is { } articleId && Caller.Of(context) is { Limits.AreNone: false } caller && !await mayStillSee(session, caller, articleId))
            return new ForbiddenProblem(Problems.Of("outside-constraint", "The article that this request was about is outside the key's limits now."));

        return new RepeatedAnswer(reply);
    }

    // What is wrong with the request itself stays wrong. What the present state stands against may be right the next time, and is asked anew.
    private async ValueTask<IResult> KeepAsync(HttpContext context, Once once, IResult refused)
    {
        var reply = RenderedReply.Of(context, refused) with { BodyHash = once.BodyHash! };
        if (reply.Status is StatusCodes.Status400BadRequest or StatusCodes.Status422UnprocessableEntity)
            await writer.WriteAsync(async write => await KeepAsync(write, once.Request, reply));

        return new RepeatedAnswer(reply) { IsFirst = true };
    }

    private static async ValueTask<bool> KeepAsync(WriteSession write, byte[] request, Reply reply)
    {
        await write.KeepReplyAsync(request, reply);
        return true;
    }

    private static Problem InProgress() => Problems.Of("request-in-progress") with { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } };
}

/// <summary>A request that is to be carried out once: what names it, and what its body was.</summary>
internal sealed class Once(byte[] request)
{
    public byte[] Request { get; } = request;

    /// <summary>Null where the body was not read: then it is carried out as if it had no key.</summary>
    public byte[]? BodyHash { get; set; }

    /// <summary>Whether its answer was kept with what it did.</summary>
    public bool IsKept { get; set; }
}

/// <summary>A part of a request that was sent as its body.</summary>
internal interface ISent
{
    /// <summary>Of its bytes, where a request may be sent again; null where they were not read.</summary>
    byte[]? BodyHash { get; }

    /// <summary>What is wrong with it, whatever is there.</summary>
    Problem? Problem { get; }
}

/// <summary>Found inside the writer: the same request was carried out already, in a group of which nobody knew whether it was committed.</summary>
internal sealed class RepliedException(Reply reply) : Exception
{
    public Reply Reply { get; } = reply;
}
