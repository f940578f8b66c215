using System.Globalization;
using System.Text.Json;

namespace Galley.Tests.Contract;

/// <summary>One operation as the contract declares it.</summary>
internal sealed class ContractOperation
{
    private readonly ContractDocument _document;

    public ContractOperation(string path, string method, JsonElement declared, ContractDocument document)
    {
        (_document, Declared, Method) = (document, declared, method.ToUpperInvariant());
        Id = declared.GetProperty("operationId").GetString()!;
        Parameters = declared.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray().Select(document.Resolve)] : [];
        Responses = declared.GetProperty("responses").EnumerateObject()
            .ToDictionary(response => int.Parse(response.Name, CultureInfo.InvariantCulture), response => document.Resolve(response.Value));
        Template = new PathTemplate(path, Parameters.Where(parameter => parameter.TryGetProperty("x-catch-all", out _)).Select(NameOf).SingleOrDefault());
    }

    public string Id { get; }

    public string Method { get; }

    public PathTemplate Template { get; }

    public JsonElement Declared { get; }

    /// <summary>The parameters themselves, references followed.</summary>
    public IReadOnlyList<JsonElement> Parameters { get; }

    public IReadOnlyDictionary<int, JsonElement> Responses { get; }

    public bool IsManagement => Template.Text.StartsWith("/v1/manage/", StringComparison.Ordinal);

    public IEnumerable<JsonElement> ParametersIn(string place) => Parameters.Where(parameter => parameter.GetProperty("in").GetString() == place);

    public JsonElement? RequestBody => Declared.TryGetProperty("requestBody", out var body) ? _document.Resolve(body) : null;

    public static string NameOf(JsonElement parameter) => parameter.GetProperty("name").GetString()!;

    public static bool IsRequired(JsonElement parameter) => parameter.TryGetProperty("required", out var required) && required.GetBoolean();

    public override string ToString() => $"{Id} ({Method} {Template.Text})";
}
