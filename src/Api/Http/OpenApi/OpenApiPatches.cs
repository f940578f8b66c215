using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Galley.Http.OpenApi;

/// <summary>What is merged may name any member alone, and clears with null: an input's patch is the same with everything optional and nullable, also in the objects it holds. Arrays are replaced whole.</summary>
internal sealed class OpenApiPatches : IDocumentFilter
{
    private const string Whole = "Input";
    private const string Suffix = "Patch";

    public void Apply(Microsoft.OpenApi.OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var bodies = swaggerDoc.Paths.Values.SelectMany(path => path.Operations!.Values).Select(operation => operation.RequestBody).OfType<OpenApiRequestBody>();
        foreach (var content in bodies.SelectMany(body => body.Content!).Where(content => content.Key == RequestBody.MergePatch))
            content.Value.Schema = PatchOf(content.Value.Schema!, swaggerDoc);

        swaggerDoc.Components!.Schemas = new SortedDictionary<string, IOpenApiSchema>(swaggerDoc.Components.Schemas!, StringComparer.Ordinal);
    }

    private static OpenApiSchemaReference PatchOf(IOpenApiSchema schema, Microsoft.OpenApi.OpenApiDocument document)
    {
        var id = ((OpenApiSchemaReference)schema).Reference.Id!;
        var schemas = document.Components!.Schemas!;
        var name = (id.EndsWith(Whole, StringComparison.Ordinal) ? id[..^Whole.Length] : id) + Suffix;
        if (schemas.ContainsKey(name))
            return new OpenApiSchemaReference(name, document);

        var patch = (OpenApiSchema)schemas[id].CreateShallowCopy();
        schemas[name] = patch;
        patch.Description = $"What of `{id}` is to be another: what is left out stays, `null` clears.";
        (patch.Required, patch.MinProperties, patch.MaxProperties) = (null, null, null);
        patch.Properties = patch.Properties!.ToDictionary(pair => pair.Key, pair => pair.Value.ReadOnly ? pair.Value : Clearable(pair.Value, document), StringComparer.Ordinal);
        return new OpenApiSchemaReference(name, document);
    }

    private static OpenApiSchema Clearable(IOpenApiSchema schema, Microsoft.OpenApi.OpenApiDocument document)
    {
        if (schema is OpenApiSchemaReference { Reference: { } reference })
            return new OpenApiSchema { Description = reference.Description, AnyOf = [PatchOf(schema, document), new OpenApiSchema { Type = JsonSchemaType.Null }] };

        var copy = (OpenApiSchema)schema.CreateShallowCopy();
        copy.Type |= JsonSchemaType.Null;
        copy.Enum = copy.Enum is { Count: > 0 } values ? [.. values, JsonNullSentinel.JsonNull] : copy.Enum;
        return copy;
    }
}
