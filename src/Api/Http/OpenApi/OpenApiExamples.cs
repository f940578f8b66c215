using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Galley.Http.OpenApi;

/// <summary>One story on its way: as it is pushed, as management answers, as readers get it. A test compares them with what the server says.</summary>
internal static class OpenApiExamples
{
    private const string Summary = """
        "id": "5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11",
        "type": "article",
        "version": 1,
        "language": "fr",
        "direction": "ltr",
        "slug": "syrie-le-chef-de-la-diplomatie-iranienne-a-damas",
        "path": "fr/international/moyen-orient/syrie-le-chef-de-la-diplomatie-iranienne-a-damas",
        "headline": "Syrie : le chef de la diplomatie iranienne à Damas",
        "standfirst": "Les rebelles occupent le palais présidentiel à Alep",
        "byline": "i24NEWS",
        "section": {
          "path": "international/moyen-orient",
          "name": "Moyen-Orient",
          "ancestors": [{ "path": "international", "name": "International" }]
        },
        "tags": [
          { "kind": "place", "slug": "syrie", "name": "Syrie", "relation": "about" },
          { "kind": "person", "slug": "bashar-al-assad", "name": "Bashar al Assad", "relation": "mentions" }
        ],
        "urgency": 3,
        "publishedAt": "2024-12-01T17:05:00Z",
        "updatedAt": "2026-01-15T09:00:00Z"
        """;

    private const string Whole = Summary + """
        ,
        "body": {
          "blocks": [
            { "id": "b1", "type": "paragraph", "text": "Alors que les combats font rage dans le nord de la Syrie, le président a reçu ce dimanche le ministre iranien." },
            { "id": "b2", "type": "paragraph", "text": "« La Syrie continue de lutter », a-t-il déclaré." }
          ]
        },
        "wordCount": 28,
        "readingMinutes": 1,
        "source": { "slug": "i24news" },
        "firstPublishedAt": "2024-12-01T17:05:00Z"
        """;

    private static readonly Example Pushed = new("PushedStory", "A French story with its section by names and a person by name", """
        {
          "language": "fr",
          "status": "published",
          "publishedAt": "2024-12-01T17:05:00Z",
          "section": { "breadcrumb": ["International", "Moyen-Orient"] },
          "headline": "Syrie : le chef de la diplomatie iranienne à Damas",
          "standfirst": "Les rebelles occupent le palais présidentiel à Alep",
          "byline": "i24NEWS",
          "tags": [
            { "kind": "place", "name": "Syrie" },
            { "kind": "person", "name": "Bashar al Assad", "relation": "mentions" }
          ],
          "urgency": 3,
          "body": { "text": "Alors que les combats font rage dans le nord de la Syrie, le président a reçu ce dimanche le ministre iranien.\n\n« La Syrie continue de lutter », a-t-il déclaré." }
        }
        """);

    private static readonly Example Managed = new("ManagedStory", "The story as management answers the first push", $$"""
        {
          {{Whole}},
          "revision": 1,
          "etag": "\"5b0c9e0e-1\"",
          "status": "published",
          "state": "live",
          "hasDraft": false,
          "allowed": ["publish", "unpublish", "takedown", "delete"],
          "externalId": "syrie-2024-12-01",
          "createdAt": "2026-01-15T09:00:00Z",
          "modifiedAt": "2026-01-15T09:00:00Z",
          "outcome": "created"
        }
        """);

    private static readonly Example Article = new("Story", "The story as readers get it", $$"""{ {{Whole}}, "breaking": false }""");

    private static readonly Example List = new("StoryList", "The last page of a list", $$"""{ "data": [{ {{Summary}}, "breaking": false }], "page": {} }""");

    /// <summary>Shows the story wherever it is sent or answered.</summary>
    public static void Register(Microsoft.OpenApi.OpenApiDocument document, IReadOnlyList<OpenApiOperation> operations)
    {
        document.Components!.Examples = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            Show(operation.RequestBody?.Content, "ArticleInput", Pushed, document);
            foreach (var (status, response) in operation.Responses!)
            {
                Show(response.Content, "ArticleItemPage", List, document);
                Show(response.Content, "Article", Article, document);
                if (status == "201")
                    Show(response.Content, "ManagedArticle", Managed, document);
            }
        }
    }

    private static void Show(IDictionary<string, OpenApiMediaType>? contents, string schema, Example example, Microsoft.OpenApi.OpenApiDocument document)
    {
        foreach (var content in (contents?.Values ?? []).Where(content => content.Schema is OpenApiSchemaReference { Reference.Id: { } id } && id == schema))
        {
            document.Components!.Examples![example.Name] = new OpenApiExample { Summary = example.Summary, Value = JsonNode.Parse(example.Json) };
            content.Examples = new Dictionary<string, IOpenApiExample> { [example.Name] = new OpenApiExampleReference(example.Name, document) };
        }
    }

    private sealed record Example(string Name, string Summary, string Json);
}
