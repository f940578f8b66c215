using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Galley.Content;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Galley.Http.OpenApi;

/// <summary>Says in schemas what the types say: which members are required, which only the server sets, which values there are, what may be written as one string.</summary>
internal sealed class OpenApiSchemas : ISchemaFilter
{
    /// <summary>Marks an object that may also be sent as one string; holds an example of it.</summary>
    public const string Shorthand = "x-shorthand";

    /// <summary><c>Page&lt;ArticleItem&gt;</c> is <c>ArticleItemPage</c>.</summary>
    public static string NameOf(Type type) =>
        type.IsGenericType ? NameOf(type.GetGenericArguments()[0]) + type.Name[..type.Name.IndexOf('`')] : type.Name;

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema target || target.Properties is not { Count: > 0 } properties)
            return;

        var members = context.Type.GetProperties().ToDictionary(NameOf, StringComparer.Ordinal);
        target.AdditionalPropertiesAllowed = true;
        target.Required = context.Type.GetCustomAttribute<AlwaysHasAttribute>() is { } always
            ? always.Members.ToHashSet(StringComparer.Ordinal)
            : members.Where(member => member.Value.IsDefined(typeof(RequiredMemberAttribute)) && properties.ContainsKey(member.Key)).Select(member => member.Key).ToHashSet(StringComparer.Ordinal);

        if (FormOf(context.Type) is { } form)
            (target.Extensions ??= new Dictionary<string, IOpenApiExtension>())[Shorthand] = new JsonNodeExtension(form);

        foreach (var (name, property) in properties)
        {
            if (members.TryGetValue(name, out var member))
                Describe(property, member);
        }
    }

    private static string NameOf(PropertyInfo member) =>
        member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(member.Name);

    private static string? FormOf(Type type) => type.GetInterfaces().Any(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IShorthand<>))
        ? (string?)type.GetProperty(nameof(IShorthand<>.Form))!.GetValue(null)
        : null;

    private static void Describe(IOpenApiSchema property, PropertyInfo member)
    {
        if (member.IsDefined(typeof(ServerOwnedAttribute)))
            SetReadOnly(property);
        if (property is not OpenApiSchema schema)
            return;

        // Absent, never null: a client need not handle both.
        schema.Type &= ~JsonSchemaType.Null;
        if (member.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
            (schema.Items as OpenApiSchema ?? schema).Enum = [.. allowed.Values.Select(value => (JsonNode)JsonValue.Create((string)value!))];
    }

    private static void SetReadOnly(IOpenApiSchema property)
    {
        if (property is OpenApiSchemaReference reference)
            reference.ReadOnly = true;
        else
            ((OpenApiSchema)property).ReadOnly = true;
    }
}
