using System.Text.Json;
using System.Text.Json.Nodes;
using Galley.Content;
using Microsoft.OpenApi;

namespace Galley.Http.OpenApi;

/// <summary>The answers that many operations share, and the headers of all: described once, referred to everywhere.</summary>
internal static class OpenApiSharedResponses
{
    private static readonly Shared[] All =
    [
        new(204, "NoContent", "Done; there is nothing to say.", ["Cache-Control", "Change-Seq"]),
        new(304, "NotModified", "The client has these bytes already.", ["ETag", "Cache-Control", "Vary"]),
        new(308, "MovedPermanently", "It stands at another address now; `Location` is the present one, in one hop.", ["Location", "Cache-Control", "Vary"]),
        new(400, "BadRequest", "The address, a parameter or a header is not valid, or the body is not JSON. All faults of parameters and headers are told at once.", ["Cache-Control"]) { Example = Examples.UnknownParameter },
        new(401, "Unauthorized", "A key is needed, or the one that was sent is not valid.", ["Cache-Control", "WWW-Authenticate"]),
        new(403, "Forbidden", "The key is valid, but may not do this; `detail` names what it lacks.", ["Cache-Control"]),
        new(404, "NotFound", "Not there, or never visible to this reader.", ["Cache-Control"]) { Example = Problems.NotFound() },
        new(406, "NotAcceptable", "`Accept` rules out what this address answers; `detail` names it.", ["Cache-Control"]),
        new(408, "RequestTimeout", "The body took too long to arrive.", ["Cache-Control"]),
        new(409, "Conflict", "The present state, or something else that is there, stands against it; `detail` says what. Or the same request is under way: `Retry-After` says when to send it again.", ["Cache-Control", "Retry-After"]) { Example = Examples.StateConflict },
        new(410, "Gone", "`gone`: was visible to this reader at this address and is not now, for whatever reason; remove your copy. `resync-required`, of changes only: begin again without a token; nothing is to be removed until the new snapshot is complete.", ["Cache-Control"]) { Example = Problems.Gone() },
        new(412, "PreconditionFailed", "Somebody wrote since, or it exists already; `etag` holds the present tag.", ["Cache-Control"]) { Example = Examples.RevisionMismatch },
        new(413, "TooLarge", "The body is larger than `detail` allows.", ["Cache-Control"]),
        new(414, "UriTooLong", "Path and query together have more than 8 KiB.", ["Cache-Control"]),
        new(415, "UnsupportedMediaType", "The body has another media type than this address takes, or a `Content-Encoding`.", ["Cache-Control", "Accept", "Accept-Post", "Accept-Patch", "Accept-Encoding"]),
        new(422, "ValidationFailed", "The content is not valid. All errors are told at once, each with a pointer; nothing was stored.", ["Cache-Control"]) { Example = Examples.ValidationFailed },
        new(428, "PreconditionRequired", "The write needs `If-Match`; `etag` holds the present tag.", ["Cache-Control"]),
        new(500, "InternalError", "A fault of the server, logged under `traceId`.", ["Cache-Control"]),
        new(503, "Unavailable", "Not now. Nothing was stored; `Retry-After` says when to try again.", ["Cache-Control", "Retry-After"]),
        new(507, "StorageFull", "The disk is full. Nothing was stored; reading still works.", ["Cache-Control"]),
    ];

    private static readonly Dictionary<string, OpenApiHeader> Headers = new(StringComparer.Ordinal)
    {
        ["ETag"] = Header("A strong entity tag: in delivery a keyed hash of the bytes, in management one per revision.", true, "\"yXmR1J2JZ1k3sJ0K9v0Q1w\""),
        ["Cache-Control"] = Header("How long the answer stays fresh. In management always `no-store`.", true, "public, max-age=10, stale-while-revalidate=20, stale-if-error=60"),
        ["Vary"] = Header("What else decides the answer.", true, "Authorization, Accept-Encoding"),
        [SurrogateKeys.Header] = Header("To readers without a key: what a cache in front may be told to drop the answer by, parted by spaces: `article-{id}`, `section-{path}`, `tag-{kind}-{slug}`, `language-{tag}`, `list`; percent-encoded. A list has what was asked for and its articles, or the former alone where all would be more than 4 KiB; an article has itself, its language, section and tags. `/v1/changes` says which articles have changed.", false, "article-5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11 language-fr section-international"),
        ["Last-Modified"] = Header("When the bytes last changed for any reason; left out while that is not known exactly.", false, "Sun, 01 Dec 2024 18:20:00 GMT"),
        ["Content-Language"] = Header("The language of what is answered.", true, "fr"),
        ["Link"] = Header("The full URLs of the next and the previous page, as `next` and `prev` (RFC 8288); absent where there are none.", false, "<https://news.example.org/v1/articles?cursor=AYDh>; rel=\"next\""),
        ["Location"] = Header("Where it stands: a reference below this server.", true, "/v1/manage/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11"),
        ["Content-Location"] = Header("The address of what the answer holds.", true, "/v1/manage/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11"),
        ["Retry-After"] = Header("Seconds to wait; of 409 only with `request-in-progress`.", false, "1"),
        [IdempotencyKey.Replayed] = Header("`true` where the answer was given before, under the same `Idempotency-Key`: nothing was written now.", false, "true"),
        ["WWW-Authenticate"] = Header("How to send a key.", true, "Bearer realm=\"galley\""),
        ["Accept"] = Header("After a PUT of another media type: the right one.", false, "application/json"),
        ["Accept-Post"] = Header("After a POST of another media type: the right one.", false, "application/json"),
        ["Accept-Patch"] = Header("After a PATCH of another media type: the right one.", false, "application/merge-patch+json"),
        ["Change-Seq"] = Header("How far the server had come with this write, sealed. Sent back as `Min-Change-Seq` it has a reading hold at least that.", true, "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA"),
        ["Accept-Encoding"] = Header("After a body with a `Content-Encoding`: how to send it instead.", false, "identity"),
    };

    /// <summary>Whether an answer of this status says the same wherever it is given.</summary>
    public static bool IsShared(int status) => All.Any(shared => shared.Status == status);

    public static IOpenApiResponse Refer(int status, Microsoft.OpenApi.OpenApiDocument document) =>
        new OpenApiResponseReference(All.Single(shared => shared.Status == status).Name, document);

    public static Dictionary<string, IOpenApiHeader> ReferToHeaders(IEnumerable<string> names, Microsoft.OpenApi.OpenApiDocument document) =>
        names.ToDictionary(name => name, name => (IOpenApiHeader)new OpenApiHeaderReference(name, document), StringComparer.Ordinal);

    /// <summary>Puts everything shared into the document's components.</summary>
    public static void Register(Microsoft.OpenApi.OpenApiDocument document)
    {
        var components = document.Components!;
        components.Headers = Headers.ToDictionary(header => header.Key, header => (IOpenApiHeader)header.Value, StringComparer.Ordinal);
        components.Responses = All.ToDictionary(shared => shared.Name, shared => Describe(shared, document), StringComparer.Ordinal);
    }

    private static IOpenApiResponse Describe(Shared shared, Microsoft.OpenApi.OpenApiDocument document)
    {
        var kinds = Problems.Catalogue.Where(kind => kind.Status == shared.Status).ToList();
        var response = new OpenApiResponse { Description = shared.Description, Headers = ReferToHeaders(shared.HeaderNames, document) };
        if (kinds.Count == 0)
            return response;

        response.Description += $" {(kinds.Count == 1 ? "Code" : "Codes")}: {string.Join(", ", kinds.Select(kind => $"`{kind.Code}`"))}.";
        response.Content = new Dictionary<string, OpenApiMediaType>
        {
            [ProblemResult.MediaType] = new()
            {
                Schema = new OpenApiSchemaReference(nameof(Problem), document),
                Example = Examples.Write(shared.Example ?? Problems.Of(kinds[0].Code)),
            },
        };
        return response;
    }

    private static OpenApiHeader Header(string description, bool isRequired, string example) =>
        new() { Description = description, Required = isRequired, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example };

    private sealed record Shared(int Status, string Name, string Description, string[] HeaderNames)
    {
        public Problem? Example { get; init; }
    }

    /// <summary>Problems as they are answered.</summary>
    private static class Examples
    {
        private const string Article = "/v1/manage/articles/5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11";

        public static readonly Problem UnknownParameter = Problems.InvalidQuery(
            [InputError.In("sectoin", "unknown-parameter", "There is no parameter \"sectoin\" here.") with { Suggestion = "section" }]);

        public static readonly Problem StateConflict = Problems.Of("state-conflict", "An article that is draft cannot be unpublished.") with
        {
            Instance = $"{Article}/unpublish",
            State = "draft",
            Allowed = ["publish", "delete"],
        };

        public static readonly Problem RevisionMismatch = Problems.Of("revision-mismatch", "Somebody wrote after you read.") with { Instance = Article, Etag = "\"5b0c9e0e-4\"" };

        private static readonly InputError[] Invalid =
        [
            InputError.At("/body/blocks/3/text", "too-long", "At most 20000 UTF-16 code units are allowed.") with { Limit = 20_000 },
            InputError.At("/sectoin", "unknown-member", "There is no member \"sectoin\" here.") with { Suggestion = "section" },
        ];

        public static readonly Problem ValidationFailed = Problems.InvalidContent(Invalid) with { Instance = "/v1/manage/sources/i24news/articles/syrie-2024-12-01" };

        public static JsonNode Write(Problem problem) =>
            JsonSerializer.SerializeToNode(problem with { Instance = problem.Instance ?? "/v1/articles", TraceId = "0HNA3V7C9P1QK:00000002" }, ContentJson.Options)!;
    }
}
