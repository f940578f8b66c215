using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Galley.Tests.Contract;

/// <summary>Makes of one valid body all that touch a limit of its schema: just within it, and just beyond.</summary>
internal sealed class Mutations(ContractDocument document, JsonNode sample)
{
    private readonly List<Mutation> _made = [];
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>The members that were changed, each behind its schema's reference.</summary>
    public IReadOnlySet<string> Touched => _touched;

    public IReadOnlyList<Mutation> Of(JsonElement schema)
    {
        Visit(schema, sample, string.Empty);
        return _made;
    }

    private void Visit(JsonElement declared, JsonNode value, string pointer)
    {
        var schema = document.Resolve(declared);
        if (declared.TryGetProperty("readOnly", out _))
            return;

        Add(pointer, "another type", false, value.GetValueKind() switch { JsonValueKind.String => true, JsonValueKind.Number => "nonsense", _ => 0.5 });
        switch (value)
        {
            case JsonObject names when !schema.TryGetProperty("properties", out _):
                VisitNames(schema, names, pointer);
                break;
            case JsonObject members:
                _touched.UnionWith(members.Select(member => $"{declared.GetProperty("$ref")}.{member.Key}"));
                VisitObject(schema, members, pointer);
                break;
            case JsonArray items:
                VisitArray(schema, items, pointer);
                break;
            default:
                VisitText(schema, (JsonValue)value, pointer);
                VisitNumber(schema, pointer);
                break;
        }
    }

    private void VisitObject(JsonElement schema, JsonObject members, string pointer)
    {
        foreach (var (name, member) in members)
            Visit(schema.GetProperty("properties").GetProperty(name), member!, $"{pointer}/{name}");

        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!))
                Add($"{pointer}/{name}", "left out", false, null);
        }

        Add($"{pointer}/nonsense", "an unknown member", false, 1);
        if (schema.TryGetProperty("minProperties", out _))
            Add(pointer, "no member", false, new JsonObject());
    }

    // The names are the sender's own.
    private void VisitNames(JsonElement schema, JsonObject names, string pointer)
    {
        foreach (var (name, value) in names)
            Visit(schema.GetProperty("additionalProperties"), value!, $"{pointer}/{name}");

        var most = schema.GetProperty("maxProperties").GetInt32();
        Add(pointer, $"{most} names", true, Named(most));
        Add(pointer, $"one more than {most} names", false, Named(most + 1));
    }

    private static JsonObject Named(int count) => new(Enumerable.Range(0, count).Select(i => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"en-x-{i}"), (JsonNode?)JsonValue.Create("A name"))));

    private void VisitArray(JsonElement schema, JsonArray items, string pointer)
    {
        for (var i = 0; i < items.Count; i++)
            Visit(schema.GetProperty("items"), items[i]!, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}"));

        if (schema.TryGetProperty("minItems", out _))
            Add(pointer, "no item", false, new JsonArray());
        if (!schema.TryGetProperty("maxItems", out var most))
            return;

        // As many marks as are allowed would need a text for them: only too many can be made of one.
        if (!pointer.EndsWith("/marks", StringComparison.Ordinal))
            Add(pointer, $"{most} items", true, Repeated(items[0]!, most.GetInt32()));
        Add(pointer, $"one more than {most} items", false, Repeated(items[0]!, most.GetInt32() + 1));
    }

    private void VisitText(JsonElement schema, JsonValue value, string pointer)
    {
        if (value.GetValueKind() != JsonValueKind.String)
            return;

        var text = value.GetValue<string>();
        if (schema.TryGetProperty("maxLength", out var most))
        {
            AddIfValid(schema, pointer, $"{most} characters", text.PadRight(most.GetInt32(), 'a'));
            Add(pointer, $"one more than {most} characters", false, text.PadRight(most.GetInt32() + 1, 'a'));
        }

        if (schema.TryGetProperty("minLength", out _))
            Add(pointer, "empty", false, string.Empty);
        if (schema.TryGetProperty("pattern", out _) || schema.TryGetProperty("enum", out _))
            Add(pointer, "blank", false, " ");
        if (schema.TryGetProperty("format", out var format))
            Add(pointer, $"not {format}", false, "nonsense");
    }

    private void VisitNumber(JsonElement schema, string pointer)
    {
        if (schema.TryGetProperty("minimum", out var least))
        {
            Add(pointer, $"{least}", true, least.GetInt32());
            Add(pointer, $"less than {least}", false, least.GetInt32() - 1);
        }

        if (schema.TryGetProperty("maximum", out var most))
        {
            Add(pointer, $"{most}", true, most.GetInt32());
            Add(pointer, $"more than {most}", false, most.GetInt32() + 1);
        }
    }

    private void AddIfValid(JsonElement schema, string pointer, string what, string text)
    {
        if (new SchemaCheck(document, Direction.Sent).Check(schema, JsonSerializer.SerializeToElement(text)).Faults.Count == 0)
            Add(pointer, what, true, text);
    }

    private void Add(string pointer, string what, bool isAllowed, JsonNode? value)
    {
        var root = new JsonObject { ["body"] = sample.DeepClone() };
        JsonNode place = root;
        var steps = ("/body" + pointer).Split('/').Skip(1).ToList();
        foreach (var step in steps.SkipLast(1))
            place = Child(place, step);

        if (place is JsonArray items)
            items[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = value;
        else if (value is null)
            place.AsObject().Remove(steps[^1]);
        else
            place[steps[^1]] = value;

        _made.Add(new Mutation(pointer, what, isAllowed, root["body"]!));
    }

    private static JsonNode Child(JsonNode node, string step) => node is JsonArray items ? items[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!;

    // What names an item must differ from one to the next.
    private static JsonArray Repeated(JsonNode item, int count) => [.. Enumerable.Range(0, count).Select(i => Numbered(item, i))];

    private static JsonNode Numbered(JsonNode item, int number)
    {
        var copy = item.DeepClone();
        foreach (var name in (copy as JsonObject)?.Select(member => member.Key).Where(name => name is "id" or "slug" or "externalId").ToList() ?? [])
        {
            if (!Guid.TryParse((string)copy[name]!, out _))
                copy[name] = string.Create(CultureInfo.InvariantCulture, $"{copy[name]}-{number}");
        }

        return copy;
    }
}
