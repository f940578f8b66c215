using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Galley.Tests.Contract;

/// <summary>Checks a request that was accepted: what the server takes must be valid by the contract.</summary>
internal sealed class RequestCheck(ContractDocument document, ContractOperation operation, HttpRequestMessage request, byte[]? body)
{
    public IEnumerable<string> Faults() => Body().Concat(Path()).Concat(Query()).Concat(Headers());

    private IEnumerable<string> Body()
    {
        // What streams was not read.
        if (request.Content is not null && body is null)
            return [];
        if (operation.RequestBody is not { } declared)
            return body is { Length: > 0 } ? ["was accepted with a body that the contract does not declare"] : [];
        if (body is null or { Length: 0 })
            return ContractOperation.IsRequired(declared) ? ["was accepted without a body, which is required"] : [];

        var mediaType = request.Content!.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "(none)";
        if (!declared.GetProperty("content").TryGetProperty(mediaType, out var content))
            return [$"was accepted with a body of type {mediaType}, which is not declared"];
        if (!mediaType.EndsWith("json", StringComparison.Ordinal) || mediaType.Contains("ndjson", StringComparison.Ordinal))
            return [];

        // What stands before the text is no part of it (RFC 8259 §8.1).
        using var json = JsonDocument.Parse(body.AsMemory(body.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
        if (json.RootElement.ValueKind == JsonValueKind.Null && !ContractOperation.IsRequired(declared))
            return [];

        var check = new SchemaCheck(document, Direction.Sent).Check(content.GetProperty("schema"), json.RootElement);
        return check.Faults.Select(fault => $"was accepted although the body breaks the contract: {fault}").ToList();
    }

    private IEnumerable<string> Path()
    {
        var values = operation.Template.Values(request.RequestUri!)!;
        return operation.ParametersIn("path").SelectMany(parameter => Value(parameter, values[ContractOperation.NameOf(parameter)]));
    }

    private IEnumerable<string> Query()
    {
        var given = request.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => Decode(pair[0]), pair => Decode(pair[^1]), StringComparer.Ordinal);
        var declared = operation.ParametersIn("query").ToDictionary(ContractOperation.NameOf, StringComparer.Ordinal);

        foreach (var name in given.Keys.Where(name => !declared.ContainsKey(name)))
            yield return $"was accepted with the parameter {name}, which is not declared";
        foreach (var (name, parameter) in declared)
        {
            var faults = given.TryGetValue(name, out var value) ? Value(parameter, value)
                : ContractOperation.IsRequired(parameter) ? [$"was accepted without the parameter {name}, which is required"]
                : [];
            foreach (var fault in faults)
                yield return fault;
        }
    }

    private IEnumerable<string> Headers() =>
        operation.ParametersIn("header").Where(parameter => ContractOperation.IsRequired(parameter) && !request.Headers.Contains(ContractOperation.NameOf(parameter)))
            .Select(parameter => $"was accepted without the header {ContractOperation.NameOf(parameter)}, which is required");

    private IEnumerable<string> Value(JsonElement parameter, string text)
    {
        var schema = parameter.GetProperty("schema");
        var value = schema.GetProperty("type").GetString() == "array"
            ? new JsonArray([.. text.Split(',').Select(part => Read(schema.GetProperty("items"), part))])
            : Read(schema, text);

        return new SchemaCheck(document, Direction.Sent).Check(schema, JsonSerializer.SerializeToElement(value)).Faults
            .Select(fault => $"was accepted although the parameter {ContractOperation.NameOf(parameter)} breaks the contract: {fault}");
    }

    private static JsonNode Read(JsonElement schema, string text) => schema.GetProperty("type").GetString() switch
    {
        "integer" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        "boolean" when bool.TryParse(text, out var isTrue) => isTrue,
        _ => text,
    };

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
