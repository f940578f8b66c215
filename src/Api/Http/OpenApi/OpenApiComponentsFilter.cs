using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Galley.Http.OpenApi;

/// <summary>Says once what several operations say: parameters, responses, headers and examples become components, and no component is there for nothing.</summary>
internal sealed class OpenApiComponentsFilter : IDocumentFilter
{
    public void Apply(Microsoft.OpenApi.OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var operations = swaggerDoc.Paths.Values.SelectMany(path => path.Operations!.Values).ToList();

        swaggerDoc.Tags = new HashSet<OpenApiTag>(OpenApiTexts.Tags.Where(tag => operations.Any(operation => operation.Tags!.Any(used => used.Name == tag.Name))));
        OpenApiSharedResponses.Register(swaggerDoc);
        OpenApiExamples.Register(swaggerDoc, operations);
        ShareParameters(swaggerDoc, operations);
        RemoveUnused(swaggerDoc.Components!, operations);
        RemoveRepeatedDescriptions(swaggerDoc.Components!, operations);
    }

    private static void ShareParameters(Microsoft.OpenApi.OpenApiDocument document, List<OpenApiOperation> operations)
    {
        var shared = operations
            .SelectMany(operation => operation.Parameters!)
            .GroupBy(TextOf, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        // Two of one name: the second is told apart by its number.
        var names = shared.GroupBy(pair => NameOf(pair.Value), StringComparer.Ordinal)
            .SelectMany(group => group.Select((pair, i) => (pair.Key, Name: i == 0 ? group.Key : $"{group.Key}{i + 1}")))
            .ToDictionary(pair => pair.Key, pair => pair.Name, StringComparer.Ordinal);

        document.Components!.Parameters = new SortedDictionary<string, IOpenApiParameter>(names.ToDictionary(pair => pair.Value, pair => shared[pair.Key]), StringComparer.Ordinal);
        foreach (var operation in operations)
            operation.Parameters = [.. operation.Parameters!.Select(parameter => names.TryGetValue(TextOf(parameter), out var name) ? new OpenApiParameterReference(name, document) : parameter)];
    }

    // If-Match is HeaderIfMatch; where it is required, HeaderIfMatchRequired; If-None-Match: * is HeaderIfNoneMatchAny.
    private static string NameOf(IOpenApiParameter parameter)
    {
        var words = $"{parameter.In}-{parameter.Name}".Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]);
        var kind = parameter.In != ParameterLocation.Header ? string.Empty : parameter.Required ? "Required" : parameter.Schema?.Pattern is null ? string.Empty : "Any";
        return string.Concat(words) + kind;
    }

    private static string TextOf(IOpenApiParameter parameter)
    {
        using var text = new StringWriter();
        parameter.SerializeAsV31(new OpenApiJsonWriter(text));
        return text.ToString();
    }

    private static void RemoveUnused(OpenApiComponents components, List<OpenApiOperation> operations)
    {
        var responses = operations.SelectMany(operation => operation.Responses!.Values).ToList();
        var shared = responses.OfType<OpenApiResponseReference>().Select(response => response.Reference.Id!).ToHashSet(StringComparer.Ordinal);
        components.Responses = Only(components.Responses!, shared);

        var headers = responses.OfType<OpenApiResponse>().Concat(components.Responses.Values.Cast<OpenApiResponse>())
            .SelectMany(response => response.Headers?.Values ?? []).OfType<OpenApiHeaderReference>().Select(header => header.Reference.Id!);
        components.Headers = Only(components.Headers!, headers.ToHashSet(StringComparer.Ordinal));
    }

    private static Dictionary<string, T> Only<T>(IDictionary<string, T> components, HashSet<string> used) =>
        components.Where(component => used.Contains(component.Key)).ToDictionary(StringComparer.Ordinal);

    // A member's reference says what the member is; what the schema is, the schema says itself.
    private static void RemoveRepeatedDescriptions(OpenApiComponents components, List<OpenApiOperation> operations)
    {
        var contents = operations.SelectMany(operation => operation.Responses!.Values.OfType<OpenApiResponse>().Select(response => response.Content).Append(operation.RequestBody?.Content));
        foreach (var content in contents.SelectMany(content => content?.Values ?? []))
            Quieten(content.Schema);

        foreach (var property in components.Schemas!.Values.SelectMany(schema => schema.Properties?.Values ?? []))
            Quieten(property.Items?.Items ?? property.Items);
    }

    private static void Quieten(IOpenApiSchema? schema)
    {
        if (schema is OpenApiSchemaReference reference)
            reference.Reference.Description = null;
    }
}
