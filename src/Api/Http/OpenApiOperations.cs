using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Galley.Http;

/// <summary>Describes operations by what their endpoints declare: parameters, bodies, headers, errors, who may call.</summary>
internal sealed class OpenApiOperations : IOperationFilter
{
    private static readonly Dictionary<string, (string Description, string? Format)> PathParameters = new(StringComparer.Ordinal)
    {
        ["id"] = ("The article's id.", "uuid"),
        ["path"] = ("The rest of the address. Slashes in it may be sent as they are or as `%2F`; it is percent-decoded exactly once.", null),
        ["kind"] = ("The tag's kind.", null),
        ["slug"] = ("The tag's slug.", null),
        ["source"] = ("The source that pushes the article: 1 to 63 lower-case ASCII letters, digits, dots, hyphens and underscores. It begins with its first push.", null),
        ["externalId"] = ("The sender's own id, 1 to 250 characters, case-sensitive. Slashes in it may be sent as they are or as `%2F`; it is percent-decoded exactly once.", null),
        ["keyId"] = ("The key's id.", null),
    };

    private static readonly Dictionary<int, string> Descriptions = new()
    {
        [200] = "As asked.",
        [201] = "Made.",
        [204] = "Done; there is nothing to say.",
        [304] = "The client has these bytes already.",
        [308] = "The same article stands at the address in `Location` now.",
        [400] = "The query or a header is not valid, or the body is not JSON: `malformed-request`, `invalid-json`, `unknown-parameter`, `invalid-parameter`, `invalid-cursor`, `bad-encoding`, `key-in-url`.",
        [401] = "`missing-credentials` or `invalid-credentials`.",
        [403] = "`insufficient-scope` or `outside-constraint`.",
        [404] = "`not-found`: not there, or never visible to this reader.",
        [406] = "`not-acceptable`.",
        [409] = "`state-conflict`, `slug-taken` or `taken-down`.",
        [410] = "`gone`: was visible to this reader here, and is not now.",
        [412] = "`revision-mismatch` or `already-exists`.",
        [413] = "`too-large`.",
        [415] = "`unsupported-media-type`.",
        [422] = "`validation-failed`: all errors at once, each with a pointer.",
        [428] = "`precondition-required`: send If-Match.",
        [500] = "`internal`.",
        [503] = "`overloaded`, `storage-unavailable` or `shutting-down`; `Retry-After` says when to try again.",
        [507] = "`storage-full`.",
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var access = metadata.OfType<Access>().Last();
        var query = metadata.OfType<QueryMetadata>().SelectMany(each => each.Parameters);
        var isConditional = metadata.OfType<PreconditionMetadata>().Any();
        var problem = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);

        operation.Parameters =
        [
            .. PathNames(context.ApiDescription.RelativePath!).Select(PathParameter),
            .. query.Select(QueryParameter),
            .. isConditional ? WriteConditions(metadata.OfType<MatchRequired>().Any()) : access.Kind == AccessKind.Delivery ? ReadConditions() : [],
        ];
        operation.RequestBody = metadata.OfType<IAcceptsMetadata>().FirstOrDefault() is { RequestType: { } type } ? Body(type, context) : null;

        IEnumerable<int> common = [400, 401, 406, 500, 503, .. access.Kind == AccessKind.Key ? [403] : Array.Empty<int>(), .. operation.RequestBody is null ? [] : new[] { 413, 415, 422, 507 }];
        foreach (var status in common)
            operation.Responses!.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse { Content = ProblemContent(problem) });

        Describe(operation, access);
        operation.Security = Security(access, context.Document);
    }

    private static void Describe(OpenApiOperation operation, Access access)
    {
        var responses = new OpenApiResponses();
        foreach (var (status, response) in operation.Responses!.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var described = (OpenApiResponse)response;
            described.Description = Descriptions[int.Parse(status, CultureInfo.InvariantCulture)];
            described.Headers = Headers(status, access, operation.RequestBody is not null);
            responses.Add(status, described);
        }

        operation.Responses = responses;
    }

    private static Dictionary<string, IOpenApiHeader> Headers(string status, Access access, bool isWrite)
    {
        var headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        if (status is "200" or "201" or "304" && (access.Kind == AccessKind.Delivery || isWrite))
            Add("ETag", "A strong entity tag: a keyed hash of the bytes in delivery, one per revision in management.");
        if (status is "200" or "304" && access.Kind == AccessKind.Delivery)
        {
            Add("Cache-Control", "How long the answer stays fresh.");
            Add("Last-Modified", "When the bytes last changed for any reason; left out while that is not known exactly.");
            Add("Content-Language", "The article's language.");
            Add("Link", "Of a list: the full URLs of the next and the previous page, as `next` and `prev` (RFC 8288).");
        }

        if (status is "201" or "308")
            Add("Location", "Where it stands.");
        if (status is "503")
            Add("Retry-After", "Seconds to wait.");
        if (status is "401")
            Add("WWW-Authenticate", "How to send a key.");

        return headers;

        void Add(string name, string description) => headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private static Dictionary<string, OpenApiMediaType> ProblemContent(IOpenApiSchema problem) => new() { [ProblemResult.MediaType] = new OpenApiMediaType { Schema = problem } };

    private static IEnumerable<string> PathNames(string path) =>
        path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment.Trim('{', '}', '*'));

    private static IOpenApiParameter PathParameter(string name) => new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = PathParameters[name].Description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = PathParameters[name].Format },
    };

    private static IOpenApiParameter QueryParameter(QueryParameter parameter)
    {
        var value = new OpenApiSchema
        {
            Type = parameter.Type switch { "integer" => JsonSchemaType.Integer, "boolean" => JsonSchemaType.Boolean, _ => JsonSchemaType.String },
            Format = parameter.Format,
            Pattern = parameter.Pattern,
            Minimum = parameter.Minimum?.ToString(CultureInfo.InvariantCulture),
            Maximum = parameter.Maximum?.ToString(CultureInfo.InvariantCulture),
            Enum = parameter.Values is { } values ? [.. values.Select(text => (JsonNode)JsonValue.Create(text))] : null,
            Default = parameter.Default is not { } text ? null : parameter.Type == "integer" ? JsonValue.Create(int.Parse(text, CultureInfo.InvariantCulture)) : JsonValue.Create(text),
        };

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

    private static IEnumerable<IOpenApiParameter> WriteConditions(bool isRequired) =>
    [
        Header("If-Match", "The `etag` that was read: the write is refused with 412 if somebody else wrote since. `*` expects any.", isRequired),
        Header("If-None-Match", "`*`: create only; 412 where the article exists.", false),
    ];

    private static IEnumerable<IOpenApiParameter> ReadConditions() =>
    [
        Header("If-None-Match", "Tags the client has: 304 where one is still right.", false),
        Header("If-Modified-Since", "Counts only without If-None-Match.", false),
    ];

    private static IOpenApiParameter Header(string name, string description, bool isRequired) => new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = isRequired,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static IOpenApiRequestBody Body(Type type, OperationFilterContext context) => new OpenApiRequestBody
    {
        Required = !type.IsAssignableTo(typeof(IOptionalBody)),
        Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository) } },
    };

    // Reading needs no key while anonymous reading is on: the empty requirement says so.
    private static List<OpenApiSecurityRequirement> Security(Access access, Microsoft.OpenApi.OpenApiDocument document)
    {
        var bearer = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApiDocument.Bearer, document)] = [.. access.AnyOf] };
        return access.Kind == AccessKind.Delivery
            ? [new OpenApiSecurityRequirement(), bearer, new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApiDocument.Basic, document)] = [] }]
            : [bearer];
    }
}
