using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Galley.Http;

/// <summary>Closes what is sent, and only that: an unknown member in a request is refused, in an answer it is the future.</summary>
internal sealed class OpenApiInputs : IDocumentFilter
{
    public void Apply(Microsoft.OpenApi.OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = swaggerDoc.Components!.Schemas!;
        var answered = new HashSet<string>(StringComparer.Ordinal);
        var operations = swaggerDoc.Paths.Values.SelectMany(path => path.Operations!.Values).ToList();

        foreach (var content in operations.SelectMany(operation => operation.Responses!.Values).SelectMany(response => response.Content?.Values ?? []))
            Collect(content.Schema, schemas, answered);

        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var content in operations.Select(operation => operation.RequestBody).OfType<OpenApiRequestBody>().SelectMany(body => body.Content!.Values))
            content.Schema = Close(content.Schema!, swaggerDoc, answered, sent);

        foreach (var unused in schemas.Keys.Where(name => !answered.Contains(name) && !sent.ContainsValue(name)).ToList())
            schemas.Remove(unused);

        swaggerDoc.Components.Schemas = new SortedDictionary<string, IOpenApiSchema>(schemas.ToDictionary(), StringComparer.Ordinal);
    }

    private static void Collect(IOpenApiSchema? schema, IDictionary<string, IOpenApiSchema> schemas, HashSet<string> names)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            if (names.Add(id))
                Collect(schemas[id], schemas, names);
            return;
        }

        foreach (var part in (schema?.Properties?.Values ?? []).Append(schema?.Items).Append(schema?.AdditionalProperties).OfType<IOpenApiSchema>())
            Collect(part, schemas, names);
    }

    // A schema that is also answered gets a closed twin for what is sent.
    private static IOpenApiSchema Close(IOpenApiSchema schema, Microsoft.OpenApi.OpenApiDocument document, HashSet<string> answered, Dictionary<string, string> sent)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            if (!sent.TryGetValue(id, out var closed))
            {
                sent[id] = closed = answered.Contains(id) ? id + "Input" : id;
                var twin = (OpenApiSchema)document.Components!.Schemas![id].CreateShallowCopy();
                document.Components.Schemas[closed] = twin;
                CloseMembers(twin, document, answered, sent);
            }

            return new OpenApiSchemaReference(closed, document);
        }

        var copy = (OpenApiSchema)schema.CreateShallowCopy();
        CloseMembers(copy, document, answered, sent);
        return copy;
    }

    private static void CloseMembers(OpenApiSchema schema, Microsoft.OpenApi.OpenApiDocument document, HashSet<string> answered, Dictionary<string, string> sent)
    {
        if (schema.Items is { } items)
            schema.Items = Close(items, document, answered, sent);

        if (schema.Properties is not { Count: > 0 } properties)
            return;

        schema.AdditionalPropertiesAllowed = false;
        // What the server owns may be sent back as it was answered: open, like the answer.
        schema.Properties = properties.ToDictionary(pair => pair.Key, pair => pair.Value.ReadOnly ? pair.Value : Close(pair.Value, document, answered, sent), StringComparer.Ordinal);
    }
}
