using System.Globalization;
using System.Text;
using System.Text.Json;
using Galley.Tests.Contract;

namespace Galley.Tests.Hostile.Fuzz;

/// <summary>Writes JSON by a schema of the contract; one value in <paramref name="wildness"/> as no sender should, none where that is 0.</summary>
internal sealed class FuzzJson(ContractDocument document, FuzzDice dice, Known known, int wildness)
{
    private const int Deepest = 7;

    private static readonly string[] Urls = ["https://www.example.org/a", "https://img.example.org/a.jpg?w=1&h=2", "http://example.org/%C3%A9", "https://www.youtube.com/watch?v=abc"];

    private static readonly string[] Markup =
    [
        "<p>One <b>two</b> <a href=\\\"https://e.org/\\\">three</a></p><script>x</script>", "<table><tr><td>1</table><p>", "<ul><li>a<ul><li>b</ul></ul>", "# Head\\n\\n* a\\n  * b\\n\\n> quote\\n\\n— Who", "| a | b |\\n|---|---|\\n| 1 | 2 |", "<svg><style><img src=x onerror=1>",
        "**a _b** c_ `d` ![x](https://e.org/a.jpg \\\"t\\\")", "<figure><img src=\\\"https://e.org/a.jpg\\\" srcset=\\\"https://e.org/b.jpg 300w\\\"><figcaption>c <small>d</small></figcaption></figure>", "<iframe src=\\\"https://www.youtube.com/embed/x\\\"></iframe>", "&#0;&#xD800;&lt;&",
    ];

    private readonly StringBuilder _text = new();

    public string Write(JsonElement schema)
    {
        _text.Clear();
        Value(schema, string.Empty, 0);
        return _text.ToString();
    }

    /// <summary>A line of a bulk request.</summary>
    public string WriteLine()
    {
        var op = dice.Below(10) switch { < 7 => "put", < 9 => "unpublish", _ => "delete" };
        var head = $$"""{"op":"{{op}}","source":"{{known.Source()}}","externalId":"{{known.Own()}}""";
        return op == "put" ? $$"""{{head}}","article":{{Write(document.Schema("ArticleInput"))}}}""" : $$"""{{head}}"}""";
    }

    private bool IsWild => wildness > 0 && dice.OneIn(wildness);

    private void Value(JsonElement declared, string name, int depth)
    {
        var schema = document.Resolve(declared);
        if (IsWild)
            _text.Append(dice.HostileJson());
        else if (schema.TryGetProperty("enum", out var values))
            _text.Append(dice.Of([.. values.EnumerateArray()]).GetRawText());
        else if (schema.TryGetProperty("x-shorthand", out _) && dice.OneIn(2))
            Text(name == "section" ? known.Section() : known.Tag());
        else
            Typed(schema, TypeOf(schema), name, depth);
    }

    private string TypeOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
            return "string";

        return type.ValueKind == JsonValueKind.String ? type.GetString()! : dice.Of([.. type.EnumerateArray().Select(each => each.GetString()!).Where(each => each != "null" || dice.OneIn(4))]);
    }

    private void Typed(JsonElement schema, string type, string name, int depth)
    {
        switch (type)
        {
            case "object" when !schema.TryGetProperty("properties", out _):
                Names(schema, depth);
                break;
            case "object":
                Object(schema, name, depth);
                break;
            case "array":
                Array(schema, name, depth);
                break;
            case "boolean":
                _text.Append(dice.OneIn(2) ? "true" : "false");
                break;
            case "integer" or "number":
                Number(schema);
                break;
            case "null":
                _text.Append("null");
                break;
            default:
                Text(TextOf(schema, name));
                break;
        }
    }

    private void Names(JsonElement schema, int depth)
    {
        _text.Append("{\"en\":");
        Value(schema.GetProperty("additionalProperties"), "name", depth + 1);
        if (dice.OneIn(2))
        {
            _text.Append(",\"fr\":");
            Value(schema.GetProperty("additionalProperties"), "name", depth + 1);
        }

        _text.Append('}');
    }

    private void Object(JsonElement schema, string name, int depth)
    {
        // Of all that a block may have little goes together.
        if (name == "blocks" && dice.OneIn(2))
        {
            _text.Append("{\"type\":\"paragraph\",\"text\":");
            Text(dice.Text(20));
            _text.Append('}');
            return;
        }

        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(each => each.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        var members = schema.GetProperty("properties").EnumerateObject().Where(member => !member.Value.TryGetProperty("readOnly", out _)).ToList();
        var isOneOf = schema.TryGetProperty("maxProperties", out var most) && most.GetInt32() == 1;
        var chosen = isOneOf
            ? [dice.Of(members)]
            : members.Where(member => required.Contains(member.Name) ? wildness == 0 || !dice.OneIn(20) : dice.OneIn(depth < 2 ? 3 : 5 + depth)).ToList();
        if (schema.TryGetProperty("minProperties", out _) && chosen.Count == 0)
            chosen.Add(dice.Of(members));

        _text.Append('{');
        foreach (var member in chosen)
        {
            Member(member, depth);
            if (IsWild)
                Member(dice.OneIn(2) ? member : dice.Of(members), depth);
        }

        if (IsWild)
            _text.Append(dice.OneIn(2) ? ",\"nonsense\":1" : "\"nonsense\":1");
        _text.Append('}');
    }

    private void Member(JsonProperty member, int depth)
    {
        if (_text[^1] != '{')
            _text.Append(',');
        Text(member.Name);
        _text.Append(':');
        Value(member.Value, member.Name, depth + 1);
    }

    private void Array(JsonElement schema, string name, int depth)
    {
        var least = schema.TryGetProperty("minItems", out var items) ? items.GetInt32() : 0;
        var count = depth >= Deepest ? least : Math.Max(least, dice.Below(4));
        _text.Append('[');
        for (var i = 0; i < count; i++)
        {
            _text.Append(i > 0 ? "," : string.Empty);
            Value(schema.GetProperty("items"), name, depth + 1);
        }

        _text.Append(']');
    }

    private void Number(JsonElement schema)
    {
        var least = schema.TryGetProperty("minimum", out var minimum) ? (int)minimum.GetDouble() : 0;
        var most = schema.TryGetProperty("maximum", out var maximum) ? (int)Math.Min(maximum.GetDouble(), 100_000) : 20;
        _text.Append(CultureInfo.InvariantCulture, $"{least + dice.Below(Math.Max(1, most - least + 1))}");
    }

    private string TextOf(JsonElement schema, string name)
    {
        if (schema.TryGetProperty("format", out var format))
        {
            switch (format.GetString())
            {
                case "date-time":
                    return known.Instant();
                case "uuid":
                    return known.One("id");
                case "uri" or "uri-reference":
                    return dice.Of(Urls);
            }
        }

        return name switch
        {
            "language" or "nameLanguage" or "languages" => known.Language(),
            "externalId" => known.Own(),
            "source" or "sources" => known.Source(),
            "sections" or "path" or "section" => known.Section(),
            "from" or "into" or "to" => dice.OneIn(2) ? known.Tag() : known.Section(),
            "slug" => known.Slug(),
            "id" => dice.OneIn(2) ? known.One("id") : known.Own().Replace(':', '-').Replace('/', '-').Replace('.', '-'),
            "html" or "markdown" => dice.Of(Markup),
            "contentType" => "image/jpeg",
            "translationKey" => $"key-{dice.Below(40)}",
            _ when name.EndsWith("rl", StringComparison.Ordinal) || name is "aliases" or "href" or "sameAs" or "license" or "digitalSourceType" => dice.Of(Urls),
            _ => Long(schema),
        };
    }

    // Sometimes just what is allowed, and one more.
    private string Long(JsonElement schema) => schema.TryGetProperty("maxLength", out var most) && most.GetInt32() <= 2_000 && dice.OneIn(30)
        ? new string('a', most.GetInt32() + (wildness > 0 ? dice.Below(2) : 0))
        : dice.Text(6);

    private void Text(string text) => _text.Append('"').Append(text.Contains('\\', StringComparison.Ordinal) ? text : text.Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
}
