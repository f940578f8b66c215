using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Galley.Http.OpenApi;

/// <summary>Closes what is sent, and only that: an unknown member in a request is refused, in an answer it is the future.</summary>
internal sealed class OpenApiInputs : IDocumentFilter
{
    private const string TwinSuffix = "Input";

    public void Apply(Microsoft.OpenApi.OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = swaggerDoc.Components!.Schemas!;
        var operations = swaggerDoc.Paths.Values.SelectMany(path => path.Operations!.Values).ToList();
        var answered = NamesIn(operations.SelectMany(operation => operation.Responses!.Values).OfType<OpenApiResponse>().SelectMany(ContentOf).Append(ProblemSchema(swaggerDoc)), schemas);

        var closing = new Closing(swaggerDoc, answered);
        foreach (var content in operations.Select(operation => operation.RequestBody).OfType<OpenApiRequestBody>().SelectMany(body => body.Content!.Values))
            content.Schema = closing.Close(content.Schema!);

        var sent = NamesIn(operations.Select(operation => operation.RequestBody).OfType<OpenApiRequestBody>().SelectMany(body => body.Content!.Values).Select(content => content.Schema), schemas);
        swaggerDoc.Components.Schemas = new SortedDictionary<string, IOpenApiSchema>(
            schemas.Where(schema => answered.Contains(schema.Key) || sent.Contains(schema.Key)).ToDictionary(), StringComparer.Ordinal);
    }

    private static IEnumerable<IOpenApiSchema?> ContentOf(OpenApiResponse response) => (response.Content?.Values ?? []).Select(content => content.Schema);

    // Problems stand in shared responses, which no operation holds itself.
    private static OpenApiSchemaReference ProblemSchema(Microsoft.OpenApi.OpenApiDocument document) => new(nameof(Problem), document);

    private static HashSet<string> NamesIn(IEnumerable<IOpenApiSchema?> roots, IDictionary<string, IOpenApiSchema> schemas)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in roots)
            Collect(root, schemas, names);

        return names;
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

    /// <summary>Makes closed schemas: of one that is also answered a twin, of any other itself.</summary>
    private sealed class Closing(Microsoft.OpenApi.OpenApiDocument document, HashSet<string> answered)
    {
        private readonly Dictionary<string, string> _closed = new(StringComparer.Ordinal);

        public IOpenApiSchema Close(IOpenApiSchema schema)
        {
            if (schema is OpenApiSchemaReference { Reference: { Id: { } id } reference })
                return new OpenApiSchemaReference(NameOfClosed(id), document) { Description = reference.Description };

            var copy = (OpenApiSchema)schema.CreateShallowCopy();
            CloseMembers(copy);
            return copy;
        }

        private string NameOfClosed(string id)
        {
            if (_closed.TryGetValue(id, out var known))
                return known;

            var schemas = document.Components!.Schemas!;
            var name = answered.Contains(id) ? id + TwinSuffix : id;
            if (name != id && schemas.ContainsKey(name))
                throw new InvalidOperationException($"{id} is answered and sent; its twin would be called {name}, and there is another schema of that name.");

            _closed[id] = name;
            var twin = (OpenApiSchema)schemas[id].CreateShallowCopy();
            schemas[name] = twin;
            CloseMembers(twin);
            return name;
        }

        private void CloseMembers(OpenApiSchema schema)
        {
            if (schema.Items is { } items)
                schema.Items = Close(items);

            if (schema.Properties is not { Count: > 0 } properties)
                return;

            schema.AdditionalPropertiesAllowed = false;
            // What the server owns may be sent back as it was answered: open, like the answer.
            schema.Properties = properties.ToDictionary(pair => pair.Key, pair => pair.Value.ReadOnly ? pair.Value : Close(pair.Value), StringComparer.Ordinal);
        }
    }
}
