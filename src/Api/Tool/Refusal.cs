using System.Text.Json;
using Galley.Content;
using Galley.Http;
using Galley.Storage;

namespace Galley.Tool;

/// <summary>What a command says where the server refuses it, or does not answer at all.</summary>
internal static class Refusal
{
    /// <summary>The problem in an answer; a made one where it holds none, as that of a proxy.</summary>
    public static async Task<Problem> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        try
        {
            if (response.Content.Headers.ContentType?.MediaType == ProblemResult.MediaType)
                return ContentJson.Read<Problem>(await response.Content.ReadAsByteArrayAsync(cancel));
        }
        catch (JsonException)
        {
        }

        return Problems.Of("internal", $"The answer is {status}, without a reason.") with { Status = status };
    }

    /// <summary>Prints the problem; answers the exit code.</summary>
    public static async Task<int> TellAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var problem = await ReadAsync(response, cancel);
        await Console.Error.WriteLineAsync(InWords(problem));
        return problem.Status is 401 or 403 ? ExitCodes.NotAllowed : ExitCodes.Refused;
    }

    public static string InWords(Problem problem) =>
        $"{problem.Status} {problem.Code}: {string.Join("; ", problem.Errors?.Select(error => $"{error.Pointer ?? error.Parameter ?? error.Header} {error.Code}, {error.Detail}") ?? [problem.Detail])}";

    public static StartupRefusal NoServer(HttpClient client, Exception exception) =>
        new(ExitCodes.NoServer, $"{client.BaseAddress?.GetLeftPart(UriPartial.Authority)} does not answer{(exception is JsonException ? " as Galley does" : string.Empty)}: {exception.Message}");
}
