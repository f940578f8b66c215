using System.Globalization;
using System.Text;
using System.Text.Json;
using Galley.Tests.Contract;

namespace Galley.Tests.Hostile.Fuzz;

/// <summary>Thinks up requests to every operation of the contract: half of them in order, the others with something wrong in them.</summary>
internal sealed class FuzzRequests(ContractDocument document, FuzzDice dice, Known known, IReadOnlyList<string> keys)
{
    private static readonly string[] Fields = ["summary", "whole", "headline", "summary,body", "headline,leadImage(url,alt),section(path)", "tags(slug)", "body", "id"];

    // What takes all of the database, or all of an article away, only now and then.
    private static readonly Dictionary<string, int> OneIn = new(StringComparer.Ordinal)
    {
        ["BackUp"] = 100,
        ["ExportArticles"] = 60,
        ["TakeDownArticle"] = 4,
        ["TakeDownOwnArticle"] = 4,
        ["DeleteArticle"] = 3,
        ["DeleteOwnArticle"] = 3,
        ["DeleteArticleBySource"] = 3,
        ["CreateKey"] = 3,
        ["RotateKey"] = 3,
    };

    private readonly List<string> _noted = [.. keys];
    private int _wildness;

    public FuzzRequest Next()
    {
        _wildness = dice.Below(10) switch { < 5 => 0, < 9 => 14, _ => 4 };
        var operation = dice.Of(document.Operations);
        while (OneIn.TryGetValue(operation.Id, out var rare) && !dice.OneIn(rare))
            operation = dice.Of(document.Operations);

        var path = PathOf(operation);
        var method = MethodOf(operation, path);
        // What a body of these means no standard says, and the server does not look at it.
        var (mediaType, body) = method is "DELETE" or "OPTIONS" ? (null, []) : BodyOf(operation);
        return new FuzzRequest(operation.Id, method, path + QueryOf(operation), AuthorizationOf(operation), HeadersOf(operation), mediaType, body);
    }

    /// <summary>A key that an answer told.</summary>
    public void Note(string key)
    {
        if (_noted.Count < 40)
            _noted.Add(key);
    }

    private bool IsWild => _wildness > 0 && dice.OneIn(_wildness);

    private string MethodOf(ContractOperation operation, string path)
    {
        // The stream of changes itself does not end.
        if (operation.Id == "StreamChanges" || (operation.Method == "GET" && !operation.IsManagement && dice.OneIn(15)))
            return "HEAD";

        return _wildness > 0 && dice.OneIn(40) && IsOneTemplate(path) ? dice.Of(["PUT", "POST", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) : operation.Method;
    }

    // With another method routing may take it for an address of another form, and "bulk" for an id.
    private bool IsOneTemplate(string path) =>
        Uri.TryCreate($"http://localhost{path}", UriKind.Absolute, out var address) && document.Operations.Where(operation => operation.Template.Values(address) is not null).DistinctBy(operation => operation.Template.Text).Count() == 1;

    private string? AuthorizationOf(ContractOperation operation)
    {
        if (!operation.IsManagement && !dice.OneIn(4))
            return null;
        if (_wildness > 0 && dice.OneIn(20))
            return dice.Of([null, "Bearer", "Bearer x", "Basic eDp5", "Basic !!", "Digest a=b", "Bearer gal_test_abcdefgh_abcdefghijklmnopqrstuvwxyz012345000000", dice.HostileHeader()]);

        return $"Bearer {(dice.OneIn(6) ? dice.Of(_noted) : keys[0])}";
    }

    private string PathOf(ContractOperation operation)
    {
        var path = operation.Template.Text;
        foreach (var parameter in operation.ParametersIn("path"))
        {
            var name = ContractOperation.NameOf(parameter);
            path = path.Replace($"{{{name}}}", IsWild ? dice.HostileQuery() : Uri.EscapeDataString(NamedOf(operation, name)), StringComparison.Ordinal);
        }

        return IsWild ? dice.Of([path + "/", path + "/x", path.ToUpperInvariant(), path.Replace("/v1/", "/v1//", StringComparison.Ordinal), path + ".json", path + "%00", path + ";a=b", path.Replace("/v1/", "/%76%31/", StringComparison.Ordinal)]) : path;
    }

    private string NamedOf(ContractOperation operation, string name) => name switch
    {
        "source" => known.Source(),
        "externalId" => known.Own(),
        "revision" => string.Create(CultureInfo.InvariantCulture, $"{1 + dice.Below(4)}"),
        "kind" => known.Kind(),
        "slug" => known.Slug(),
        "path" => operation.Id.StartsWith("GetArticle", StringComparison.Ordinal) ? known.One("articlePath") : known.Section(),
        _ => known.One(name),
    };

    private string QueryOf(ContractOperation operation)
    {
        var parts = new List<string>();
        foreach (var parameter in operation.ParametersIn("query"))
        {
            var name = ContractOperation.NameOf(parameter);
            if (ContractOperation.IsRequired(parameter) ? IsWild : !dice.OneIn(name == "createMissing" ? 2 : 7))
                continue;

            parts.Add($"{name}={(IsWild ? dice.HostileQuery() : Uri.EscapeDataString(ValueOf(operation, name, parameter.GetProperty("schema"))))}");
            if (IsWild)
                parts.Add(dice.Of([parts[^1], name, $"{name}=", $"={name}", $"{name.ToUpperInvariant()}=1", "nonsense=1", "%00=1", "&", $"{name}[]=1", dice.HostileQuery()]));
        }

        return parts.Count == 0 ? string.Empty : $"?{string.Join('&', parts)}";
    }

    private string ValueOf(ContractOperation operation, string name, JsonElement schema)
    {
        if (schema.GetProperty("type").GetString() == "array")
            return string.Join(',', Enumerable.Range(0, 1 + dice.Below(2)).Select(_ => ValueOf(operation, name, schema.GetProperty("items"))).Distinct(StringComparer.Ordinal));
        if (schema.TryGetProperty("enum", out var values))
            return dice.Of([.. values.EnumerateArray()]).GetString()!;

        return name switch
        {
            "section" or "parent" => known.Section(),
            "tags" => dice.Of([known.Tag(), $"{known.Tag()},{known.Tag()}", $"({known.Tag()}|{known.Tag()}),-{known.Tag()}", $"-{known.Tag()}"]),
            "language" => known.Language(),
            "q" => dice.Of([dice.Text(3), $"\"{dice.Text(2)}\"", $"{dice.Text(1)} -{dice.Text(1)}", "storm"]),
            "ids" => known.One("id"),
            "fields" => dice.Of(Fields),
            "format" => dice.Of(["blocks", "html", "markdown", "text"]),
            "url" => known.One("canonicalUrl"),
            // Nobody waits here.
            "wait" => "0",
            "from" or "to" => string.Create(CultureInfo.InvariantCulture, $"{1 + dice.Below(3)}"),
            "source" or "externalId" or "path" or "cursor" or "since" => NamedOf(operation, name),
            _ => schema.GetProperty("type").GetString() switch
            {
                "boolean" => dice.OneIn(2) ? "true" : "false",
                "integer" => string.Create(CultureInfo.InvariantCulture, $"{(schema.TryGetProperty("minimum", out var least) ? least.GetInt32() : 0) + dice.Below(schema.TryGetProperty("maximum", out var most) ? Math.Min(20, most.GetInt32()) : 5)}"),
                _ => schema.TryGetProperty("format", out _) ? known.Instant() : dice.Text(1),
            },
        };
    }

    private List<(string Name, string Value)> HeadersOf(ContractOperation operation)
    {
        var headers = new List<(string, string)>();
        foreach (var parameter in operation.ParametersIn("header"))
        {
            var name = ContractOperation.NameOf(parameter);
            if (ContractOperation.IsRequired(parameter) ? !IsWild : dice.OneIn(6))
                headers.Add((name, IsWild ? dice.HostileHeader() : HeaderOf(name)));
        }

        if (dice.OneIn(4))
            headers.Add(("Accept-Encoding", dice.Of(["br", "gzip", "br, gzip", "identity", "*", "gzip;q=0.5, br;q=0.1"])));
        if (IsWild)
            headers.Add((dice.Of(["Accept", "Accept-Encoding", "Content-Encoding", "Range", "Origin", "X-Forwarded-Host", "X-HTTP-Method-Override", "If-Match", "If-None-Match", "If-Unmodified-Since", "Idempotency-Key", "Cache-Control"]), dice.HostileHeader()));
        return headers;
    }

    private string HeaderOf(string name) => name switch
    {
        "If-Match" => dice.OneIn(2) ? "*" : known.One("etag"),
        "If-None-Match" => dice.OneIn(2) ? "*" : known.One("etag"),
        "If-Modified-Since" => "Thu, 15 Jan 2026 09:00:00 GMT",
        "Min-Change-Seq" or "Last-Event-ID" => known.One("since"),
        _ => string.Create(CultureInfo.InvariantCulture, $"key-{dice.Below(30)}"),
    };

    private (string? MediaType, byte[] Body) BodyOf(ContractOperation operation)
    {
        if (operation.RequestBody is not { } declared)
            return (null, []);

        var content = declared.GetProperty("content").EnumerateObject().First();
        if (!ContractOperation.IsRequired(declared) && dice.OneIn(2))
            return (null, []);

        var json = new FuzzJson(document, dice, known, _wildness * 2);
        var text = content.Name.EndsWith("ndjson", StringComparison.Ordinal)
            ? string.Concat(Enumerable.Range(0, 1 + dice.Below(12)).Select(_ => json.WriteLine() + (IsWild ? "\r\n\n" : "\n")))
            : json.Write(content.Value.GetProperty("schema"));
        var body = Encoding.UTF8.GetBytes(text);
        return (IsWild ? dice.Of([content.Name, "application/json; charset=utf-8", "text/plain", "application/json;charset=latin1", "*/*", "x"]) : content.Name, IsWild ? dice.Mutate(body) : body);
    }
}
