using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Galley.Http.OpenApi;

/// <summary>
/// Where `fields` may leave out members of an object too, nothing in that object is required: it has a schema of its own, `ImagePart` beside `Image`, so that the
/// whole one can promise what it always has.
/// </summary>
internal sealed class OpenApiParts : IDocumentFilter
{
    private const string Suffix = "Part";

    // The one that fields choose from, and its member that they take or leave whole.
    private const string Sparse = "ArticleItem";
    private const string Unparted = "body";

    public void Apply(Microsoft.OpenApi.OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = swaggerDoc.Components!.Schemas!;
        var article = (OpenApiSchema)schemas[Sparse];
        article.Properties = article.Properties!.ToDictionary(pair => pair.Key, pair => pair.Key == Unparted ? pair.Value : PartOf(pair.Value, swaggerDoc), StringComparer.Ordinal);
        swaggerDoc.Components.Schemas = new SortedDictionary<string, IOpenApiSchema>(schemas, StringComparer.Ordinal);
    }

    private static IOpenApiSchema PartOf(IOpenApiSchema schema, Microsoft.OpenApi.OpenApiDocument document)
    {
        if (schema is OpenApiSchemaReference { Reference: { Id: { } id } reference })
            return IsPromising(document.Components!.Schemas![id]) ? new OpenApiSchemaReference(NameOfPart(id, document), document) { Description = reference.Description } : schema;
        if (schema is not OpenApiSchema { Items: { } items } array)
            return schema;

        var copy = (OpenApiSchema)array.CreateShallowCopy();
        copy.Items = PartOf(items, document);
        return copy;
    }

    // What promises nothing is its own part.
    private static bool IsPromising(IOpenApiSchema schema) => schema is { Required.Count: > 0 } || (schema.Properties?.Values ?? []).Any(IsPromising) || (schema.Items is { } items && IsPromising(items));

    private static string NameOfPart(string id, Microsoft.OpenApi.OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        var name = id + Suffix;
        if (schemas.ContainsKey(name))
            return name;

        var part = (OpenApiSchema)schemas[id].CreateShallowCopy();
        schemas[name] = part;
        part.Required = null;
        part.Properties = part.Properties!.ToDictionary(pair => pair.Key, pair => PartOf(pair.Value, document), StringComparer.Ordinal);
        return name;
    }
}
