using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Galley.Tests.Contract;

/// <summary>Checks a failure, wherever it comes from: a problem document of the catalogue that gives nothing of the inside away.</summary>
internal sealed partial class ProblemCheck(ContractDocument document, Answer answer)
{
    private const string MediaType = "application/problem+json";

    private static readonly string[] Always = ["title", "detail", "instance", "traceId"];

    private static readonly string[] Places = ["pointer", "parameter", "header"];

    public IEnumerable<string> Faults()
    {
        if (answer.MediaType != MediaType)
            return [$"fails with the media type {answer.MediaType ?? "(none)"}; failures are {MediaType}"];
        if (answer.IsHead)
            return Headers();

        var problem = answer.Json();
        var check = new SchemaCheck(document, Direction.Answered).Check(document.Schema("Problem"), problem);
        return check.Faults.Count > 0 ? check.Faults : Members(problem).Concat(Headers()).Concat(Leaks());
    }

    private IEnumerable<string> Members(JsonElement problem)
    {
        var code = problem.GetProperty("code").GetString()!;
        if (!ProblemCodes.Statuses.TryGetValue(code, out var status))
            yield return $"/code is {code}, which is not in the catalogue";
        else if (status != answer.Status)
            yield return $"/code is {code}, which belongs to {status}, not to {answer.Status}";

        if (problem.GetProperty("status").GetInt32() != answer.Status)
            yield return $"/status is {problem.GetProperty("status")}, but the status is {answer.Status}";
        if (problem.GetProperty("type").GetString() != ProblemCodes.TypeOf(code))
            yield return $"/type is {problem.GetProperty("type")}; that of {code} is {ProblemCodes.TypeOf(code)}";

        foreach (var name in Always)
        {
            if (!problem.TryGetProperty(name, out var member) || string.IsNullOrWhiteSpace(member.GetString()))
                yield return $"/{name} is not there";
        }

        foreach (var (error, index) in Errors(problem).Where(pair => Places.Count(name => pair.Error.TryGetProperty(name, out _)) != 1))
            yield return $"/errors/{index} has not exactly one of pointer, parameter and header: {error}";
    }

    private IEnumerable<string> Headers()
    {
        string[] wanted = answer.Status switch
        {
            401 => ["WWW-Authenticate"],
            405 => ["Allow"],
            415 => ["Accept", "Accept-Post", "Accept-Patch", "Accept-Encoding"],
            503 => ["Retry-After"],
            _ => [],
        };
        if (wanted.Length > 0 && wanted.All(name => answer.Header(name) is null))
            yield return $"has none of the headers {string.Join(", ", wanted)}";
    }

    private IEnumerable<string> Leaks()
    {
        var text = Encoding.UTF8.GetString(answer.Body);
        if (Inside().Match(text) is { Success: true } leak)
            yield return $"gives away the inside: {leak.Value}";
    }

    private static IEnumerable<(JsonElement Error, int Index)> Errors(JsonElement problem) =>
        problem.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().Select((error, index) => (error, index)) : [];

    // Lines of a stack trace, names of types and files, words of the database.
    [GeneratedRegex(@"\bat [\w.<>`]+\(|\b(System|Microsoft|Galley|Dapper|FluentValidation)\.\w|\w+Exception\b|\.cs\b|SQLite Error|`[0-9]\b|\bnull reference\b", RegexOptions.IgnoreCase)]
    private static partial Regex Inside();
}
