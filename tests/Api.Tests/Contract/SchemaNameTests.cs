using Galley.Http;
using Galley.Http.OpenApi;
using Microsoft.OpenApi;

namespace Galley.Tests.Contract;

/// <summary>What is answered and sent has two schemas of two names; where the second name is taken, nobody may find out by reading the document.</summary>
public sealed class SchemaNameTests
{
    [Fact]
    public void A_twin_that_meets_another_schema_of_its_name_stops_the_document()
    {
        var document = Document("Tag", "TagInput");

        var refusal = Assert.Throws<InvalidOperationException>(() => new OpenApiInputs().Apply(document, null!));

        Assert.Contains("TagInput", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_twin_is_closed_and_what_is_answered_stays_open()
    {
        var document = Document("Tag");

        new OpenApiInputs().Apply(document, null!);

        Assert.True(document.Components!.Schemas!["Tag"].AdditionalPropertiesAllowed);
        Assert.False(document.Components.Schemas["TagInput"].AdditionalPropertiesAllowed);
        Assert.False(document.Components.Schemas.ContainsKey("Unused"));
    }

    [Fact]
    public void Something_said_of_a_member_that_is_gone_stops_the_document()
    {
        Assert.Throws<InvalidOperationException>(() => new OpenApiMembers().Apply(Document("Tag"), null!));
    }

    // One operation that takes and answers the first of these schemas.
    private static Microsoft.OpenApi.OpenApiDocument Document(params string[] schemas)
    {
        var document = new Microsoft.OpenApi.OpenApiDocument { Components = new OpenApiComponents { Schemas = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) } };
        foreach (var name in schemas.Append(nameof(Problem)).Append("Unused"))
            document.Components.Schemas[name] = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema> { ["slug"] = new OpenApiSchema() } };

        Dictionary<string, OpenApiMediaType> Content() => new() { ["application/json"] = new() { Schema = new OpenApiSchemaReference(schemas[0], document) } };
        document.Paths["/v1/tags"] = new OpenApiPathItem
        {
            Operations = new Dictionary<HttpMethod, OpenApiOperation>
            {
                [HttpMethod.Put] = new() { RequestBody = new OpenApiRequestBody { Content = Content() }, Responses = new OpenApiResponses { ["200"] = new OpenApiResponse { Content = Content() } } },
            },
        };
        return document;
    }
}
