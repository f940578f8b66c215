using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Galley.Tests.Support;

namespace Galley.Tests.Contract;

/// <summary>The server and the document draw the same limits: what the document forbids is refused at the right place, what it just allows is taken.</summary>
public sealed class SentLimitsTests(Stage stage) : IClassFixture<Stage>
{
    // Together they have every member that may be sent, and every type of block.
    private static readonly string[] Stories =
    [
        """
        {
          "language": "en", "status": "draft", "headline": "A headline", "kicker": "A kicker", "dateline": "Cairo", "byline": "A byline", "standfirst": "A standfirst",
          "slug": "a-slug", "canonicalUrl": "https://www.example.org/a", "aliases": ["/2014/05/12/a.html", "https://old.example.org/a"], "section": { "path": "world/asia", "name": "Asia", "nameLanguage": "en", "ancestors": [{ "path": "world", "name": "World", "nameLanguage": "en" }] },
          "tags": [{ "kind": "place", "slug": "syria", "name": "Syria", "nameLanguage": "en", "relation": "about" }], "contributors": [{ "name": "Ana", "slug": "ana" }],
          "leadImage": {
            "url": "https://img.example.org/a.jpg", "contentType": "image/jpeg", "width": 1600, "height": 900, "bytes": 1000, "alt": "Alt", "caption": "Caption", "credit": "Credit",
            "focalPoint": { "x": 0.5, "y": 0.5 }, "renditions": [{ "url": "https://img.example.org/b.jpg", "contentType": "image/jpeg", "width": 800, "height": 450, "bytes": 500 }]
          },
          "body": { "blocks": [
            { "id": "one", "type": "paragraph", "text": "Bold and linked", "marks": [{ "type": "link", "start": 0, "end": 4, "href": "https://www.example.org/" }] },
            { "type": "heading", "text": "Heading", "level": 2 },
            { "type": "quote", "text": "Quote", "attribution": "Somebody", "sourceUrl": "https://www.example.org/q" },
            { "type": "correction", "text": "Correction", "at": "2024-12-01T17:05:00Z" },
            { "type": "list", "ordered": true, "items": [{ "text": "Item", "marks": [{ "type": "strong", "start": 0, "end": 2 }], "items": [{ "text": "Inner" }] }] },
            { "type": "table", "header": [{ "text": "Head", "marks": [{ "type": "strong", "start": 0, "end": 2 }] }], "rows": [[{ "text": "Cell" }]] },
            { "type": "code", "text": "print", "language": "basic" },
            { "type": "embed", "provider": "youtube", "url": "https://video.example.org/1", "title": "A film" },
            { "type": "image", "image": { "url": "https://img.example.org/c.jpg" } },
            { "type": "gallery", "images": [{ "url": "https://img.example.org/d.jpg" }] },
            { "type": "divider" }
          ] },
          "urgency": 3, "agency": { "name": "AFP", "category": "World" },
          "rights": { "copyrightNotice": "© Example", "usageTerms": "Terms", "license": "Licence", "syndication": "allow" },
          "related": [{ "source": "wire", "externalId": "another" }],
          "publishedAt": "2024-12-01T17:05:00Z", "embargoedUntil": "2024-12-01T17:05:00Z", "expiresAt": "2034-12-01T17:05:00Z", "breakingUntil": "2024-12-01T18:05:00Z",
          "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", "minorEdit": true
        }
        """,
        """
        {
          "language": "en", "headline": "A headline", "section": { "breadcrumb": ["World", "Asia"] }, "translationKey": "key-00000", "related": [{ "id": "5b0c9e0e-6f3d-4c1a-9d0e-6f2f9f6f1c11" }],
          "body": { "text": "A paragraph." }
        }
        """,
        """{ "language": "en", "headline": "A headline", "body": { "html": "<p>A paragraph.</p>" } }""",
        """{ "language": "en", "headline": "A headline", "body": { "markdown": "A *paragraph*." } }""",
    ];

    private static readonly Dictionary<string, string[]> Samples = new(StringComparer.Ordinal)
    {
        ["PushArticle"] = Stories,
        ["PublishArticle"] = ["""{ "at": "2034-12-01T17:05:00Z", "expiresAt": "2035-12-01T17:05:00Z" }"""],
        ["PublishOwnArticle"] = ["""{ "externalId": "an-article", "at": "2034-12-01T17:05:00Z", "expiresAt": "2035-12-01T17:05:00Z" }"""],
        ["UnpublishArticle"] = ["""{ "at": "2034-12-01T17:05:00Z", "reason": "A reason" }"""],
        ["UnpublishOwnArticle"] = ["""{ "externalId": "an-article", "at": "2034-12-01T17:05:00Z", "reason": "A reason" }"""],
        ["DiscardOwnArticleDraft"] = ["""{ "externalId": "an-article" }"""],
        ["TakeDownArticle"] = ["""{ "reason": "A reason" }"""],
        ["TakeDownOwnArticle"] = ["""{ "externalId": "an-article", "reason": "A reason" }"""],
        ["PutSection"] = ["""{ "names": { "en": "A name" }, "description": "A description", "position": 3 }"""],
        ["MoveSection"] = ["""{ "from": "a-section", "to": "another-section" }"""],
        ["PutTag"] =
        [
            """
            {
              "names": { "en": "A name" }, "description": "A description", "sameAs": ["https://www.wikidata.org/entity/Q858"],
              "image": {
                "url": "https://img.example.org/a.jpg", "contentType": "image/jpeg", "width": 1600, "height": 900, "bytes": 1000, "alt": "Alt", "caption": "Caption", "credit": "Credit",
                "focalPoint": { "x": 0.5, "y": 0.5 }, "renditions": [{ "url": "https://img.example.org/b.jpg", "contentType": "image/jpeg", "width": 800, "height": 450, "bytes": 500 }]
              }
            }
            """,
        ],
        ["MergeTags"] = ["""{ "from": "place:a-tag", "into": "place:another-tag" }"""],
        ["CreateKey"] =
        [
            """
            {
              "label": "A label", "scopes": ["content:write"], "expiresAt": "2034-12-01T17:05:00Z",
              "limits": { "sources": ["wire"], "sections": ["world"], "languages": ["fr"] }
            }
            """,
        ],
        ["RotateKey"] = ["""{ "previousExpiresAt": "2034-12-01T17:05:00Z" }"""],
        ["CreatePreviewLink"] = ["""{ "ttl": 60, "revision": 1 }"""],
        ["CorrectArticle"] = ["""{ "kind": "correction", "text": "A correction", "at": "2024-12-02T08:00:00Z" }"""],
    };

    private static int Count;

    // Of operations that take the same, one. A patch is judged by what comes of it.
    public static TheoryData<string> Operations() =>
        [.. ContractDocument.Committed.Operations.Where(operation => operation.RequestBody is { } body && body.GetProperty("content").TryGetProperty("application/json", out _)).Select(operation => operation.Id).DistinctBy(id => BodySchema(id).GetRawText())];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Are_the_ones_that_the_document_draws(string operation)
    {
        var wrong = new List<string>();
        foreach (var mutation in Attempts(operation).SelectMany(attempt => attempt.Of(BodySchema(operation))))
        {
            var call = await Calls.Succeeding[operation](stage);
            if (Samples[operation] == Stories)
                call = call.Asking("createMissing=sections,tags");

            var response = await (call with { Body = BodyFor(call, mutation) }).SendAsync(stage.Reader);
            if (await FaultAsync(mutation, response) is { } fault)
                wrong.Add($"{mutation}: {fault}");
        }

        Assert.True(wrong.Count == 0, $"The document and the server do not agree on {operation}:\n{string.Join('\n', wrong)}");
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Are_all_tried_for_the_samples_have_every_member_that_may_be_sent(string operation)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attempt in Attempts(operation))
        {
            attempt.Of(BodySchema(operation));
            tried.UnionWith(attempt.Touched);
        }

        var sendable = new HashSet<string>(StringComparer.Ordinal);
        Collect(BodySchema(operation), sendable);
        Assert.NotEmpty(sendable);
        Assert.Equal(sendable.Order(StringComparer.Ordinal), tried.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<Mutations> Attempts(string operation)
    {
        Assert.True(Samples.TryGetValue(operation, out var samples), $"Give a sample of what {operation} takes.");
        return samples!.Select(sample => new Mutations(ContractDocument.Committed, JsonNode.Parse(sample)!)).ToList();
    }

    private static JsonElement BodySchema(string operation) =>
        ContractDocument.Committed.Operations.Single(each => each.Id == operation).RequestBody!.Value.GetProperty("content").GetProperty("application/json").GetProperty("schema");

    // The article is the call's own, and no two have one translation key.
    private static string BodyFor(Call call, Mutation mutation)
    {
        var body = mutation.Body.ToJsonString().Replace("key-00000", string.Create(CultureInfo.InvariantCulture, $"key-{Interlocked.Increment(ref Count):00000}"), StringComparison.Ordinal);
        return call.Body is not null && JsonNode.Parse(call.Body)!["externalId"] is { } externalId ? body.Replace("an-article", (string)externalId!, StringComparison.Ordinal) : body;
    }

    private static async Task<string?> FaultAsync(Mutation mutation, HttpResponseMessage response)
    {
        if (mutation.IsAllowed)
            return response.IsSuccessStatusCode ? null : $"allowed, and answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}";
        if (response.StatusCode != HttpStatusCode.UnprocessableEntity)
            return $"forbidden, and answered {(int)response.StatusCode}";

        var pointers = (await response.JsonAsync()).GetProperty("errors").EnumerateArray().Select(error => error.Text("pointer")).ToList();
        return pointers.Any(pointer => pointer.StartsWith(mutation.Pointer, StringComparison.Ordinal) || (pointer.Length > 0 && mutation.Pointer.StartsWith(pointer, StringComparison.Ordinal)))
            ? null
            : $"forbidden, and refused at {string.Join(", ", pointers)}";
    }

    private static void Collect(JsonElement declared, HashSet<string> members)
    {
        if (declared.TryGetProperty("items", out var items))
            Collect(items, members);
        if (!declared.TryGetProperty("$ref", out var reference))
            return;

        foreach (var property in ContractDocument.Committed.Resolve(declared).GetProperty("properties").EnumerateObject().Where(property => !property.Value.TryGetProperty("readOnly", out _)))
        {
            if (members.Add($"{reference}.{property.Name}"))
                Collect(property.Value, members);
        }
    }
}
