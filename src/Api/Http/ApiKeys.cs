using System.Text;
using Microsoft.Net.Http.Headers;

namespace Galley.Http;

/// <summary>Finds whoever holds a key, or nobody.</summary>
internal delegate ValueTask<Caller?> FindCaller(string key, CancellationToken cancel);

/// <summary>Lets in who may call the endpoint that routing found; everybody else gets 401 or 403.</summary>
internal sealed class ApiKeys(RequestDelegate next, FindCaller find, ReadingOptions reading)
{
    private const string BearerPrefix = "Bearer ";
    private const string BasicPrefix = "Basic ";
    private const string BearerChallenge = "Bearer realm=\"galley\"";
    private const string BasicChallenge = "Basic realm=\"galley\"";

    public async Task InvokeAsync(HttpContext context)
    {
        var access = context.GetEndpoint()?.Metadata.GetMetadata<Access>();
        if (access is not null && access.Kind != AccessKind.Public && await RefuseAsync(context, access, context.RequestAborted) is { } refused)
        {
            await ProblemResult.WriteAsync(context, refused);
            return;
        }

        // Only where an answer may outlive its key.
        if (access is not null && (context.GetEndpoint()!.Metadata.GetMetadata<Momentary>() is not null || context.GetEndpoint()!.Metadata.GetMetadata<Lasting>() is not null))
            new Admission(async cancel => access.Kind == AccessKind.Public ? null : await RefuseAsync(context, access, cancel)).Enter(context);

        await next(context);
    }

    private async ValueTask<Problem?> RefuseAsync(HttpContext context, Access access, CancellationToken cancel)
    {
        var needsKey = access.Kind == AccessKind.Key || !reading.IsAnonymousAllowed;
        if (context.Request.Headers.Authorization.Count == 0)
            return needsKey ? Unauthorized("missing-credentials", context) : null;

        // A wrong key is never treated as none: its holder would silently read as anybody.
        if (KeyOf(context.Request, access) is not { } key || await find(key, cancel) is not { } caller)
            return Unauthorized("invalid-credentials", context);

        caller.Enter(context);
        if (needsKey && !access.AnyOf.Any(caller.May))
            return Problems.Of("insufficient-scope", $"The key needs the scope {string.Join(" or ", access.AnyOf)}.");

        var limits = access.Kind == AccessKind.Key ? caller.Limits : caller.ReadingLimits;
        return !limits.AreNone && context.GetEndpoint()?.Metadata.GetMetadata<LimitsHeeded>() is null
            ? Problems.Of("outside-constraint", "The key is limited to some sources, sections or languages, and this operation is about all of them.")
            : null;
    }

    private static string? KeyOf(HttpRequest request, Access access)
    {
        var header = request.Headers.Authorization;
        if (header is not [{ } value])
            return null;

        if (value.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
            return value[BearerPrefix.Length..].Trim();

        // Feed readers know nothing else: the key is the password, whatever the name.
        return access.Kind == AccessKind.Delivery && value.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase) ? PasswordOf(value[BasicPrefix.Length..].Trim()) : null;
    }

    private static string? PasswordOf(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out var length))
            return null;

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair.IndexOf(':') is >= 0 and var colon ? pair[(colon + 1)..] : null;
    }

    private static Problem Unauthorized(string code, HttpContext context)
    {
        var isForFeedReaders = context.GetEndpoint()?.Metadata.GetMetadata<ForFeedReaders>() is not null;
        return Problems.Of(code) with { Headers = new Dictionary<string, string> { [HeaderNames.WWWAuthenticate] = isForFeedReaders ? $"{BearerChallenge}, {BasicChallenge}" : BearerChallenge } };
    }
}

/// <summary>Says that programs ask here which send a name and a password, once they are asked for one, and know of no keys.</summary>
internal sealed record ForFeedReaders;

/// <summary>Marks a request that may go on for longer than a key lives.</summary>
internal sealed record Lasting;

/// <summary>Whether delivery answers without a key.</summary>
internal sealed record ReadingOptions(bool IsAnonymousAllowed);
