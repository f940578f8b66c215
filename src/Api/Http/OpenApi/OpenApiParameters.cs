using System.Globalization;
using System.Text.Json.Nodes;
using Galley.Content;
using Microsoft.OpenApi;

namespace Galley.Http.OpenApi;

/// <summary>Describes what stands in an address, a query or a header.</summary>
internal static class OpenApiParameters
{
    /// <summary>Marks a path parameter that takes whatever is left of the address, slashes included.</summary>
    public const string CatchAll = "x-catch-all";

    private const string DecodedOnce = "Slashes in it may be sent as they are or as `%2F`; it is percent-decoded exactly once. An empty, `.` or `..` segment is 400.";

    // By the segment before, where one name means several things.
    private static readonly Dictionary<string, OpenApiParameter> InPath = new(StringComparer.Ordinal)
    {
        ["id"] = Text("The article's id. A malformed one is 404.", format: "uuid"),
        ["by-path/path"] = Text($"The article's path: `language/section/path/slug`, without a section `language/slug`. {DecodedOnce}"),
        ["sections/path"] = Text($"The section's path, such as `international/moyen-orient`. {DecodedOnce}"),
        ["kind"] = Text($"The tag's kind: {string.Join(", ", TagKey.Kinds.Select(kind => $"`{kind}`"))}. Any other is 404."),
        ["slug"] = Text("The tag's slug."),
        ["source"] = Text("The source that pushes the article: 1 to 63 lower-case ASCII letters, digits, dots, hyphens and underscores, beginning with a letter or digit. It begins with its first push.", "^[a-z0-9][a-z0-9._-]{0,62}$"),
        ["externalId"] = Text($"The sender's own id, 1 to {SourceName.MaxExternalId} characters, case-sensitive. {DecodedOnce}", most: SourceName.MaxExternalId),
        ["keyId"] = Text("The key's id."),
        ["revision"] = Number("The revision's number, from 1. One that the article does not have is 404."),
        ["linkId"] = Text("The link's id."),
    };

    /// <summary>The parameters of the path, in its order.</summary>
    public static IEnumerable<IOpenApiParameter> OfPath(string path)
    {
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (!segments[i].StartsWith('{'))
                continue;

            var name = segments[i].Trim('{', '}', '*');
            var parameter = (OpenApiParameter)(InPath.GetValueOrDefault($"{segments[i - 1]}/{name}") ?? InPath[name]).CreateShallowCopy();
            parameter.Name = name;
            if (segments[i].StartsWith("{*", StringComparison.Ordinal))
                parameter.Extensions = new Dictionary<string, IOpenApiExtension> { [CatchAll] = new JsonNodeExtension(true) };

            yield return parameter;
        }
    }

    public static IOpenApiParameter OfQuery(QueryParameter parameter)
    {
        var value = ValueOf(parameter);
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Required = parameter.IsRequired,
            Description = parameter.Description,
            Style = parameter.MaxItems is null ? null : ParameterStyle.Form,
            Explode = parameter.MaxItems is null,
            Schema = parameter.MaxItems is { } most ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = value, MinItems = 1, MaxItems = most, UniqueItems = true } : value,
        };
    }

    /// <summary>If-Match, and If-None-Match where a write may create.</summary>
    public static IEnumerable<IOpenApiParameter> OfWrite(bool isMatchRequired, bool mayCreate)
    {
        yield return Header("If-Match", "The `etag` that was read: the write is refused with 412 if somebody else wrote since. `*` expects any.", isMatchRequired);
        if (mayCreate)
            yield return Header("If-None-Match", "`*`, and nothing else: create only; 412 where it exists.", pattern: @"^\*$");
    }

    public static IOpenApiParameter OfRepetition() => Header(
        IdempotencyKey.Header,
        "A name that you give to this request, 1 to 255 visible ASCII characters, bare or in quotation marks: sent again under it, the same request counts once and is answered as it was, with `Idempotency-Replayed: true`. "
        + "Each key has names of its own, and so has each address with its query. Kept for 24 hours, over restarts: answers of 2xx, and 400 and 422 for what is wrong with the request itself. Another body under the same name is 422 `idempotency-key-reused`; "
        + "while the first is under way it is 409 `request-in-progress`; where the article was deleted or taken down since, 409. A dry run takes it and keeps nothing.");

    public static IEnumerable<IOpenApiParameter> OfReading() =>
    [
        Header("If-None-Match", "Tags the client has: 304 where one is still right."),
        Header("If-Modified-Since", "A date that the client got in `Last-Modified`; counts only without `If-None-Match`."),
        AtLeast(),
    ];

    /// <summary>For what is never stored: there is nothing to ask about again.</summary>
    public static IEnumerable<IOpenApiParameter> OfMoment(bool isStream) => [
        .. isStream ? new[] { Header(LastEventId.Name, "The id of the last event that was seen: the stream goes on behind it. Wins over `since`.") } : [],
        AtLeast(),
    ];

    private static OpenApiParameter AtLeast() =>
        Header(ChangeSeq.Wanted, "A `Change-Seq` that a write was answered with: the answer holds at least that write, or is 503 after a second. Send `Cache-Control: no-cache` with it. A foreign one is 400.");

    private static OpenApiSchema ValueOf(QueryParameter parameter) => new()
    {
        // Generators call an enum inside an array by its title, and by nothing without one.
        Title = parameter is { Values: not null, MaxItems: not null } ? char.ToUpperInvariant(parameter.Name[0]) + parameter.Name[1..] : null,
        Type = parameter.Type switch { "integer" => JsonSchemaType.Integer, "boolean" => JsonSchemaType.Boolean, _ => JsonSchemaType.String },
        Format = parameter.Format,
        Pattern = parameter.Pattern,
        MaxLength = parameter.MaxLength,
        Minimum = parameter.Minimum?.ToString(CultureInfo.InvariantCulture),
        Maximum = parameter.Maximum?.ToString(CultureInfo.InvariantCulture),
        Enum = parameter.Values is { } values ? [.. values.Select(text => (JsonNode)JsonValue.Create(text))] : null,
        Default = (parameter.Default, parameter.Type) switch
        {
            (null, _) => null,
            ({ } number, "integer") => JsonValue.Create(int.Parse(number, CultureInfo.InvariantCulture)),
            ({ } flag, "boolean") => JsonValue.Create(bool.Parse(flag)),
            ({ } text, _) => JsonValue.Create(text),
        },
    };

    private static OpenApiParameter Text(string description, string? pattern = null, string? format = null, int? most = null) => new()
    {
        In = ParameterLocation.Path,
        Required = true,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern, Format = format, MinLength = most is null ? null : 1, MaxLength = most },
    };

    private static OpenApiParameter Number(string description) => new()
    {
        In = ParameterLocation.Path,
        Required = true,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "1" },
    };

    private static OpenApiParameter Header(string name, string description, bool isRequired = false, string? pattern = null) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = isRequired,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern },
    };
}
