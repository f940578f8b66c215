using Microsoft.Net.Http.Headers;

namespace Galley.Http;

/// <summary>Says that an endpoint answers something else than JSON: there <c>Accept</c> rules nothing out.</summary>
internal sealed record OtherMediaType(string Name);

/// <summary>Refuses, on JSON addresses, a request whose Accept rules the answer out. Accept never chooses: every address has one media type.</summary>
internal sealed class Acceptance(RequestDelegate next)
{
    private const string Json = "application/json";

    public async Task InvokeAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var isJsonAddress = metadata?.GetMetadata<Access>() is not null && metadata.GetMetadata<OtherMediaType>() is null && Worlds.Of(context.Request.Path) != World.Outside;
        if (isJsonAddress && context.Request.Headers.Accept.Count > 0 && RulesOutJson(context.Request))
        {
            await ProblemResult.WriteAsync(context, Problems.Of("not-acceptable", $"This address answers {Json}."));
            return;
        }

        await next(context);
    }

    /// <summary>Whether a request does not take JSON.</summary>
    public static bool RulesOutJson(HttpRequest request)
    {
        // What cannot be read rules nothing out.
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges) || ranges.Count == 0)
            return false;

        // The most specific range that covers the type decides (RFC 9110 §12.5.1).
        var decisive = ranges
            .Where(range => range.MatchesAllTypes || (range.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && (range.MatchesAllSubTypes || range.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase))))
            .MaxBy(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2);

        return decisive is null || decisive.Quality == 0;
    }
}
