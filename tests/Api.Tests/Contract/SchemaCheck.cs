using System.Text.Json;

namespace Galley.Tests.Contract;

/// <summary>Checks JSON against the contract's schemas, by the part of JSON Schema that they use. A keyword it does not know is a fault of its own, so that nothing goes unchecked.</summary>
internal sealed class SchemaCheck(ContractDocument document, Direction direction)
{
    private static readonly HashSet<string> Annotations = new(["title", "description", "examples", "default", "readOnly", "writeOnly", "deprecated", "x-shorthand"], StringComparer.Ordinal);

    private static readonly string[] Structure = ["$ref", "allOf", "anyOf", "oneOf", "properties", "required", "additionalProperties", "minProperties", "maxProperties", "items"];

    private readonly List<string> _faults = [];

    /// <summary>Whether it checks this keyword, or knows that there is nothing to check.</summary>
    public static bool Knows(string keyword) => Annotations.Contains(keyword) || Structure.Contains(keyword) || ValueRules.Keywords.Contains(keyword);

    /// <summary>Everything that is wrong, each with its pointer.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public SchemaCheck Check(JsonElement schema, JsonElement value, string pointer = "")
    {
        if (direction == Direction.Sent && value.ValueKind == JsonValueKind.String && document.Resolve(schema).TryGetProperty("x-shorthand", out _))
            return this;

        foreach (var keyword in schema.EnumerateObject().Where(keyword => !Annotations.Contains(keyword.Name)))
            CheckKeyword(keyword.Name, keyword.Value, schema, value, pointer);

        return this;
    }

    private void CheckKeyword(string keyword, JsonElement rule, JsonElement schema, JsonElement value, string pointer)
    {
        switch (keyword)
        {
            case "$ref":
                Check(document.Resolve(schema), value, pointer);
                break;
            case "allOf" or "anyOf" or "oneOf":
                CheckBranches(keyword, rule, value, pointer);
                break;
            case "properties" or "required" or "additionalProperties" or "minProperties" or "maxProperties" when value.ValueKind == JsonValueKind.Object:
                CheckObject(keyword, rule, schema, value, pointer);
                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                foreach (var (item, index) in value.EnumerateArray().Select((item, index) => (item, index)))
                    Check(rule, item, $"{pointer}/{index}");
                break;
            case "items" or "properties" or "required" or "additionalProperties" or "minProperties" or "maxProperties":
                break;
            default:
                if (ValueRules.Fault(keyword, rule, value, direction) is { } fault)
                    Add(pointer, fault);
                break;
        }
    }

    private void CheckObject(string keyword, JsonElement rule, JsonElement schema, JsonElement value, string pointer)
    {
        var members = value.EnumerateObject().Where(member => !IsAbsent(schema, member)).ToList();
        switch (keyword)
        {
            case "properties":
                foreach (var member in members.Where(member => rule.TryGetProperty(member.Name, out _)))
                    Check(rule.GetProperty(member.Name), member.Value, $"{pointer}/{member.Name}");
                // A closed schema says so itself; an open one is open to readers, not to the server.
                if (direction == Direction.Answered && !schema.TryGetProperty("additionalProperties", out _))
                    CheckUndeclared(members, rule, pointer);
                break;
            case "required":
                foreach (var name in rule.EnumerateArray().Select(name => name.GetString()!).Where(name => members.All(member => member.Name != name)))
                    Add(pointer, $"has no member \"{name}\", which is required");
                break;
            case "additionalProperties" when rule.ValueKind == JsonValueKind.False:
                CheckUndeclared(members, schema.GetProperty("properties"), pointer);
                break;
            case "additionalProperties" when rule.ValueKind == JsonValueKind.Object:
                foreach (var member in members.Where(member => !schema.TryGetProperty("properties", out var named) || !named.TryGetProperty(member.Name, out _)))
                    Check(rule, member.Value, $"{pointer}/{member.Name}");
                break;
            case "minProperties" when members.Count < rule.GetInt32():
            case "maxProperties" when members.Count > rule.GetInt32():
                Add(pointer, $"has {members.Count} members; {keyword} is {rule}");
                break;
            default:
                break;
        }
    }

    private void CheckUndeclared(IEnumerable<JsonProperty> members, JsonElement properties, string pointer)
    {
        foreach (var member in members.Where(member => !properties.TryGetProperty(member.Name, out _)))
            Add($"{pointer}/{member.Name}", "is declared nowhere");
    }

    private void CheckBranches(string keyword, JsonElement branches, JsonElement value, string pointer)
    {
        var checks = branches.EnumerateArray().Select(branch => new SchemaCheck(document, direction).Check(branch, value, pointer)).ToList();
        var right = checks.Count(check => check.Faults.Count == 0);
        if (keyword == "allOf")
            _faults.AddRange(checks.SelectMany(check => check.Faults));
        else if (right == 0 || (keyword == "oneOf" && right > 1))
            Add(pointer, $"fits {right} branches of {keyword}: {string.Join("; ", checks.SelectMany(check => check.Faults))}");
    }

    // null for an optional member that is sent means absent, unless null means something there.
    private bool IsAbsent(JsonElement schema, JsonProperty member) =>
        direction == Direction.Sent
        && member.Value.ValueKind == JsonValueKind.Null
        && schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var property)
        && !(document.Resolve(property).TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Any(name => name.GetString() == "null"));

    private void Add(string pointer, string fault) => _faults.Add($"{(pointer.Length == 0 ? "(the whole)" : pointer)} {fault}");
}
