using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Galley.Tests.Contract;

/// <summary>Checks one answer of one operation: status, media type, headers and body as the contract declares them, and what it says of whole worlds.</summary>
internal sealed partial class AnswerCheck(ContractDocument document, ContractOperation operation, Answer answer)
{
    public IEnumerable<string> Faults()
    {
        if (!operation.Responses.TryGetValue(answer.Status, out var response))
            return [$"answers {answer.Status}, which it does not declare; it declares {string.Join(", ", operation.Responses.Keys)}"];

        return Headers(response).Concat(World()).Concat(Addresses()).Concat(Body(response));
    }

    private IEnumerable<string> Headers(JsonElement response)
    {
        if (!response.TryGetProperty("headers", out var headers))
            yield break;

        foreach (var header in headers.EnumerateObject().Where(header => ContractOperation.IsRequired(document.Resolve(header.Value)) && answer.Header(header.Name) is null))
            yield return $"has no header {header.Name}, which {answer.Status} declares as required";
    }

    // What every answer of a world carries, whatever the operation.
    private IEnumerable<string> World()
    {
        var cache = CacheControlHeaderValue.Parse(answer.Header("Cache-Control") ?? string.Empty);
        if (operation.IsManagement)
        {
            if (!cache.NoStore)
                yield return "may be stored: management answers are no-store";
            if (answer.Header("Access-Control-Allow-Origin") is not null)
                yield return "lets browsers of other origins read management";
            yield break;
        }

        if (answer.Header("Vary") is not { } vary || !vary.Contains("Authorization", StringComparison.Ordinal) || !vary.Contains("Accept-Encoding", StringComparison.Ordinal))
            yield return $"has Vary: {answer.Header("Vary")}; delivery varies by Authorization and Accept-Encoding";
        if (answer.Header("Access-Control-Allow-Origin") != "*")
            yield return "does not let browsers of any origin read delivery";
        if (answer.Request.Headers.Authorization is not null && cache.Public)
            yield return "is public although it was asked with a key";
    }

    private IEnumerable<string> Addresses()
    {
        if (answer.Header("ETag") is { } tag && !StrongTag().IsMatch(tag))
            yield return $"has the tag {tag}, which is not a strong one";
        if (answer.Header("Location") is { } location && !PlainAddress().IsMatch(location))
            yield return $"has Location: {location}, which is not a percent-encoded address";
    }

    private IEnumerable<string> Body(JsonElement response)
    {
        if (!response.TryGetProperty("content", out var contents) || answer.IsHead)
            return answer.Body.Length > 0 ? [$"has a body of {answer.Body.Length} bytes; {(answer.IsHead ? "HEAD" : answer.Status)} has none"] : [];

        if (answer.MediaType is not { } mediaType || !contents.TryGetProperty(mediaType, out var content))
            return [$"has the media type {answer.MediaType ?? "(none)"}; {answer.Status} declares {string.Join(", ", contents.EnumerateObject().Select(each => each.Name))}"];

        return answer.IsSuccess && (mediaType.EndsWith("/json", StringComparison.Ordinal) || mediaType.EndsWith("+json", StringComparison.Ordinal)) ? Json(content.GetProperty("schema")) : [];
    }

    private IEnumerable<string> Json(JsonElement schema)
    {
        var body = answer.Json();
        var faults = new SchemaCheck(document, Direction.Answered).Check(schema, body).Faults;
        return body.ValueKind == JsonValueKind.Object && body.TryGetProperty("etag", out var tag) && tag.GetString() != answer.Header("ETag")
            ? faults.Append($"/etag is {tag}, but the header ETag is {answer.Header("ETag")}")
            : faults;
    }

    [GeneratedRegex("^\"[!#-~]+\"\\z")]
    private static partial Regex StrongTag();

    [GeneratedRegex("^(https?:/)?/[!-~]*\\z")]
    private static partial Regex PlainAddress();
}
