using System.Reflection;
using System.Text.Json;
using Galley.Publishing.Rendering;

namespace Galley.Delivery.Articles.Fields;

/// <summary>A field that may be asked for, with those inside it: of an object, or of each object in an array. Without any it comes whole.</summary>
internal sealed record FieldShape(string Name, IReadOnlyList<FieldShape> Inner)
{
    public const string Body = "body";

    // Asked for by a parameter of its own.
    private const string Highlights = "highlights";

    /// <summary>An article as the contract has it: whoever adds a member to it adds a field.</summary>
    public static readonly FieldShape Article = new("article", [.. InnerOf(typeof(ArticleItem)).Where(field => field.Name != Highlights)]);

    public FieldShape? Find(string name) => Inner.FirstOrDefault(field => field.Name == name);

    // Not by the serializer's description of the types: making that is a tenth of a start.
    private static IReadOnlyList<FieldShape> InnerOf(Type type)
    {
        var form = type.IsGenericType ? type.GetGenericArguments()[0] : type;
        return form.IsClass && form.Assembly == typeof(FieldShape).Assembly ? [.. form.GetProperties().Select(FieldOf)] : [];
    }

    private static FieldShape FieldOf(PropertyInfo member)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        return new(name, name == Body ? [] : InnerOf(member.PropertyType));
    }
}
