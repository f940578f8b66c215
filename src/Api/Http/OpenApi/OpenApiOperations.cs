using System.Globalization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Galley.Http.OpenApi;

/// <summary>Describes operations by what their endpoints declare: parameters, bodies, headers, errors, who may call.</summary>
internal sealed class OpenApiOperations : IOperationFilter
{
    // What any request may come to, whatever the operation.
    private static readonly int[] Anywhere = [400, 401, 403, 406, 414, 415, 500, 503];

    private static readonly int[] WithBody = [408, 413, 422];

    // What is wrong with a line is told of the line; only of many that stand or fall together there may be too many.
    private static readonly int[] WithLines = [408, 413];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var api = context.ApiDescription;
        var metadata = api.ActionDescriptor.EndpointMetadata;
        var access = metadata.OfType<Access>().Last();
        context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);

        operation.RequestBody = metadata.OfType<BodyMetadata>().FirstOrDefault() is { } body ? Body(body, context) : null;
        operation.Parameters =
        [
            .. OpenApiParameters.OfPath(api.RelativePath!),
            .. metadata.OfType<QueryMetadata>().SelectMany(each => each.Parameters).Select(OpenApiParameters.OfQuery),
            .. metadata.OfType<WritingMetadata>().SelectMany(_ => Writing.Parameters).Select(OpenApiParameters.OfQuery),
            .. Conditions(metadata, access, HttpMethods.IsPut(api.HttpMethod!)),
            .. CountsOnce(api) ? [OpenApiParameters.OfRepetition()] : Array.Empty<IOpenApiParameter>(),
        ];
        operation.Responses = Responses(operation, access, context);
        operation.Description = Description(operation, access, api);
        operation.Security = Security(access, context.Document);
    }

    private static IEnumerable<IOpenApiParameter> Conditions(IList<object> metadata, Access access, bool isPut)
    {
        var isRequired = metadata.OfType<MatchRequired>().Any();
        return metadata.OfType<PreconditionMetadata>().Any() ? OpenApiParameters.OfWrite(isRequired, mayCreate: isPut && !isRequired)
            : metadata.OfType<Momentary>().Any() ? OpenApiParameters.OfMoment(isStream: metadata.OfType<OtherMediaType>().Any())
            : access.Kind == AccessKind.Delivery ? OpenApiParameters.OfReading()
            : [];
    }

    // What is sent again under one key.
    private static bool CountsOnce(ApiDescription api) => HttpMethods.IsPost(api.HttpMethod!) && api.ActionDescriptor.EndpointMetadata.OfType<WritingMetadata>().Any();

    private static OpenApiResponses Responses(OpenApiOperation operation, Access access, OperationFilterContext context)
    {
        var isWrite = !HttpMethods.IsGet(context.ApiDescription.HttpMethod!);
        var isMatchRequired = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<MatchRequired>().Any();
        var isJson = !context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<OtherMediaType>().Any();
        IEnumerable<int> statuses =
        [
            .. operation.Responses!.Keys.Select(status => int.Parse(status, CultureInfo.InvariantCulture)),
            .. Anywhere,
            .. operation.RequestBody is null ? [] : isJson ? WithBody : WithLines,
            .. isWrite ? [507] : Array.Empty<int>(),
            .. isMatchRequired ? [428] : Array.Empty<int>(),
            .. CountsOnce(context.ApiDescription) ? [409] : Array.Empty<int>(),
        ];

        var responses = new OpenApiResponses();
        foreach (var status in statuses.Where(status => isJson || status != StatusCodes.Status406NotAcceptable).Distinct().Order())
        {
            var key = status.ToString(CultureInfo.InvariantCulture);
            responses.Add(key, OpenApiSharedResponses.IsShared(status)
                ? OpenApiSharedResponses.Refer(status, context.Document)
                : Success((OpenApiResponse)operation.Responses[key], status, access, context));
        }

        return responses;
    }

    private static OpenApiResponse Success(OpenApiResponse response, int status, Access access, OperationFilterContext context)
    {
        var method = context.ApiDescription.HttpMethod!;
        var type = context.ApiDescription.SupportedResponseTypes.First(each => each.StatusCode == status).Type ?? typeof(void);
        var isMomentary = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<Momentary>().Any();
        var isFeed = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ForFeedReaders>().Any();
        var headers = isMomentary ? ["Cache-Control", "Vary"] : isFeed ? [.. DeliveryHeaders(typeof(void)), "Link"] : access.Kind == AccessKind.Delivery ? DeliveryHeaders(type) : ManagementHeaders(method, status, type);
        response.Description = isFeed ? "One page of the feed." : Meaning(method, status, type);
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ContentLocation>().Any())
            headers = headers.Append("Content-Location");
        if (CountsOnce(context.ApiDescription))
            headers = headers.Append(IdempotencyKey.Replayed);
        response.Headers = OpenApiSharedResponses.ReferToHeaders(headers, context.Document);
        return response;
    }

    private static string Meaning(string method, int status, Type type) => (method, status) switch
    {
        (_, 201) => "Made; `Location` says where it stands.",
        _ when IsList(type) => "One page of the list.",
        _ when type.GetProperty("UpToDate") is not null => "Some changes in their order, and where to go on.",
        ("PUT" or "PATCH", _) => "Stored, or unchanged: `outcome` says which.",
        ("POST", _) => "Done, or so already: `outcome` says which.",
        _ => "What stands there now.",
    };

    private static IEnumerable<string> DeliveryHeaders(Type type) =>
    [
        "ETag", "Cache-Control", "Vary", SurrogateKeys.Header,
        .. IsList(type) ? ["Link"] : Array.Empty<string>(),
        .. type.GetProperty("Language") is null ? Array.Empty<string>() : ["Content-Language", "Last-Modified"],
    ];

    private static IEnumerable<string> ManagementHeaders(string method, int status, Type type) =>
    [
        "Cache-Control",
        .. type.GetProperty("Etag") is null ? Array.Empty<string>() : ["ETag"],
        .. IsList(type) ? ["Link"] : Array.Empty<string>(),
        .. status == StatusCodes.Status201Created ? ["Location"] : Array.Empty<string>(),
        .. HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) ? ["Content-Location"] : Array.Empty<string>(),
        .. HttpMethods.IsGet(method) ? Array.Empty<string>() : [ChangeSeq.Written],
    ];

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>);

    private static string Description(OpenApiOperation operation, Access access, ApiDescription api)
    {
        var needs = access.AnyOf.Count == 1 ? "the scope" : "one of the scopes";
        string?[] parts =
        [
            operation.Description,
            api.SupportedResponseTypes.Any(response => response.Type is { } type && IsList(type)) ? OpenApiTexts.EndOfList : null,
            api.ActionDescriptor.EndpointMetadata.OfType<ForFeedReaders>().Any() ? OpenApiTexts.EndOfFeed : null,
            access.Kind == AccessKind.Key ? $"Needs a key with {needs} {string.Join(", ", access.AnyOf.Select(scope => $"`{scope}`"))}." : null,
        ];
        var lines = string.Join("\n\n", parts.Where(part => !string.IsNullOrEmpty(part))).Split('\n');
        return string.Join('\n', lines.Select(line => line.TrimEnd()));
    }

    private static IOpenApiRequestBody Body(BodyMetadata body, OperationFilterContext context) => new OpenApiRequestBody
    {
        Required = !body.Type.IsAssignableTo(typeof(IOptionalBody)),
        Content = new Dictionary<string, OpenApiMediaType> { [body.MediaType] = new() { Schema = context.SchemaGenerator.GenerateSchema(body.Type, context.SchemaRepository) } },
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
