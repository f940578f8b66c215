using System.Text.Json;
using System.Text.RegularExpressions;

namespace Galley.Tests.Contract;

/// <summary>The rules of JSON Schema about one value: its type, form and size.</summary>
internal static class ValueRules
{
    private static readonly Dictionary<string, Func<JsonElement, JsonElement, Direction, bool>> Rules = new(StringComparer.Ordinal)
    {
        ["type"] = (rule, value, _) => rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(name => IsOfType(name.GetString()!, value)) : IsOfType(rule.GetString()!, value),
        ["enum"] = (rule, value, _) => rule.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)),
        ["const"] = (rule, value, _) => JsonElement.DeepEquals(rule, value),
        // Readers take any other value; the server may not answer one that the contract does not list.
        ["x-extensible-enum"] = (rule, value, direction) => direction == Direction.Sent || rule.EnumerateArray().Any(known => JsonElement.DeepEquals(known, value)),
        ["format"] = (rule, value, direction) => Formats.Fits(rule.GetString()!, value, direction),
        ["pattern"] = (rule, value, _) => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.CultureInvariant),
        ["minLength"] = (rule, value, _) => value.ValueKind != JsonValueKind.String || LengthOf(value) >= rule.GetInt32(),
        ["maxLength"] = (rule, value, _) => value.ValueKind != JsonValueKind.String || LengthOf(value) <= rule.GetInt32(),
        ["minItems"] = (rule, value, _) => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(),
        ["maxItems"] = (rule, value, _) => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= rule.GetInt32(),
        ["uniqueItems"] = (_, value, _) => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() == value.GetArrayLength(),
        ["minimum"] = (rule, value, _) => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal(),
        ["maximum"] = (rule, value, _) => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= rule.GetDecimal(),
    };

    /// <summary>The keywords it knows.</summary>
    public static IEnumerable<string> Keywords => Rules.Keys;

    /// <summary>What is wrong with the value, or null.</summary>
    public static string? Fault(string keyword, JsonElement rule, JsonElement value, Direction direction) =>
        !Rules.TryGetValue(keyword, out var isRight) ? throw new NotSupportedException($"The contract uses the keyword {keyword}, which the checker does not know.")
        : isRight(rule, value, direction) ? null
        : $"is {Shown(value)}; {keyword} is {rule.GetRawText()}";

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number == decimal.Truncate(number),
        _ => throw new NotSupportedException($"The contract uses the type {type}, which the checker does not know."),
    };

    // Code points of the text as it is stored: the server composes before it counts.
    private static int LengthOf(JsonElement value) => value.GetString()!.Replace("\r\n", "\n", StringComparison.Ordinal).Normalize().EnumerateRunes().Count();

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 200 } text ? text[..200] + "…" : value.GetRawText();
}
