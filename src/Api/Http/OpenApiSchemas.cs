using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Galley.Content;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Galley.Http;

/// <summary>Says in schemas what the C# types say: which members are required, which only the server sets, which values there are.</summary>
internal sealed class OpenApiSchemas : ISchemaFilter
{
    /// <summary><c>Page&lt;ArticleItem&gt;</c> is <c>ArticleItemPage</c>.</summary>
    public static string NameOf(Type type) =>
        type.IsGenericType ? NameOf(type.GetGenericArguments()[0]) + type.Name[..type.Name.IndexOf('`')] : type.Name;

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema target || target.Properties is not { Count: > 0 } properties)
            return;

        var members = context.Type.GetProperties().ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), StringComparer.Ordinal);
        target.AdditionalPropertiesAllowed = true;
        target.Required = context.Type.GetCustomAttribute<AlwaysHasAttribute>() is { } always
            ? always.Members.ToHashSet(StringComparer.Ordinal)
            : members.Where(member => member.Value.IsDefined(typeof(RequiredMemberAttribute)) && properties.ContainsKey(member.Key)).Select(member => member.Key).ToHashSet(StringComparer.Ordinal);

        foreach (var (name, property) in properties)
        {
            if (members.TryGetValue(name, out var member))
                Describe(property, member);
        }
    }

    private static void Describe(IOpenApiSchema property, PropertyInfo member)
    {
        if (property is not OpenApiSchema schema)
            return;

        // Absent, never null: a client need not handle both.
        schema.Type &= ~JsonSchemaType.Null;
        if (member.IsDefined(typeof(ServerOwnedAttribute)))
            schema.ReadOnly = true;
        if (member.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
            (schema.Items as OpenApiSchema ?? schema).Enum = [.. allowed.Values.Select(value => (JsonNode)JsonValue.Create((string)value!))];
    }
}
